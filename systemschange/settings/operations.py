"""What the site writes down and tells about itself."""

from django.core.exceptions import ImproperlyConfigured

from systemschange.settings.environment import env
from systemschange.settings.where import EMBEDDED

METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_FOLDER = env.str("METRICS_FOLDER", default="")
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured("METRICS_TOKEN is too short: give it at least 20 random characters.")
# Seconds: behind a migration that waits for a lock everybody else waits too.
MIGRATION_LOCK_TIMEOUT = env.int("MIGRATION_LOCK_TIMEOUT", default=5)
BACKUP_FOLDER = env.str("BACKUP_FOLDER", default="")
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
BACKUP_KEEP_DAYS = env.int("BACKUP_KEEP_DAYS", default=35)
SENTRY_DSN = env.str("SENTRY_DSN", default="")
LOG_FORMAT = env.str("LOG_FORMAT", default="") or ("plain" if EMBEDDED else "json")
if LOG_FORMAT not in {"plain", "json"}:
    raise ImproperlyConfigured("LOG_FORMAT must be plain or json.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
        "json": {"()": "systemschange.operations.logs.Json"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},  # it writes which passkey was used
        # Wagtail writes the title of every story that is saved or published: a draft's title is its author's.
        "wagtail": {"level": "WARNING"},
    },
}
