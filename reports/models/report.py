"""A report, and the list of all of them."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from design.paging import Keyset
from practices import words
from practices.models import Boundary, Practice
from reports.blocks import LINES, CorrectionBlocks, NoteBlocks, ReportBlocks
from reports.models.pictures import ReportImage
from reports.models.staff_page import ScheduledPage, StaffPage
from reports.models.written import Written
from reports.report_form import ReportForm

MOST_ARTICLES = 10
NEWEST_FIRST = Keyset("-first_published_at", "-pk", size=20)


class ReportIndexPage(StaffPage):
    """All reports, newest first."""

    introduction = RichTextField(blank=True, features=["bold", "italic", "link"])

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["reports.HomePage"]
    subpage_types = ["reports.ReportPage", "reports.ArticlePage"]
    max_count = 1

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | self.listed(request.GET)

    def listed(self, asked):
        """The reports of a year and a theme, where one is asked for; and what there is to ask for."""
        reports = ReportPage.objects.live().child_of(self)
        years = [day.year for day in reports.dates("first_published_at", "year", order="DESC")]
        themes = {word.slug: word.name for word in (*words.boundaries(), *words.practices())}
        year, theme = asked.get("year", ""), asked.get("theme", "")
        if year in map(str, years):
            reports = reports.filter(first_published_at__year=int(year))
        if theme in themes:
            about = models.Q(boundaries__slug=theme) | models.Q(practices__slug=theme)
            reports = reports.filter(pk__in=ReportPage.objects.filter(about).values("pk"))
        articles = apps.get_model("reports.ArticlePage").objects.live().child_of(self)
        return {
            "reports": NEWEST_FIRST.page(reports, asked),
            "articles": articles.order_by("-first_published_at")[:MOST_ARTICLES],
            "years": years,
            "themes": themes,
            "year": year,
            "theme": theme,
        }


class ReportPageQuerySet(PageQuerySet):
    def newest_first(self):
        return self.order_by("-first_published_at", "-pk")

    def since(self, moment):
        return self.filter(first_published_at__gt=moment)

    def for_cards(self):
        """Without its texts, which are long and stand on its page alone."""
        return self.defer("summary", "body", "notes", "corrections")


class ReportPage(Written, ScheduledPage):
    """A long read, with the tellers' own words in it."""

    introduction = models.TextField(help_text=_("Two or three sentences: what was asked and what was found."))
    cover = models.ForeignKey(
        ReportImage, null=True, blank=True, on_delete=models.SET_NULL, related_name="covered_reports"
    )
    written_by = models.CharField(
        _("written by"), max_length=150, blank=True, help_text=_("As it should be cited. Empty: the name of this site.")
    )
    series = models.CharField(
        max_length=100,
        blank=True,
        help_text=_("Reports with the same words here stand together: a conversation goes on."),
    )
    summary = RichTextField(
        _("in short"), blank=True, features=[*LINES, "ul"], help_text=_("For who reads nothing else: half a page.")
    )
    body = StreamField(ReportBlocks(), blank=True)
    notes = StreamField(NoteBlocks(), blank=True, help_text=_("[1] in a text leads to the first of these."))
    corrections = StreamField(CorrectionBlocks(), blank=True, help_text=_("What was changed after it was published."))
    boundaries = ParentalManyToManyField(
        Boundary, blank=True, related_name="reports", verbose_name="services", help_text=_("What the report is about.")
    )
    practices = ParentalManyToManyField(Practice, blank=True, related_name="reports")

    freeze = models.BooleanField(
        _("keep the stories as they are on the day this is published"),
        default=False,
        help_text=_("Lists stand still, and cards of tellers who let us quote them. Their no empties them too."),
    )

    base_form_class = ReportForm
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("cover"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("notes"),
        FieldPanel("corrections"),
        FieldPanel("freeze"),
        MultiFieldPanel(
            [
                FieldPanel("written_by"),
                FieldPanel("series"),
                FieldPanel("boundaries", widget=CheckboxSelectMultiple),
                FieldPanel("practices", widget=CheckboxSelectMultiple),
            ],
            heading=_("What it belongs to"),
        ),
    ]
    parent_page_types = ["reports.ReportIndexPage"]
    subpage_types = []

    objects = PageManager.from_queryset(ReportPageQuerySet)()

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"in_series": self.others_in_series()}

    def others_in_series(self):
        if not self.series:
            return []
        return list(ReportPage.objects.live().filter(series=self.series).exclude(pk=self.pk).newest_first()[:10])

    @property
    def author_line(self):
        return self.written_by or settings.SITE_NAME

    @property
    def citation(self):
        """How a paper would name it."""
        year = self.first_published_at.year if self.first_published_at else timezone.localdate().year
        ending = "" if self.title.endswith(("?", "!", ".")) else "."
        return f"{self.author_line} ({year}). {self.title}{ending} {settings.SITE_NAME}. {self.full_url or ''}".strip()
