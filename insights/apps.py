from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "insights"

    def ready(self):
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("figures")
