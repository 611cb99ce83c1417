from django.apps import AppConfig


class DigestsConfig(AppConfig):
    name = "digests"

    def ready(self):
        from digests import readers
        from members import suppressing

        suppressing.and_forget(readers.forget)
