"""The front page."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from reports.models.report import ReportPage
from reports.models.staff_page import StaffPage
from stories.models import Story

QUESTION = "What changed for someone this week?"


class HomePage(StaffPage):
    """The front page; the root of what staff write. Members see their own front page (`reports.views.home`)."""

    strapline = models.CharField(
        "what this is, in one sentence",
        max_length=200,
        default="Frontline workers tell, in their own words, what they saw change between services.",
    )

    question = models.CharField(
        "question of the week",
        max_length=140,
        blank=True,
        help_text="One line, for the front page and the end of the weekly letter.",
    )

    content_panels = [*Page.content_panels, FieldPanel("strapline"), FieldPanel("question")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["reports.ReportIndexPage", "reports.StandardPage", "reports.LandingPage"]
    max_count = 1

    def get_context(self, request, *args, **kwargs):
        public = Story.objects.readable_by(AnonymousUser())
        return super().get_context(request, *args, **kwargs) | {
            "stories": list(public.featured_first(timezone.localdate(), count=3).for_listing()[:3]),
            "report": ReportPage.objects.live().newest_first().first(),
        }


def question_of_the_week():
    """What staff ask everybody this week, or what is asked every week."""
    asked = HomePage.objects.live().values_list("question", flat=True).first()
    return asked or QUESTION
