"""Asking to be introduced: one box, and a check that nobody can be recognised in it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import Words
from networks.forms.answered import AnsweredForm

LONGEST = 2_000


class ReasonForm(AnsweredForm):
    """Why somebody would like to meet."""

    checked = ("reason",)
    field_order = ["reason", "may_stay"]
    reason = Words(
        label=_("Why would you like to meet?"),
        help_text=_(
            "What you work on, and what you would like to ask or offer. Leave out names and what could tell "
            "them who you are."
        ),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Enter why you would like to meet")},
    )


class BringTogetherForm(ReasonForm):
    """By somebody who knows both: the same words go to each of the two."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = gettext("Why should they meet?")
        self.fields["reason"].help_text = gettext(
            "Both of them read the same words, with your name. Leave out theirs: they see each other’s role and "
            "region, and no more until both have said yes."
        )
        self.fields["reason"].error_messages["required"] = gettext("Enter why they should meet")


class FindForm(forms.Form):
    """Somebody in the directory, as the directory finds them."""

    use_required_attribute = False
    name = forms.CharField(label=_("Who else? A name, a role, or what they know about"), max_length=100, required=False)
