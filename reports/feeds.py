"""The reports as an Atom feed: what is published, the same whoever asks."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reports.models import ReportPage
from stories.feeds import NEWEST, Feed, printable
from stories.views.feeds import a_feed


@a_feed
def reports(request):
    atom = Feed(
        title=gettext("%(site_name)s: reports") % {"site_name": settings.SITE_NAME},
        link=settings.SITE_URL + reverse("reports:list"),
        feed_url=settings.SITE_URL + request.path,
        description=gettext("What the stories show together."),
        language="en-gb",
    )
    for report in ReportPage.objects.live().newest_first()[:NEWEST]:
        atom.add_item(
            title=printable(report.title),
            link=settings.SITE_URL + report.url,
            description=printable(report.introduction),
            unique_id=f"tag:{urlsplit(settings.SITE_URL).hostname},2026:report/{report.translation_key}",
            author_name=settings.SITE_NAME,
            pubdate=report.first_published_at,
            updateddate=report.last_published_at or report.first_published_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
