"""What a member tries: two boxes to begin with, the rest on another day."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import DateInput, Radios, Words
from networks.forms.answered import AnsweredForm
from networks.models import Coalition
from stories.models import Attempt, Decision

LONGEST = 2_000  # characters in one box: enough for a log, and less than what a story takes
FARTHEST = timedelta(days=731)
KEPT = ("step", "expects", "noticed", "stop_if", "look_again_date", "happened", "decision", "coalition", "may_stay")
WORDS = ("noticed", "step", "expects", "stop_if", "happened")


def box(name, hint="", missing="", rows=4):
    return Words(
        label=Attempt._meta.get_field(name).verbose_name,
        help_text=hint,
        max_length=LONGEST,
        required=bool(missing),
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": missing},
    )


def step():
    return box(
        "step",
        _("A phone call, one morning, one question taken out of a form."),
        _("Enter the step that you take"),
    )


def expects():
    return box("expects", _("Guess. Later you see what surprised you."), _("Enter what you expect to happen"))


class BeginForm(forms.Form):
    use_required_attribute = False
    step = step()
    expects = expects()
    # Signed by us, so there is nothing to clean: what is not ours counts for nothing.
    form_key = forms.Field(required=False, widget=forms.HiddenInput)


class AttemptForm(AnsweredForm):
    """Everything that can be said of one. Only what a group reads is looked at for words that point at somebody."""

    step = step()
    expects = expects()
    noticed = box("noticed", _("One moment is enough. Describe the situation, not the person."))
    stop_if = box("stop_if", _("Agree it beforehand with whoever could be hurt by it."), rows=2)
    look_again_date = forms.DateField(
        label=Attempt._meta.get_field("look_again_date").verbose_name,
        help_text=_("We write to you once, on that morning."),
        required=False,
        widget=DateInput,
        error_messages={"invalid": _("Enter a day, such as 2027-03-27")},
    )
    happened = box("happened", _("“Nothing yet” is an answer."))
    decision = forms.ChoiceField(
        label=Attempt._meta.get_field("decision").verbose_name,
        choices=[("", _("I do not know yet")), *Decision.choices],
        required=False,
        widget=Radios,
        error_messages={"invalid_choice": _("Choose one of the answers shown")},
    )
    coalition = forms.ModelChoiceField(
        Coalition.objects.none(),
        label=_("May one of your groups read it?"),
        help_text=_(
            "They read it with your name and cannot change it. If you later tell it without your name, whoever "
            "read it here may know whose story that is."
        ),
        to_field_name="key",
        empty_label=_("No, only me"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of your groups, or nobody")},
    )
    who_reads = _("A moderator reads your answer if the group is ever reported.")
    field_order = ("step", "expects", "noticed", "stop_if", "look_again_date", "happened", "decision", "coalition")

    def __init__(self, attempt, data, *, today):
        super().__init__(data, initial={name: getattr(attempt, name) for name in KEPT})
        self.initial["coalition"] = attempt.coalition and attempt.coalition.key
        self.attempt, self.today = attempt, today
        groups = Coalition.objects.joined_by(attempt.member).going_on()
        self.fields["coalition"].queryset = groups.order_by("name", "pk")

    def clean_look_again_date(self):
        day = self.cleaned_data["look_again_date"]
        if day and day != self.attempt.look_again_date and not self.today < day <= self.today + FARTHEST:
            raise forms.ValidationError(gettext("Choose a day from tomorrow on, within two years"))
        return day

    def clean(self):
        self.checked = WORDS if self.cleaned_data.get("coalition") else ()
        return super().clean()

    @property
    def said(self):
        return {name: self.cleaned_data[name] for name in KEPT}
