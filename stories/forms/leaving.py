"""When a teller who leaves a draft would like to be reminded of it."""

from django import forms

DAYS = {"2": "In 2 days", "7": "In a week", "0": "No"}


class ReminderForm(forms.Form):
    days = forms.TypedChoiceField(choices=list(DAYS.items()), coerce=int)
