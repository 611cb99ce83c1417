"""What is asked of words by which somebody could be recognised, before they are sent: take it out, or say why not."""

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext

from design.forms import Radios
from design.written import tame
from stories.forms.answers import UNKNOWN, Line
from stories.models import StayingWord

Why = StayingWord.Why
MOST = 20  # words asked about at a time; the next ones come once these are gone or answered for
LONGEST = 40  # characters of a word in a label


class StayingFields:
    """Adds to a form two fields for each word, and reads their answers.

    They are named after the word's key, so an answer stays with its word wherever that stands by then.
    """

    def __init__(self, form, words):
        self.form = form
        self.more = max(0, len(words) - MOST)
        self.words = words[:MOST]
        for word in self.words:
            self._add(word)

    def _add(self, word):
        why, reason = names(word)
        shown = short(word.text)
        field = forms.ChoiceField(
            label=f"“{shown}”",
            help_text=escape(f"{word.why} {word.instead}"),
            choices=[(Why.NOT_REAL, Why.NOT_REAL.label), (Why.REAL, Why.REAL.label)],
            widget=Radios,
            error_messages={
                "required": gettext("Take “%(shown)s” out, or say why it can stay") % {"shown": shown},
                "invalid_choice": UNKNOWN,
            },
        )
        field.word, field.template_name = word, "stories/_word_asked.html"
        longest = StayingWord._meta.get_field("reason").max_length
        self.form.fields[why] = field
        self.form.fields[reason] = Line(
            label=gettext("Why can “%(shown)s” stay, if it is real?") % {"shown": shown},
            max_length=longest,
            required=False,
        )
        self.form.fields[reason].template_name = "stories/_word_reason.html"

    def clean(self):
        answers = self.form.cleaned_data
        for word in self.words:
            why, reason = names(word)
            if answers.get(why) == Why.REAL and not answers.get(reason) and reason not in self.form.errors:
                self.form.add_error(reason, gettext("Enter why “%(short)s” can stay") % {"short": short(word.text)})

    @property
    def answers(self):
        """The words that are answered for, each with what is kept of it."""
        given, found = self.form.cleaned_data, []
        for word in self.words:
            why, reason = names(word)
            if given.get(why) and reason in given:
                found.append((word, {"why": given[why], "reason": given[reason] if given[why] == Why.REAL else ""}))
        return found

    @property
    def alone_are_missing(self):
        """Words are not answered for, or not yet asked about, and everything else on the form is as it should be."""
        own = {name for word in self.words for name in names(word)}
        return bool(self.form.errors or self.more) and not set(self.form.errors) - own


def names(word):
    return f"why-{word.key[:16]}", f"reason-{word.key[:16]}"


def short(text):
    text = " ".join(tame(text).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
