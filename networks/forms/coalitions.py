"""Gathering a coalition, joining it, and what is put on its board."""

from django import forms

from design.forms import Line, TickBoxes, Words
from members.forms.fields import BoundariesField
from networks.forms.answered import AnsweredForm
from networks.models import Coalition
from practices import words
from practices.models import Place


class GatherForm(AnsweredForm):
    checked = ("name", "purpose")
    name = Line(
        label="What is the group called?", max_length=80, error_messages={"required": "Enter a name for the group"}
    )
    purpose = Words(
        label="What is it for?",
        help_text="What you want to change together, in a few lines. Leave out names of people.",
        max_length=2_000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Enter what the group is for"},
    )
    boundaries = BoundariesField(label="Between which services?", widget=TickBoxes(folded=True))
    place = forms.ChoiceField(
        label="Where?", required=False, error_messages={"invalid_choice": "Choose a place from the list"}
    )
    field_order = ("name", "purpose", "may_stay", "boundaries", "place")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "Anywhere"), *words.place_choices()]

    def coalition(self):
        return Coalition(**{name: self.cleaned_data[name] for name in ("name", "purpose", "may_stay")})

    def where(self):
        return Place.objects.filter(slug=self.cleaned_data["place"])


class JoinForm(forms.Form):
    use_required_attribute = False
    agree = forms.BooleanField(
        label="I agree", error_messages={"required": "Tick “I agree” to join, or stay outside for now"}
    )


class NoticeForm(AnsweredForm):
    checked = ("text",)
    text = Words(
        label="A notice for the others",
        help_text="Members of this group read it. Leave out names of people you work with.",
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Enter your notice"},
    )
    form_key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    field_order = ("text", "may_stay")
