from django.apps import AppConfig


class SystemsChangeConfig(AppConfig):
    name = "systemschange"

    def ready(self):
        from systemschange import checks  # noqa: F401
