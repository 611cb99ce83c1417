"""What `manage.py check --deploy` says before a site meets people: who stands behind it."""

from django.conf import settings
from django.core.checks import Tags, Warning, register

SAID = {
    "CONTROLLER_NAME": ("W001", "the privacy page says that nobody has said who runs this site"),
    "HOSTED_BY": ("W002", "the privacy page cannot say where the server stands and who looks after it"),
    "SAFEGUARDING_EMAIL": ("W003", "nobody but the moderators is told when somebody is worried about a person"),
}


@register(Tags.security, deploy=True)
def who_runs_this_site(app_configs, **kwargs):
    return [
        Warning(f"{name} is not set: {what}.", id=f"systemschange.{number}")
        for name, (number, what) in SAID.items()
        if not getattr(settings, name)
    ]
