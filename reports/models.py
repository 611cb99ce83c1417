"""Pages that programme staff write in Wagtail, and the pictures in them."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page, PageManager, PageQuerySet

from design.paging import Keyset
from reports.blocks import ReportBlocks
from stories.models import Story

NEWEST_FIRST = Keyset("-first_published_at", "-pk", size=20)


class ReportImage(AbstractImage):
    """A picture in a report; none can be added yet (docs/decisions/0005)."""

    admin_form_fields = Image.admin_form_fields


class ReportRendition(AbstractRendition):
    """A report's picture in one size."""

    image = models.ForeignKey(ReportImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter")
        ]


class StaffPage(Page):
    """What our pages share: a page is a draft or it is public, nothing between, and is published by hand."""

    private_page_options = []
    promote_panels = [MultiFieldPanel([FieldPanel("slug"), FieldPanel("search_description")], heading="Address")]
    settings_panels = []

    class Meta:
        abstract = True


class HomePage(StaffPage):
    """The front page; the root of what staff write. Members see their own front page (`reports.views.home`)."""

    strapline = models.CharField(
        "what this is, in one sentence",
        max_length=200,
        default="Frontline workers tell, in their own words, what they saw change between services.",
    )

    content_panels = [*Page.content_panels, FieldPanel("strapline")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["reports.ReportIndexPage"]
    max_count = 1

    def get_context(self, request, *args, **kwargs):
        public = Story.objects.readable_by(AnonymousUser())
        return super().get_context(request, *args, **kwargs) | {
            "stories": list(public.featured_first(timezone.localdate(), count=3).for_listing()[:3]),
            "report": ReportPage.objects.live().newest_first().first(),
        }


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

        All stories of the page in one question, whatever their number.
        """
        slugs = {block.value for block in self.body if block.block_type == "story"}
        found = Story.objects.readable_by(reader).filter(slug__in=slugs).for_listing() if slugs else []
        readable = {story.slug: story for story in found}
        return [
            (block, readable.get(block.value) if block.block_type == "story" else None)
            for block in self.body
            if block.block_type != "story" or block.value in readable
        ]
