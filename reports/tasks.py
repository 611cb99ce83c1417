"""Background work of this room."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from reports import actions, evidence, sizes
from reports.models import ReportPage


@shared_task
def renew_pdfs():
    """Each minute, for what changed without a publication: a story withdrawn, a teller's no, a new one in a list."""
    actions.renew_pdfs(now=timezone.now())


@shared_task
def renew_pdf(key):
    """Right after a report was published."""
    for report in ReportPage.objects.live().filter(pk=key):
        actions.renew_pdf(report, now=timezone.now())


@shared_task
def make_sizes():
    """Each minute, of pictures that somebody added or gave another file."""
    sizes.make_missing()


@shared_task
def tell_tellers():
    """Where their words stand. Running twice, or after days of not running, tells nobody twice."""
    evidence.tell(now=timezone.now())


@shared_task
def publish_planned():
    """Pages whose day has come go live, and those whose day is over go. Running twice changes nothing."""
    call_command("publish_scheduled", verbosity=0)
