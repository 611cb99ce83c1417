"""Whether the teller may be quoted in reports, asked of a story that is live."""

from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import Radios
from stories.forms.answers import UNKNOWN
from stories.models import MayQuote, Story


class MayQuoteForm(forms.Form):
    use_required_attribute = False
    may_quote = forms.ChoiceField(
        label=Story._meta.get_field("may_quote").verbose_name,
        choices=MayQuote.choices,
        widget=Radios(
            hints={
                MayQuote.ASK: _("You see the exact words, and say yes or no."),
                MayQuote.YES: _("Any passage, with a link to the story. You are told where."),
                MayQuote.NO: _("Your words leave every report, at once."),
            }
        ),
        error_messages={"invalid_choice": UNKNOWN, "required": _("Choose whether we may quote you")},
    )
