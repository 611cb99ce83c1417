"""What a moderator fills in."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from practices import words
from stories.models import ShortReason
from stories.models.moderation import NobodyFound

REASON_LENGTH = 4000


class VersionForm(forms.Form):
    """A decision is about the version that was read, not about whatever is there by now."""

    revision = forms.IntegerField(min_value=1)


class ApproveForm(NobodyFound, VersionForm):
    """A moderator approves once they have put themselves in the place of somebody who wants to find out."""


class WithShortReason(forms.Form):
    """A reason in one's own words, after a short one from the list, or either alone. `needed` says what is missing."""

    use = needed = ""

    begin_with = forms.ModelChoiceField(
        ShortReason.objects.none(),
        required=False,
        label=_("Begin with a short reason"),
        empty_label=_("None: only what I write"),
        error_messages={"invalid_choice": _("Choose one of the short reasons shown.")},
    )
    reason = forms.CharField(
        required=False,
        max_length=REASON_LENGTH,
        widget=AdminAutoHeightTextInput({"rows": 4}),
        error_messages={"max_length": _("Keep the reason under %(limit_value)d characters; it has %(show_value)d.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["begin_with"].queryset = ShortReason.objects.for_use(self.use)

    def clean(self):
        answers = super().clean()
        short = answers.get("begin_with")
        answers["reason"] = "\n\n".join(words for words in [short and short.text, answers.get("reason")] if words)
        if not answers["reason"] and not self.errors:
            self.add_error("reason", self.needed)
        return answers


class ReasonForm(WithShortReason):
    use = ShortReason.Use.CHANGES
    needed = _("Write what the teller should change, and why.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = gettext("What should the teller change, and why?")
        self.fields["reason"].help_text = gettext(
            "The teller reads these words, after the short reason if you chose one. Never rewrite it for them."
        )


class TakeDownForm(WithShortReason):
    use = ShortReason.Use.DOWN
    needed = _("Write why you take the story down.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = gettext("Why do you take it down?")
        self.fields["reason"].help_text = gettext(
            "The teller reads these words, after the short reason if you chose one."
        )


class AskForm(forms.Form):
    question = forms.CharField(
        label=_("Ask the teller"),
        help_text=_("They answer on their own page, and the story stays in the queue. They are not told your name."),
        max_length=2000,
        widget=AdminAutoHeightTextInput({"rows": 3}),
        error_messages={
            "required": _("Write what you want to ask."),
            "max_length": _("Keep the question under %(limit_value)d characters; it has %(show_value)d."),
        },
    )


class QueueForm(forms.Form):
    mark_optional = False

    boundary = forms.ChoiceField(label=_("Services it ran between"), required=False)

    def __init__(self, data):
        super().__init__(data)
        self.fields["boundary"].choices = [
            ("", gettext("All")),
            *((word.slug, word.name) for word in words.boundaries()),
        ]
