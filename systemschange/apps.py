from django.apps import AppConfig


class SystemsChangeConfig(AppConfig):
    name = "systemschange"

    def ready(self):
        from django.conf import settings

        from systemschange import checks  # noqa: F401

        if settings.SENTRY_DSN:
            from systemschange.operations import sentry

            sentry.begin()
