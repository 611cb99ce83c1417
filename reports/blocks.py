"""What a report is built from."""

from django import forms
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser
from wagtail.images.blocks import ImageChooserBlock

from stories.models import Audience, Story

GONE = "A story that readers cannot see at the moment"


class StoryChooser(BaseChooser):
    """Picks a published story and keeps its slug; the list to pick from is in `reports/viewsets.py`."""

    model = Story
    icon = "openquote"
    choose_one_text = "Choose a story"
    choose_another_text = "Choose another story"
    show_edit_link = False
    show_clear_link = False
    chooser_modal_url_name = "report_stories:choose"

    def get_value_data(self, value):
        if not value:
            return None
        # A withdrawn story keeps its place in the report, but not even its title is shown to staff.
        shown = Story.objects.published().exclude(audience=Audience.COALITION).filter(slug=value).first()
        return {"id": value, "title": shown.title if shown else GONE, "edit_url": None}


class StoryEmbedBlock(blocks.FieldBlock):
    """A story by its slug, and nothing of it: each reader's rights decide whether the page shows it."""

    @cached_property
    def field(self):
        return forms.CharField(
            max_length=16, widget=StoryChooser(), error_messages={"required": "Choose a story, or delete this block."}
        )

    def get_form_state(self, value):
        return self.field.widget.get_value_data(value)

    class Meta:
        icon = "openquote"
        label = "Story"


class ReportBlocks(blocks.StreamBlock):
    """The body of a report."""

    text = blocks.RichTextBlock(
        features=["h2", "h3", "bold", "italic", "ol", "ul", "link"], template="reports/_text.html"
    )
    quote = blocks.StructBlock(
        [
            ("words", blocks.TextBlock(help_text="In the words of whoever said it, and with their agreement.")),
            ("who", blocks.CharBlock(required=False, max_length=100, help_text="A role, not a name.")),
        ],
        icon="openquote",
        template="reports/_quote.html",
    )
    picture = blocks.StructBlock(
        [
            ("image", ImageChooserBlock(label="Picture")),
            ("caption", blocks.CharBlock(required=False, max_length=250)),
        ],
        icon="image",
        template="reports/_picture.html",
    )
    story = StoryEmbedBlock()
