"""A report, and the list of all of them."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager, PageQuerySet

from design.paging import Keyset
from reports.blocks import ReportBlocks
from reports.models.staff_page import StaffPage
from stories.models import Story

NEWEST_FIRST = Keyset("-first_published_at", "-pk", size=20)


class ReportIndexPage(StaffPage):
    """All reports, newest first."""

    introduction = RichTextField(blank=True, features=["bold", "italic", "link"])

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["reports.HomePage"]
    subpage_types = ["reports.ReportPage"]
    max_count = 1

    def get_context(self, request, *args, **kwargs):
        reports = ReportPage.objects.live().child_of(self)
        return super().get_context(request, *args, **kwargs) | {"reports": NEWEST_FIRST.page(reports, request.GET)}


class ReportPageQuerySet(PageQuerySet):
    def newest_first(self):
        return self.order_by("-first_published_at", "-pk")

    def since(self, moment):
        return self.filter(first_published_at__gt=moment)


class ReportPage(StaffPage):
    """A long read, with the tellers' own words in it."""

    introduction = models.TextField(help_text="Two or three sentences: what was asked and what was found.")
    body = StreamField(ReportBlocks(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["reports.ReportIndexPage"]
    subpage_types = []

    objects = PageManager.from_queryset(ReportPageQuerySet)()

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"parts": self.parts_for(request.user)}

    def parts_for(self, reader):
        """The body as this reader may see it: (block, story) pairs, without the stories that they may not read.

        All stories of the page in one question, whatever their number, and all sizes of its pictures in another.
        """
        pictures = [block.value["image"] for block in self.body if block.block_type == "picture"]
        models.prefetch_related_objects([picture for picture in pictures if picture], "renditions")
        slugs = {block.value for block in self.body if block.block_type == "story"}
        found = Story.objects.readable_by(reader).filter(slug__in=slugs).for_listing() if slugs else []
        readable = {story.slug: story for story in found}
        return [
            (block, readable.get(block.value) if block.block_type == "story" else None)
            for block in self.body
            if block.block_type != "story" or block.value in readable
        ]
