"""What a moderator fills in."""

from django import forms
from wagtail.admin.widgets import AdminAutoHeightTextInput

from practices import words

REASON_LENGTH = 4000


class VersionForm(forms.Form):
    """A decision is about the version that was read, not about whatever is there by now."""

    revision = forms.IntegerField(min_value=1)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="What should the teller change, and why?",
        help_text="The teller reads exactly these words. Say what to change and why; never rewrite it for them.",
        max_length=REASON_LENGTH,
        widget=AdminAutoHeightTextInput({"rows": 4}),
        error_messages={
            "required": "Write what the teller should change, and why.",
            "max_length": "Keep the reason under %(limit_value)d characters; it has %(show_value)d.",
        },
    )


class TakeDownForm(forms.Form):
    reason = forms.CharField(
        label="Why do you take it down?",
        help_text="The teller reads exactly these words.",
        max_length=REASON_LENGTH,
        widget=AdminAutoHeightTextInput({"rows": 3}),
        error_messages={
            "required": "Write why you take the story down.",
            "max_length": "Keep the reason under %(limit_value)d characters; it has %(show_value)d.",
        },
    )


class AskForm(forms.Form):
    question = forms.CharField(
        label="Ask the teller",
        help_text="They answer on their own page, and the story stays in the queue. They are not told your name.",
        max_length=2000,
        widget=AdminAutoHeightTextInput({"rows": 3}),
        error_messages={
            "required": "Write what you want to ask.",
            "max_length": "Keep the question under %(limit_value)d characters; it has %(show_value)d.",
        },
    )


class QueueForm(forms.Form):
    mark_optional = False

    boundary = forms.ChoiceField(label="Services it ran between", required=False)

    def __init__(self, data):
        super().__init__(data)
        self.fields["boundary"].choices = [("", "All"), *((word.slug, word.name) for word in words.boundaries())]
