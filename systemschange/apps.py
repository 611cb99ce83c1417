from django.apps import AppConfig


class SystemsChangeConfig(AppConfig):
    name = "systemschange"
