"""Pages beside the reports: an article, a page that stands for itself, and one that leads to others."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from reports.blocks import ArticleBlocks
from reports.models.staff_page import ScheduledPage
from reports.models.written import Written


class ArticlePage(Written, ScheduledPage):
    """A short read beside the reports. It shows stories and quotes nobody: tellers are told of reports only."""

    introduction = models.TextField(help_text=_("One or two sentences."))
    written_by = models.CharField(_("written by"), max_length=150, blank=True)
    body = StreamField(ArticleBlocks(), blank=True)

    template = "reports/written_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("written_by"),
        FieldPanel("body"),
    ]
    parent_page_types = ["reports.ReportIndexPage"]
    subpage_types = []
    kind = "Article"


class StandardPage(Written, ScheduledPage):
    """A page that stands for itself: about the programme, how to take part."""

    introduction = models.TextField(blank=True)
    body = StreamField(ArticleBlocks(), blank=True)

    template = "reports/written_page.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["reports.HomePage", "reports.LandingPage", "reports.StandardPage"]
    subpage_types = ["reports.StandardPage"]
    kind = ""


class LandingPage(Written, ScheduledPage):
    """Where several pages about one thing are found."""

    introduction = models.TextField(help_text=_("One or two sentences."))
    body = StreamField(ArticleBlocks(), blank=True)

    template = "reports/written_page.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["reports.HomePage"]
    subpage_types = ["reports.StandardPage"]
    kind = ""

    def get_context(self, request, *args, **kwargs):
        below = StandardPage.objects.live().child_of(self).order_by("path")
        return super().get_context(request, *args, **kwargs) | {"below": below}
