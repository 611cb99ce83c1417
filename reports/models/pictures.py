"""Pictures in reports, and their sizes: in private storage, each with words."""

from pathlib import PurePath

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    ImageQuerySet,
    WagtailImageField,
    get_upload_to,
)
from wagtail.models import Page, ReferenceIndex

from members.models.photo import private_files
from reports.pictures import MadeAnew, writes_pages


class ReportImageQuerySet(ImageQuerySet):
    def in_live_reports(self):
        """Those that a page shows in its published words; a draft or an edit that nobody published does not count."""
        live = Page.objects.live().order_by().values(key=Cast("pk", models.CharField()))
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
        _("What is in the picture?"),
        max_length=255,
        help_text=_("For those who cannot see it: one or two sentences, no names."),
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
