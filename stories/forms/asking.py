"""What a teller writes to the moderator who reads their story."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.forms.answers import Words


class AnswerForm(forms.Form):
    text = Words(
        label=_("Write to the moderator"),
        help_text=_("Only moderators read this. Your story stays with them meanwhile."),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Enter what you want to say")},
    )
