"""The first words to a teller who is not named."""

from django import forms
from django.utils.translation import gettext

from networks.forms.introductions import ReasonForm


class LetterForm(ReasonForm):
    """What leads straight to a person goes, or is answered for, as in an introduction."""

    form_key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = gettext("What would you like to say to the teller?")
        self.fields["reason"].help_text = gettext("Leave out names. If you know who told this story, do not say so.")
        self.fields["reason"].error_messages["required"] = gettext("Enter what you would like to say")
