"""Asking to be introduced: one box, and a check that nobody can be recognised in it."""

from django import forms

from confidentiality.telling import Told, words_that_stop
from design.forms import Line, Words

LONGEST = 2_000
MAY_STAY = "Take these words out, or say why they can stay"


class ReasonForm(forms.Form):
    """Words that lead straight to a person must go or be answered for; only then is there a box for the answer."""

    use_required_attribute = False
    reason = Words(
        label="Why would you like to meet?",
        help_text="What you work on, and what you would like to ask or offer. Leave out names and what could tell "
        "them who you are.",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Enter why you would like to meet"},
    )
    may_stay = Line(label="Why can these words stay?", max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["may_stay"].required = False
        self.fields["may_stay"].template_name = "networks/_words_found.html"
        self.stopping = []
        if not self.is_bound:
            del self.fields["may_stay"]

    def clean(self):
        answers = super().clean()
        reason = answers.get("reason", "")
        self.stopping = words_that_stop([Told("reason", self.fields["reason"].label, reason)]) if reason else []
        if not self.stopping:
            self._errors.pop("may_stay", None)
            self.fields.pop("may_stay", None)
            answers["may_stay"] = ""
        elif not answers.get("may_stay") and "may_stay" not in self._errors:
            self.add_error("may_stay", MAY_STAY)
        return answers


class BringTogetherForm(ReasonForm):
    """By somebody who knows both: the same words go to each of the two."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why should they meet?"
        self.fields["reason"].help_text = (
            "Both of them read the same words, with your name. Leave out theirs: they see each other’s role and "
            "region, and no more until both have said yes."
        )
        self.fields["reason"].error_messages["required"] = "Enter why they should meet"


class FindForm(forms.Form):
    """Somebody in the directory, as the directory finds them."""

    use_required_attribute = False
    name = forms.CharField(label="Who else? A name, a role, or what they know about", max_length=100, required=False)
