"""Pages that programme staff write in Wagtail, and the pictures in them."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page

from reports.blocks import ReportBlocks


class ReportImage(AbstractImage):
    """A picture in a report."""

    admin_form_fields = Image.admin_form_fields


class ReportRendition(AbstractRendition):
    """A report's picture in one size."""

    image = models.ForeignKey(ReportImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter")
        ]


class HomePage(Page):
    """The front page; the root of what staff write."""

    strapline = models.CharField(max_length=200, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("strapline")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["reports.ReportIndexPage"]
    max_count = 1


class ReportIndexPage(Page):
    """All reports, newest first."""

    introduction = RichTextField(blank=True, features=["bold", "italic", "link"])

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["reports.HomePage"]
    subpage_types = ["reports.ReportPage"]
    max_count = 1


class ReportPage(Page):
    """A long read, with the tellers' own words in it."""

    introduction = models.TextField(help_text="Two or three sentences: what was asked and what was found.")
    body = StreamField(ReportBlocks(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["reports.ReportIndexPage"]
    subpage_types = []
