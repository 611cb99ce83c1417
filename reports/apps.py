from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from wagtail.permissions import register_permission_policy

        from reports.models import ReportImage
        from reports.pictures import WhoeverWritesReports

        register_permission_policy(ReportImage, WhoeverWritesReports(ReportImage))
