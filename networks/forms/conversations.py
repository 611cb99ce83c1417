"""Saying something in a conversation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import Words

LONGEST = 5_000


class MessageForm(forms.Form):
    use_required_attribute = False
    text = Words(
        label=_("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Enter your message")},
    )
    # Made by us for each page. Whoever makes up their own only has fewer messages of their own.
    form_key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class DraftForm(forms.Form):
    """What is typed so far: kept as long as it could be said at all."""

    text = Words(required=False, max_length=LONGEST)
