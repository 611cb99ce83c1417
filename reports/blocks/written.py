"""Blocks that staff write themselves."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

BEGINNINGS = ("/", "https://", "http://", "mailto:")
SOURCE = _("Who says so, and when.")


class ChapterBlock(blocks.StructBlock):
    """A heading that the contents list names."""

    title = blocks.CharBlock(max_length=120)

    class Meta:
        icon = "title"
        label = _("Chapter")


class QuoteBlock(blocks.StructBlock):
    words = blocks.TextBlock(help_text=_("In the words of whoever said it, and with their agreement."))
    who = blocks.CharBlock(required=False, max_length=100, help_text=_("A role, not a name."))

    class Meta:
        icon = "openquote"
        label = _("Words said elsewhere")


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")


class FigureBlock(blocks.StructBlock):
    """One number that carries an argument, never without where it comes from."""

    number = blocks.CharBlock(max_length=20, help_text=_("For example: 7 in 10."))
    what = blocks.CharBlock(max_length=200, label=_("What it says"))
    source = blocks.CharBlock(max_length=200, help_text=SOURCE)
    address = blocks.URLBlock(required=False, label=_("Where it can be read"))

    class Meta:
        icon = "pick"
        label = _("Figure with its source")


class PersonBlock(blocks.StructBlock):
    """Somebody in the report, as they agreed to be named."""

    name = blocks.CharBlock(max_length=100, help_text=_("As they agreed to be named."))
    role = blocks.CharBlock(required=False, max_length=150)
    words = blocks.TextBlock(label=_("About them"))

    class Meta:
        icon = "user"
        label = _("Person")


class ActionBlock(blocks.StructBlock):
    """What a reader can do now."""

    heading = blocks.CharBlock(max_length=100)
    text = blocks.TextBlock(required=False)
    label = blocks.CharBlock(max_length=40, label=_("On the button"), help_text=_("A verb: Tell a story."))
    address = blocks.CharBlock(max_length=300, help_text=_("A page here, such as /stories/new/, or one elsewhere."))

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")

    def clean(self, value):
        value = super().clean(value)
        if not self.is_deferred_validation and not value["address"].startswith(BEGINNINGS):
            raise blocks.StructBlockValidationError(
                {"address": ValidationError(gettext("Begin it with / or https://."))}
            )
        return value


class DocumentBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=150)
    address = blocks.URLBlock()
    about = blocks.CharBlock(required=False, max_length=200, help_text=_("For example: PDF, 12 pages, 2024."))


class DocumentsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=100, default="Documents")
    documents = blocks.ListBlock(DocumentBlock())

    class Meta:
        icon = "doc-full"
        label = _("Documents")
