"""The front page."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page

from design.compiled import compiled
from reports.crossing_of_the_week import HoldsUpACrossing
from reports.models.report import ReportPage
from reports.models.staff_page import StaffPage
from stories.models import Story
from stories.on_cards import bring_words

NEW = 3  # stories on the front page, besides the featured one
QUESTION = _("What changed for someone this week?")


class HomePage(HoldsUpACrossing, StaffPage):
    """The front page; the root of what staff write. Members see their own front page (`reports.views.home`)."""

    strapline = models.CharField(
        _("what this is, in one sentence"),
        max_length=200,
        default="Frontline workers tell, in their own words, what they saw change between services.",
    )

    question = models.CharField(
        _("question of the week"),
        max_length=140,
        blank=True,
        help_text=_("One line, for the front page and the end of the weekly letter."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("strapline", help_text=_("The first words that somebody reads here.")),
        FieldPanel("question"),
        HoldsUpACrossing.crossing_panel,
        HelpPanel(template="reports/admin/front_help.html", heading=_("Stories and the report")),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["reports.ReportIndexPage", "reports.StandardPage", "reports.LandingPage"]
    max_count = 1

    def get_context(self, request, *args, **kwargs):
        lead, stories = lead_and_others(first_and_newest(timezone.localdate()))
        return super().get_context(request, *args, **kwargs) | {
            "lead": lead,
            "stories": stories,
            "report": next(iter(newest_report()), None),
        }


@compiled
def first_and_newest(day):
    """For visitors: featured stories, and after them the newest."""
    public = Story.objects.readable_by(AnonymousUser())
    return public.featured_first(day, count=NEW + 1).for_cards()[: NEW + 1]


@compiled
def newest_report():
    return ReportPage.objects.live().newest_first().for_cards()[:1]


def lead_and_others(featured_first):
    """The story that staff put first, if they did, and the newest few after it."""
    stories = bring_words(list(featured_first[: NEW + 1]))
    lead = stories.pop(0) if stories and stories[0].turn == 0 else None
    return lead, stories[:NEW]


def question_of_the_week():
    """What staff ask everybody this week, or what is asked every week."""
    asked = HomePage.objects.live().values_list("question", flat=True).first()
    return asked or QUESTION
