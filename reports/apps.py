from django.apps import AppConfig
from django.db import transaction
from django.utils import timezone


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from wagtail.permissions import register_permission_policy
        from wagtail.signals import page_published

        from reports.models import ReportImage, ReportPage
        from reports.pictures import WhoeverWritesReports

        register_permission_policy(ReportImage, WhoeverWritesReports(ReportImage))
        # Wagtail's own word that a page was published, by hand or on its day.
        page_published.connect(published, sender=ReportPage)


def published(sender, instance, **kwargs):
    from reports import evidence
    from reports.tasks import renew_pdf

    evidence.note(instance, now=timezone.now())
    transaction.on_commit(lambda: renew_pdf.delay(instance.pk), robust=True)
