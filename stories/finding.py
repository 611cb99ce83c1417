"""What a reader asked the list of stories for: words of their own, the shared words, and what became of the change."""

from dataclasses import replace
from typing import NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design import near
from design.forms import Choices
from practices import finding, words
from practices.models import Crossing
from stories.models import Outcome
from stories.models.telling import SHIFTS
from stories.search import codes
from stories.search import words as typed_words
from stories.search.asked import Asked

MOST_LETTERS = 200
CURSORS = ("after", "before", "order")


class Choice(NamedTuple):
    """Something chosen that is no shared word."""

    slug: str
    name: str


def _outcomes():
    first = "", gettext("Whatever became of it")
    return near.derived("outcomes", Outcome, make=lambda: Choices([first, *Outcome.choices]))


class FindingForm(finding.FindingForm):
    q = forms.CharField(
        label=_("Search the stories"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.TextInput({"type": "search", "form": "find", "autocomplete": "off", "data-find": ""}),
        error_messages={"max_length": _("Search for %(limit_value)d letters or fewer.")},
    )
    practice = forms.ChoiceField(label=_("Practice"), required=False)
    outcome = forms.ChoiceField(label=_("Where it is now"), required=False)
    shift = forms.ChoiceField(
        label=_("What is different now"),
        required=False,
        choices=[("", _("Anything")), *zip(codes.SHIFT_NAMES, (label for _, label in SHIFTS), strict=True)],
    )
    help = forms.BooleanField(label=_("The teller wants help"), required=False)

    field_order = ["q", "boundary", "practice", "place", "outcome", "shift", "help"]

    def __init__(self, data):
        super().__init__(data)
        self.fields["boundary"].label = gettext("Services it ran between")
        self.fields["outcome"].choices = _outcomes()
        self.fields["practice"].choices = words.practice_choices()

    def clean_q(self):
        text = self.cleaned_data["q"]
        if text and not typed_words.typed(text):
            raise forms.ValidationError(gettext("Enter a word to search for."))
        return text


class Finding(finding.Finding):
    form_class = FindingForm
    # What somebody types is answered with a sentence; only an address that nothing on the page makes does not exist.
    forgiven = frozenset({"q"})

    def __init__(self, query):
        super().__init__(query)
        self.practice = self.one_of(words.practices(), "practice")
        found = self.form.cleaned_data
        self.text = found.get("q", "")
        self.asked = Asked(
            words=typed_words.typed(self.text),
            any_word=query.get("any") == "1",
            boundaries=tuple(self.boundaries),
            practice=self.practice,
            place=self.place,
            outcome=found["outcome"],
            shift=found["shift"],
            wants_help=found["help"],
        )

    @property
    def is_answerable(self):
        return not self.form.errors

    def narrow(self, stories):
        """Those among these stories, all of them published, that answer the question."""
        if not self.is_answerable:
            return stories.none()
        return stories.filter(pk__in=self.asked.listings().values("story"))

    def chosen(self):
        found = self.form.cleaned_data
        more = [("practice", self.practice)] if self.practice else []
        for name in ("outcome", "shift"):
            if found[name]:
                label = dict(self.form.fields[name].choices)[found[name]]
                more.append((name, Choice(found[name], label)))
        if found["help"]:
            more.append(("help", Choice(self.query["help"], gettext("Wants help"))))
        return [*self._chosen_text(), *super().chosen(), *more]

    def _chosen_text(self):
        return [("q", Choice(self.query["q"], f"“{self.text}”"))] if self.text else []

    @property
    def crossing(self):
        """The crossing that was asked for, where two boundaries were."""
        return Crossing.of(*self.boundaries) if len(self.boundaries) == 2 else None

    # --- Where else the list leads ------------------------------------------------------------------------------------

    def address_of(self, asked):
        """The same list, asked this instead."""
        query = QueryDict(mutable=True)
        query.setlist("boundary", [boundary.slug for boundary in asked.boundaries])
        single = {
            "q": " ".join(asked.words) if asked.words != self.asked.words else self.text,
            "practice": asked.practice and asked.practice.slug,
            "place": asked.place and asked.place.slug,
            "outcome": asked.outcome,
            "shift": asked.shift,
            "help": asked.wants_help and "on",
            "any": asked.any_word and "1",
        }
        query.update({name: value for name, value in single.items() if value})
        return f"?{query.urlencode()}"

    def with_words(self, found):
        return self.address_of(replace(self.asked, words=tuple(found)))

    def ordered(self, order):
        query = self.query.copy()
        for name in CURSORS:
            query.pop(name, None)
        return f"?{query.urlencode()}" + (f"&order={order}" if order else "")

    def said_wider(self, widened):
        """ "Nobody in Salford yet; 4 stories in the North West." """
        asked, wider, count = self.asked, widened.asked, widened.count
        if wider.any_word != asked.any_word:
            return gettext("No story has all of these words; %(count)s with one of them.") % {"count": count}
        gone = self._let_go(wider)
        if not gone:
            where = wider.place.spoken if wider.place else gettext("other places")
            return gettext("Nobody in %(spoken)s yet; %(count)s in %(where)s.") % {
                "spoken": asked.place.spoken,
                "count": count,
                "where": where,
            }
        return gettext("Nobody has told that yet; %(count)s without %(gone)s.") % {"count": count, "gone": gone}

    def _let_go(self, wider):
        """The filters that the wider question has no more, in words; a place goes without saying where it is alone."""
        kept = {"outcome": wider.outcome, "shift": wider.shift, "help": wider.wants_help, "practice": wider.practice}
        gone = [f"“{word.name}”" for name, word in self.chosen() if name in kept and not kept[name]]
        if not wider.boundaries:
            gone += [f"“{boundary.name}”" for boundary in self.boundaries]
        if gone and self.place and not wider.place:
            gone.append(f"“{self.place}”")
        return " and ".join([", ".join(gone[:-1]), gone[-1]]) if len(gone) > 1 else "".join(gone)
