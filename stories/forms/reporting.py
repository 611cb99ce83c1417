"""What somebody says about a message or an introduction that reached them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import Radios, Words
from members.models import Concern
from stories.forms.answers import UNKNOWN
from stories.forms.concern import ConcernForm


class ReportForm(ConcernForm):
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[
            (Concern.Kind.WRONG, _("It does harm: it threatens, presses, insults or sells")),
            (Concern.Kind.RECOGNISED, _("It tells who somebody is")),
            (Concern.Kind.WORRIED, _("I am worried about someone")),
        ],
        widget=Radios(hints={"worried": _("Somebody may be in danger. The moderators are told at once.")}),
        error_messages={"required": _("Choose what it is about"), "invalid_choice": UNKNOWN},
    )
    text = Words(
        label=_("What should we know?"),
        help_text=_("In your own words. Only moderators read it."),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Enter what we should know")},
    )

    def __init__(self, *args, kept=None, initial=None, **kwargs):
        """`kept`: what was typed here before a session ended."""
        said = {name: kept.get(name, "") for name in ("kind", "text", "contact")} if kept else {}
        super().__init__(*args, initial={**(initial or {}), **said}, **kwargs)
