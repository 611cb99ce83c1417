"""Blocks that show something of stories. They keep keys, never words: what is shown is asked for at each reading
(`reports/shown.py`)."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser

from practices import words
from stories.models import Audience, Outcome, Quotation, Story

GONE = _("A story that readers cannot see at the moment")


class StoryChooser(BaseChooser):
    """Picks a published story and keeps its slug; the list to pick from is in `reports/viewsets.py`."""

    model = Story
    icon = "openquote"
    choose_one_text = _("Choose a story")
    choose_another_text = _("Choose another story")
    show_edit_link = False
    show_clear_link = False
    chooser_modal_url_name = "report_stories:choose"

    def get_value_data(self, value):
        if not value or "\0" in str(value):
            return None
        # A withdrawn story keeps its place in the report, but not even its title is shown to staff.
        shown = Story.objects.published().exclude(audience=Audience.COALITION).filter(slug=value).first()
        return {"id": value, "title": shown.title if shown else GONE, "edit_url": None}


class StoryEmbedBlock(blocks.FieldBlock):
    """A story by its slug, and nothing of it: each reader's rights decide whether the page shows it."""

    @cached_property
    def field(self):
        return forms.CharField(
            max_length=16,
            widget=StoryChooser(),
            error_messages={"required": gettext("Choose a story, or delete this block.")},
        )

    def get_form_state(self, value):
        return self.field.widget.get_value_data(value)

    class Meta:
        icon = "openquote"
        label = _("Story")


class QuotationChooser(BaseChooser):
    """Picks words that were picked from a story, and keeps their key."""

    model = Quotation
    icon = "openquote"
    choose_one_text = _("Choose words")
    choose_another_text = _("Choose other words")
    show_edit_link = False
    show_clear_link = False
    chooser_modal_url_name = "report_words:choose"

    def get_value_data(self, value):
        if not value or "\0" in str(value):
            return None
        picked = Quotation.objects.filter(key=value).select_related("story").first()
        shown = picked and picked.is_allowed and picked.still_said and picked.story.is_published
        title = str(picked) if shown else f"Words that readers cannot see: {picked.standing if picked else 'gone'}"
        return {"id": value, "title": title, "edit_url": None}


class QuotationBlock(blocks.FieldBlock):
    """Words of a teller by their key; gone wherever the teller, the story or its text no longer lets them stand."""

    @cached_property
    def field(self):
        return forms.CharField(
            max_length=16,
            widget=QuotationChooser(),
            error_messages={"required": gettext("Choose words, or delete this block.")},
        )

    def get_form_state(self, value):
        return self.field.widget.get_value_data(value)

    class Meta:
        icon = "openquote"
        label = _("Words from a story")


def boundary_choices():
    return [(word.slug, word.name) for word in words.boundaries()]


def practice_choices():
    return [(word.slug, word.name) for word in words.practices()]


def outcome_choices():
    return Outcome.choices


class SlugBlock(blocks.ChoiceBlock):
    """A choice whose values are texts already: reading a page need not ask for all that could have been chosen."""

    def normalize_choice(self, value):
        return value


class ListBlock(blocks.StructBlock):
    """The newest public stories that fit, asked for at each reading."""

    heading = blocks.CharBlock(max_length=100, help_text=_("For example: Stories between housing and health."))
    boundary = SlugBlock(choices=boundary_choices, required=False, label=_("Service"))
    other = SlugBlock(choices=boundary_choices, required=False, label=_("And this service"))
    practice = SlugBlock(choices=practice_choices, required=False)
    outcome = SlugBlock(choices=outcome_choices, required=False, label=_("Where it is now"))
    count = blocks.IntegerBlock(min_value=1, max_value=10, default=3, label=_("How many at most"))

    class Meta:
        icon = "list-ul"
        label = _("Live list of stories")


class CrossingBlock(blocks.StructBlock):
    """Two services, and the way to the stories between them."""

    first = SlugBlock(choices=boundary_choices, label=_("Service"))
    second = SlugBlock(choices=boundary_choices, label=_("And this service"))

    class Meta:
        icon = "link"
        label = _("Crossing")


class PracticeBlock(blocks.StructBlock):
    practice = SlugBlock(choices=practice_choices)
    why = blocks.CharBlock(required=False, max_length=250, label=_("Why it stands here"))

    class Meta:
        icon = "check"
        label = _("Practice")
