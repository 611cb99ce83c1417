"""What anybody can say about a story, without an account."""

import re

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import Radios
from members.models import Concern
from stories.forms.answers import UNKNOWN, Words

SLUG = re.compile(r"[\w-]{1,16}", re.ASCII)


class ConcernForm(forms.Form):
    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Concern.Kind.choices,
        widget=Radios(
            hints={
                "about_me": _("You are in this story, or you think you are."),
                "recognised": _("You, or somebody else, could tell who is meant."),
                "worried": _("Somebody may be in danger. The moderators are told at once."),
            }
        ),
        error_messages={"required": _("Choose what it is about"), "invalid_choice": UNKNOWN},
    )
    text = Words(
        label=_("What should we know?"),
        help_text=_("In your own words. Only moderators read it. If you want it taken down, say so."),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Enter what we should know")},
    )
    contact = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We write once, when it has been read, and then delete the address."),
        required=False,
        error_messages={
            "invalid": _("Enter an e-mail address such as name@example.org, or leave it empty"),
            "null_characters_not_allowed": _("Enter an e-mail address such as name@example.org, or leave it empty"),
        },
    )
    # Signed by us, so there is nothing to clean: what is not ours counts for nothing.
    form_key = forms.Field(required=False, widget=forms.HiddenInput)


class Whose(forms.ModelChoiceField):
    def label_from_instance(self, thanks):
        return f"{thanks.shown_name}: {thanks.get_kind_display()}"


class ThanksConcernForm(ConcernForm):
    """Which of the thanks that stand there with a name."""

    which = Whose(
        queryset=None,
        label=_("Which of the thanks?"),
        empty_label=None,
        widget=Radios,
        error_messages={"required": _("Choose which of the thanks"), "invalid_choice": UNKNOWN},
    )
    field_order = ["which", "kind", "text", "contact", "form_key"]

    def __init__(self, *args, named, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["which"].queryset = named


class WorryForm(ConcernForm):
    """Without a story to point to: about a person, or about a story that whoever writes cannot open."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[
            (Concern.Kind.WORRIED, _("I am worried about someone")),
            (Concern.Kind.ABOUT_ME, _("There is a story about me, or somebody I know, that I cannot open")),
        ],
        initial=Concern.Kind.WORRIED,
        widget=Radios,
        error_messages={"required": _("Choose what it is about"), "invalid_choice": UNKNOWN},
    )
    text = Words(
        label=_("What should we know?"),
        help_text=(_("What you saw or heard, and where. If it is about a story: its title or its address.")),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Enter what we should know")},
    )

    def __init__(self, *args, story="", initial=None, **kwargs):
        """`story` is the key on a card: whether there is such a story is nobody's business here."""
        if SLUG.fullmatch(story):
            about = gettext("About %(site_url)s/stories/%(story)s/\n\n") % {
                "site_url": settings.SITE_URL,
                "story": story,
            }
            initial = {**(initial or {}), "kind": Concern.Kind.ABOUT_ME, "text": about}
        super().__init__(*args, initial=initial, **kwargs)
