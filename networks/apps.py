from importlib import import_module

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "networks"

    def ready(self):
        # Whoever sends mail must ask this room first, whatever else of it they have read.
        import_module("networks.emails.gatherings")
        import_module("networks.emails.asked_again")
