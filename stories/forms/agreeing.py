"""Is this still all right?"""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import DateInput, Radios
from stories.forms.answers import UNKNOWN
from stories.models.agreeing import LASTS

LONGEST = timedelta(days=3 * 365)


class AgreeAgainForm(forms.Form):
    """Yes for a year, or until a day of the author's choice."""

    use_required_attribute = False
    how_long = forms.ChoiceField(
        label=_("May it stay?"),
        choices=[("year", _("Yes, for another year")), ("day", _("Yes, until a day that I choose"))],
        widget=Radios,
        error_messages={"invalid_choice": UNKNOWN, "required": _("Choose how long it may stay")},
    )
    until = forms.DateField(
        label=_("Until when?"),
        widget=DateInput,
        required=False,
        error_messages={"invalid": _("Enter a day, such as 27 3 2027")},
    )

    def clean(self):
        answers = super().clean()
        if answers.get("how_long") == "year":
            answers["until"] = timezone.localdate() + LASTS
        elif answers.get("how_long") == "day" and "until" not in self.errors:
            self.check(answers.get("until"))
        return answers

    def check(self, day):
        today = timezone.localdate()
        if not day:
            self.add_error("until", gettext("Enter the day"))
        elif day <= today:
            self.add_error("until", gettext("Enter a day that is still to come"))
        elif day > today + LONGEST:
            self.add_error("until", gettext("Enter a day within the next three years"))
