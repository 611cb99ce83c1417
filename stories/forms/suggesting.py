"""What a teller answers to other words that a moderator suggests."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SuggestionAnswer(forms.Form):
    suggestion = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    agreed = forms.TypedChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda word: word == "yes")
