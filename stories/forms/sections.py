"""The short pages that a story is told on, in their order, and the last one before it goes."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import Radios
from stories.forms.answers import UNKNOWN, AnswersForm, field_for, organisations_field
from stories.forms.reach import SafetyForm
from stories.forms.staying import StayingFields
from stories.forms.where import WhereForm
from stories.models import Audience, Story

NO_ANSWER = ("", _("No answer"))


class NoticedForm(AnswersForm):
    hints = {
        "noticed": _("One moment is enough. Describe the situation, not the person."),
        "flex": _("A rule that was really a habit, a person who said yes. “There was none” is a fine answer."),
    }
    needed = {"noticed": _("Enter what you noticed")}

    class Meta:
        model = Story
        formfield_callback = field_for
        fields = ["noticed", "flex"]


class TriedForm(AnswersForm):
    hints = {
        "tried": _("Start small: a phone call, a shared lunch, one changed form."),
        "who_with": _("Roles and sectors, not names."),
        "happened": _("Setbacks are as useful as results."),
    }
    needed = {"tried": _("Enter what you tried"), "happened": _("Enter what happened")}

    class Meta:
        model = Story
        formfield_callback = field_for
        fields = ["tried", "who_with", "happened"]


class NowForm(AnswersForm):
    hints = {
        "outcome": _("A story that stalled or stopped is worth as much as one that spread."),
        "shift_thinking": _("Fill in the ones you can."),
        "nothing_shifted": _("This is an answer too."),
        "evidence_note": _("What you saw, counted or heard."),
    }
    needed = {"outcome": _("Choose where it is now")}
    SHIFTS = ("shift_thinking", "shift_behaviour", "shift_ground")

    class Meta:
        model = Story
        formfield_callback = field_for
        fields = [
            "outcome",
            "shift_thinking",
            "shift_behaviour",
            "shift_ground",
            "nothing_shifted",
            "evidence",
            "evidence_note",
        ]

    def __init__(self, *args, later=False, **kwargs):
        super().__init__(*args, later=later, **kwargs)
        self.later = later
        self.fields["evidence"].choices = [*self.fields["evidence"].choices, NO_ANSWER]
        for name in self.SHIFTS:
            self.fields[name].widget.attrs["rows"] = 3

    def clean(self):
        answers = super().clean()
        told = [name for name in self.SHIFTS if answers.get(name) or name in self.errors]
        if not (told or answers.get("nothing_shifted") or self.later):
            self.add_error(self.SHIFTS[0], gettext("Enter what is different now, or tick that nothing has shifted yet"))
        return answers


class MattersForm(AnswersForm):
    hints = {"why_it_matters": _("Your words. Nobody rewrites them without asking.")}
    needed = {"why_it_matters": _("Enter why this change matters to you")}

    class Meta:
        model = Story
        formfield_callback = field_for
        fields = ["why_it_matters", "lens"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lens"].choices = [*self.fields["lens"].choices, NO_ANSWER]


class MoreForm(AnswersForm):
    hints = {"help_wanted": _("Somebody across a boundary may have it. We show it with the story.")}

    class Meta:
        model = Story
        formfield_callback = field_for
        fields = ["surprise", "advice", "help_wanted"]


class SendForm(AnswersForm):
    """The public title is asked last, when the whole story is there; and of `words` that must go or have an answer."""

    hints = {
        "title": _("Plain words. No names of people or small services."),
        "summary": _("Lists show it under the title."),
        "organisations": _("It stands apart from what members say. You can change this at any time, at once."),
    }
    needed = {"title": _("Enter a title"), "summary": _("Enter the change in one sentence")}
    seen = None  # whoever sends has read the whole story: any save in between counts, not only one of this page
    hide = forms.ChoiceField(
        label=_("Hide the story while we check it?"),
        choices=[("no", _("No, leave it as it was until then")), ("yes", _("Yes, hide it now"))],
        widget=Radios,
        error_messages={"invalid_choice": UNKNOWN},
    )
    organisations = organisations_field()

    class Meta:
        model = Story
        formfield_callback = field_for
        fields = ["title", "summary"]

    def __init__(self, *args, words=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.staying = StayingFields(self, words)
        self.initial["organisations"] = "yes" if self.instance.organisations_may_respond else "no"
        if Audience.PUBLIC not in {self.instance.audience, self.instance.wanted_audience}:
            del self.fields["organisations"]
        self.fields["summary"].widget = forms.Textarea({"rows": 3, "autocomplete": "off"})
        if self.instance.live and not self.instance.hidden_at:
            self.initial["hide"] = "no"
            self.fields["hide"].required = True
            self.fields["hide"].error_messages["required"] = gettext("Choose whether to hide it")
        else:
            del self.fields["hide"]

    def clean(self):
        answers = super().clean()
        self.staying.clean()
        return answers


@dataclass(frozen=True)
class Section:
    """One page of the telling: its address, its heading, and the form that asks."""

    slug: str
    title: str
    form: type[AnswersForm]
    optional: bool = False

    @property
    def names(self):
        """The answers that it asks for, in their order."""
        return self.form.field_order or self.form._meta.fields


SECTIONS = (
    Section("noticed", _("What you noticed"), NoticedForm),
    Section("tried", _("What you tried, and what happened"), TriedForm),
    Section("now", _("What is different now"), NowForm),
    Section("matters", _("Why it matters"), MattersForm),
    Section("where", _("Which services, where and when"), WhereForm),
    Section("more", _("For whoever tries it next"), MoreForm, optional=True),
)


SAFETY = Section("safety", _("Safety first"), SafetyForm)
SENDING = Section("send", _("Send your story"), SendForm)


def section_of(slug):
    """The section of this address, or None."""
    return next((section for section in SECTIONS if section.slug == slug), None)
