"""What a teller answers to other words that a moderator suggests."""

from django import forms


class SuggestionAnswer(forms.Form):
    suggestion = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    agreed = forms.TypedChoiceField(choices=[("yes", "Yes"), ("no", "No")], coerce=lambda word: word == "yes")
