"""When a teller who leaves a draft would like to be reminded of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

DAYS = {"2": _("In 2 days"), "7": _("In a week"), "0": _("No")}


class ReminderForm(forms.Form):
    days = forms.TypedChoiceField(choices=list(DAYS.items()), coerce=int)
