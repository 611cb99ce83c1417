"""How the questions of a story become fields: in the words of the model, and patient with what is pasted."""

import hashlib

from django import forms
from django.db import models
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from design.forms import DateInput, Line, Radios, Words
from stories.forms.examples import EXAMPLES

LONGEST = 10_000  # characters in one answer: about five pages, far more than anybody reads on a phone
UNKNOWN = _("Choose one of the answers shown")


class EditNumber(forms.IntegerField):
    """Which save the form was made from. Anything odd counts as an old one: then both texts are shown."""

    UNKNOWN = -1
    widget = forms.HiddenInput

    def clean(self, value):
        try:
            number = super().clean(value)
        except forms.ValidationError:
            number = None
        return self.UNKNOWN if number is None else number


def field_for(db_field, **kwargs):
    """The form field for a field of Story, labelled with the question that the model asks."""
    label = db_field.verbose_name
    if db_field.choices:
        return forms.ChoiceField(
            label=label, choices=db_field.choices, widget=Radios, error_messages={"invalid_choice": UNKNOWN}
        )
    if isinstance(db_field, models.TextField):
        return Words(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": 6}))
    if isinstance(db_field, models.CharField):
        return Line(label=label, max_length=db_field.max_length)
    if isinstance(db_field, models.DateField):
        return forms.DateField(
            label=label, widget=DateInput, error_messages={"invalid": _("Enter a day, such as 27 3 2025")}
        )
    return db_field.formfield(label=label)


def with_example(name, field):
    """Shows, folded below the field, how somebody might answer."""
    if name in EXAMPLES:
        field.example, field.template_name = EXAMPLES[name], "stories/_question.html"


def organisations_field():
    return forms.ChoiceField(
        label=_("May an organisation answer your story?"),
        choices=[
            ("no", _("No")),
            ("yes", _("Yes: “heard”, “looking into it”, “changed” or “cannot, because”")),
        ],
        widget=Radios,
        error_messages={"invalid_choice": UNKNOWN, "required": _("Choose whether an organisation may answer")},
    )


class AnswersForm(forms.ModelForm):
    """Some questions of one story. `later` lets them stay open: the story is put aside, not sent.

    `hints` and `needed` give a field its hint and the sentence for an empty answer; a field that is not needed is
    optional. `fill` gives the story its new values, as far as they are valid; nothing is saved here.
    """

    use_required_attribute = False
    hints = {}
    needed = {}
    stays_until = None  # only the safety page asks until when the story may stay
    reach = {}  # only the safety page asks how the teller is named and who can read it
    edit_number = EditNumber()
    seen = forms.Field(widget=forms.HiddenInput)

    def __init__(self, *args, later=False, **kwargs):
        super().__init__(*args, **kwargs)
        if later:
            self.mark_optional = False
        self.seen_now = self._sign()
        self.initial |= {"edit_number": self.instance.edit_number, "seen": self.seen_now}
        for name, field in self.fields.items():
            field.help_text = self.hints.get(name, "")
            with_example(name, field)
            field.required = name in self.needed and not later
            field.error_messages["required"] = self.needed.get(name, "")

    def beside(self):
        """The answers that are no columns of the form's own."""
        return {}

    def _sign(self):
        """Changes whenever an answer of this page does."""
        answers = model_to_dict(self.instance, self._meta.fields) | self.beside()
        return hashlib.sha256(repr(sorted(answers.items())).encode()).hexdigest()[:16]

    @property
    def seen_next(self):
        """What `seen` will be once the filled story is saved."""
        return self._sign()

    def fill(self):
        # Saved meanwhile, but no answer of this page: then the page is as good as new.
        if self.cleaned_data.get("seen") != self.seen_now:
            self.instance.edit_number = self.cleaned_data["edit_number"]
        return self.instance
