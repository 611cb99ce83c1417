"""Pages that programme staff write in Wagtail, and the pictures in them."""

from pathlib import PurePath

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    ImageQuerySet,
    WagtailImageField,
    get_upload_to,
)
from wagtail.models import Page, PageManager, PageQuerySet, ReferenceIndex
from wagtail.search import index

from design.paging import Keyset
from members.models.photo import private_files
from reports.blocks import ReportBlocks
from reports.crossing_of_the_week import HoldsUpACrossing
from reports.pictures import MadeAnew, writes_pages
from reports.reviewing import SecondEditor  # noqa: F401 (Django finds models from here)
from reports.site import SiteSettings  # noqa: F401 (Django finds models from here)
from stories.models import Story

NEWEST_FIRST = Keyset("-first_published_at", "-pk", size=20)


class ReportImageQuerySet(ImageQuerySet):
    def in_live_reports(self):
        """Those that a report shows in its published words; a draft or an edit that nobody published does not count."""
        live = ReportPage.objects.live().order_by().values(key=Cast("pk", models.CharField()))
        shown = ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            to_content_type=ContentType.objects.get_for_model(self.model),
            object_id__in=live,
        )
        return self.filter(pk__in=shown.values(key=Cast("to_object_id", models.BigIntegerField())))


class ReportImage(AbstractImage):
    """A picture in a report: made anew from its pixels, kept where no address leads."""

    admin_form_fields = ("file", "description", *(name for name in Image.admin_form_fields if "focal" in name))
    file = WagtailImageField(upload_to=get_upload_to, storage=private_files, width_field="width", height_field="height")
    description = models.CharField(
        "What is in the picture?",
        max_length=255,
        help_text="For those who cannot see it: one or two sentences, no names.",
    )

    objects = ReportImageQuerySet.as_manager()

    class Meta(AbstractImage.Meta):
        constraints = [models.CheckConstraint(condition=~models.Q(description=""), name="a_picture_has_words")]

    def save(self, *args, **kwargs):
        """Whatever way a file came here, it is made anew. Raises pictures.Refused."""
        if self.file and not self.file._committed and not isinstance(self.file.file, MadeAnew):
            self.file = MadeAnew.of(self.file.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def generate_rendition_file(self, *args, **kwargs):
        """As Wagtail makes it; its temporary file is closed here rather than left lying about."""
        made = super().generate_rendition_file(*args, **kwargs)
        with made.file as file:
            file.seek(0)
            return ContentFile(file.read(), name=made.name)


class ReportRenditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everyone: pictures in a report that is live now. Whoever writes reports: all."""
        return self if writes_pages(user) else self.public()

    def public(self):
        return self.filter(image__in=ReportImage.objects.in_live_reports())


class ReportRendition(AbstractRendition):
    """A report's picture in one size, in private storage too; its address is a view that asks who is looking."""

    image = models.ForeignKey(ReportImage, on_delete=models.CASCADE, related_name="renditions")

    objects = ReportRenditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter")
        ]

    @property
    def name(self):
        """What its address ends with: the random name, and the size."""
        return PurePath(self.file.name).name

    @property
    def url(self):
        return reverse("reports:picture", args=[self.name])


class StaffPage(Page):
    """What our pages share: a page is a draft or it is public, nothing between, and is published by hand."""

    private_page_options = []
    promote_panels = [MultiFieldPanel([FieldPanel("slug"), FieldPanel("search_description")], heading="Address")]
    settings_panels = []

    class Meta:
        abstract = True


NEW = 3  # stories on the front page, besides the featured one
QUESTION = "What changed for someone this week?"


class HomePage(HoldsUpACrossing, StaffPage):
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

    content_panels = [
        *Page.content_panels,
        FieldPanel("strapline", help_text="The first words that somebody reads here."),
        FieldPanel("question"),
        HoldsUpACrossing.crossing_panel,
        HelpPanel(template="reports/admin/front_help.html", heading="Stories and the report"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["reports.ReportIndexPage"]
    max_count = 1

    def get_context(self, request, *args, **kwargs):
        public = Story.objects.readable_by(AnonymousUser())
        lead, stories = lead_and_others(public.featured_first(timezone.localdate(), count=NEW + 1).for_listing())
        return super().get_context(request, *args, **kwargs) | {
            "lead": lead,
            "stories": stories,
            "report": ReportPage.objects.live().newest_first().first(),
        }


def lead_and_others(featured_first):
    """The story that staff put first, if they did, and the newest few after it."""
    stories = list(featured_first[: NEW + 1])
    lead = stories.pop(0) if stories and stories[0].turn == 0 else None
    return lead, stories[:NEW]


def question_of_the_week():
    """What staff ask everybody this week, or what is asked every week."""
    asked = HomePage.objects.live().values_list("question", flat=True).first()
    return asked or QUESTION


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

    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
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
