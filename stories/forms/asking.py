"""What a teller writes to the moderator who reads their story."""

from django import forms

from stories.forms.answers import Words


class AnswerForm(forms.Form):
    text = Words(
        label="Write to the moderator",
        help_text="Only moderators read this. Your story stays with them meanwhile.",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Enter what you want to say"},
    )
