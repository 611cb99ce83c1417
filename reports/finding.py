"""The search across all: what somebody typed, asked of one kind of thing after the other.

Each kind has a searcher, which takes the words and whoever asks and answers with a `Group` of a few, or None where it
finds nothing. A searcher looks where its room's own list looks, and asks rights as that list does.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib.postgres.search import CombinedSearchVector, SearchRank
from django.db.models import Count, F, Window
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design import letters
from design.compiled import compiled
from networks import cards
from networks.finding import answering, beginnings
from practices.models import Practice
from reports.models import ReportPage
from stories.search import windows
from stories.search.asked import Asked as AskedOfStories
from stories.search.asked import tsquery
from stories.search.results import BEST_AMONG, BEST_FIRST, best_match, stories_with

MOST_LETTERS = 200
SHOWN = 5  # of each kind
COUNTED = 20  # people and reports are counted by fetching them


class SearchForm(forms.Form):
    """One box for everything."""

    mark_optional = False
    focus_errors = False

    q = forms.CharField(
        label=_("Search stories, practices, people and reports"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("Search for %(limit_value)d letters or fewer.")},
    )

    def clean_q(self):
        text = self.cleaned_data["q"]
        if text and not letters.typed(text):
            raise forms.ValidationError(gettext("Enter a word to search for."))
        return text


@dataclass(frozen=True)
class Group:
    """What was found of one kind: a few, how many there are, and where all of them stand. `kind` names the template."""

    kind: str
    count: str
    items: list
    list_address: str
    list_text: str

    @property
    def template(self):
        return f"reports/_found_{self.kind}.html"


def counted(count, one, many, *, up_to):
    """ "1 story", "12 stories", and no more exact than "100+ stories"."""
    return f"{up_to}+ {many}" if count > up_to else f"{count} {one if count == 1 else many}"


def in_list(name, text):
    """The room's own list, asked the same."""
    return f"{reverse(name)}?{urlencode({'q': text})}"


@compiled
def _best(reader, codes, typed, way, **reading):
    rows = best_match(reader, codes, typed, way, **reading).annotate(among=Window(Count("pk")))
    return rows.order_by(*BEST_FIRST.order).values_list("story", "among")[:SHOWN]


@compiled
def _practices(typed, **reading):
    asked = tsquery(typed, **reading)
    rows = Practice.objects.filter(searched=asked)
    rows = rows.annotate(rank=SearchRank(F("searched"), asked), among=Window(Count("pk"))).order_by("-rank", "position")
    return rows.only("name", "slug", "one_line")[:SHOWN]


@compiled
def _reports(typed):
    asked = tsquery(typed, any_word=False, begins=False)
    kept = CombinedSearchVector(F("index_entries__title"), "||", F("index_entries__body"), config=None)
    found = ReportPage.objects.live().for_cards().annotate(kept=kept).filter(kept=asked)
    return found.order_by(SearchRank(F("kept"), asked).desc(), "-pk")[: COUNTED + 1]


@compiled
def _people(reader, beginnings, typed):
    rows = answering(reader, [], [], beginnings, typed)
    return rows.order_by("by_name", "public_id").defer("vector")[: COUNTED + 1]


def stories(text, words, user):
    """The best of the newest that match, as the list of stories finds them; counted in the same question."""
    asked = AskedOfStories(words=words)
    found = _best(user, *asked.values, windows.way_back(), **asked.reading)
    readable = stories_with([key for key, _ in found], user)
    items = [readable[key] for key, _ in found if key in readable]
    if not items:
        return None
    among = found[0][1]
    # Of the newest hundred no more is known than that there are a hundred.
    count = (
        gettext("%(among)s+ stories") % {"among": among}
        if among == BEST_AMONG
        else counted(among, gettext("story"), gettext("stories"), up_to=BEST_AMONG)
    )
    return Group(
        "stories", count, items, in_list("stories:list", text), gettext("All stories with “%(text)s”") % {"text": text}
    )


def practices(text, words, user):
    """By any of their texts, those with the words in their name first."""
    items = _practices(list(words), **AskedOfStories(words=words).reading)
    if not items:
        return None
    count = counted(items[0].among, gettext("practice"), gettext("practices"), up_to=COUNTED)
    return Group("practices", count, items, reverse("practices:list"), gettext("All practices"))


def people(text, words, user):
    """As the directory finds them, for members; it asks rights of each before anybody is counted."""
    if not getattr(user, "is_member", False):
        return None
    items = cards.cards(_people(user, beginnings(words), list(words)), user)
    if not items:
        return None
    count = counted(len(items), gettext("person"), gettext("people"), up_to=COUNTED)
    return Group(
        "people",
        count,
        items[:SHOWN],
        in_list("networks:people", text),
        gettext("All people with “%(text)s”") % {"text": text},
    )


def reports(text, words, user):
    """Live pages by the words that Wagtail keeps of them: its index, asked in one question that is written once."""
    items = _reports(list(words))
    if not items:
        return None
    count = counted(len(items), "report", "reports", up_to=COUNTED)
    return Group("reports", count, items[:SHOWN], reverse("reports:list"), gettext("All reports"))


# In the order in which they stand on the page.
SEARCHERS = [stories, practices, people, reports]


def find(text, user):
    """What each kind has for these words."""
    words = letters.typed(text)
    groups = [searcher(text, words, user) for searcher in SEARCHERS] if words else []
    return [group for group in groups if group]
