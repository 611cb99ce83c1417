from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class SystemsChangeConfig(AppConfig):
    name = "systemschange"

    def ready(self):
        from django.conf import settings

        from systemschange import changes, checks  # noqa: F401

        # Of a room with tables: others are told of no migration.
        post_migrate.connect(
            changes.install, sender=apps.get_app_config("members"), dispatch_uid="systemschange.changes"
        )
        if settings.SENTRY_DSN:
            from systemschange.operations import sentry

            sentry.begin()
