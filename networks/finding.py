"""Which members somebody is looking for: their words, and filters that combine."""

from dataclasses import dataclass, replace

from django import forms
from django.contrib.postgres.search import SearchQuery
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design import letters
from design.forms import TickBoxes
from members import entries
from members.entries import Kind, code
from members.models import Entry
from practices import finding, words

MOST_LETTERS = 200
NEAR = "near"
SHORTEST_BEGINNING = 2
MOST_MATCHES = 100
# What is let go of, in this order, when nobody carries all of it.
FILTERS = ("wants", "offers", "practice", "to", "across", "boundaries")


@dataclass(frozen=True)
class Asked:
    """A question to the directory. `across`: the services of which people are to work in one at least."""

    words: tuple = ()
    boundaries: tuple = ()
    to: object = None
    across: tuple = ()
    practice: object = None
    place: object = None
    offers: bool = False
    wants: bool = False

    @property
    def codes(self):
        """What a row must carry."""
        found = [code(Kind.WORKS_IN, boundary) for boundary in self.boundaries]
        single = {Kind.WOULD_CROSS_TO: self.to, Kind.PRACTICE: self.practice, Kind.PLACE: self.place}
        found += [code(kind, word) for kind, word in single.items() if word]
        return found + [code(kind) for kind, wish in {Kind.OFFERS: self.offers, Kind.WANTS: self.wants}.items() if wish]

    @property
    def any_of(self):
        """Of these codes a row must carry one at least, where there are any."""
        return [code(Kind.WORKS_IN, boundary) for boundary in self.across]

    def rows(self, user):
        """Those that answer, of the circles in which this reader stands."""
        return answering(user, *self.values)

    @property
    def values(self):
        """What `answering` takes, beside the reader."""
        return self.codes, self.any_of, beginnings(self.words), list(self.words)

    def wider(self):
        """Wider questions, each wider than the one before: places first, then filters."""
        asked = self
        for around in self._places_around():
            asked = replace(asked, place=around)
            yield asked
        for name in FILTERS:
            if getattr(asked, name):
                asked = replace(asked, **{name: getattr(Asked, name)})
                yield asked

    def _places_around(self):
        if self.place:
            yield from [*entries.lineage(self.place, {place.pk: place for place in words.places()})][1:]
            yield None


def answering(reader, codes, any_of, beginnings, typed):
    """The rows that carry all of these codes, one of `any_of`, and have these words."""
    rows = Entry.objects.readable_by(reader).carrying(codes)
    if any_of:
        rows = rows.filter(codes__overlap=any_of)
    if not typed:
        return rows
    # Names are what the list is ordered by: walking it from A for one that begins with W would read nearly all, and
    # all that match could be a great part. So many are looked at; whoever finds them adds a word or a filter.
    some = rows.filter(vector=question(beginnings, typed)).order_by().values("pk")[:MOST_MATCHES]
    return Entry.objects.filter(pk__in=some)


def beginnings(typed):
    """The words as PostgreSQL writes beginnings. It is given letters and figures alone: nothing typed can be a sign of
    its language."""
    return [f"{word}:*" if len(word) >= SHORTEST_BEGINNING else word for word in typed]


def question(beginnings, typed):
    """All of these words, each in any of its forms or as the beginning of one."""
    asked = None
    for beginning, word in zip(beginnings, typed, strict=True):
        either = SearchQuery(beginning, config="simple", search_type="raw") | SearchQuery(word, config="english")
        asked = either if asked is None else asked & either
    return asked


class FindingForm(finding.FindingForm):
    q = forms.CharField(
        label=_("A name, a role, or what they know about"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.TextInput({"type": "search", "form": "find", "autocomplete": "off"}),
        error_messages={"max_length": _("Search for %(limit_value)d letters or fewer.")},
    )
    boundary = forms.MultipleChoiceField(
        label=_("Services they work in"), required=False, widget=TickBoxes(folded=True)
    )
    to = forms.ChoiceField(label=_("Would like to cross to"), required=False)
    across = forms.BooleanField(label=_("On the other side of mine"), required=False)
    place = forms.ChoiceField(label=_("Where they work"), required=False)
    practice = forms.ChoiceField(label=_("Practice they use"), required=False)
    offers = forms.BooleanField(label=_("Has something to ask about"), required=False)
    wants = forms.BooleanField(label=_("Would like help"), required=False)

    field_order = ["q", "across", "boundary", "to", "place", "practice", "offers", "wants"]

    def __init__(self, data, near):
        super().__init__(data)
        self.near = near
        self.fields["to"].choices = words.boundary_choices(("", gettext("Any service")))
        self.fields["practice"].choices = words.practice_choices()
        if near:
            said = gettext("Near me: %(near)s") % {"near": near}
            self.fields["place"].choices = words.place_choices_after(("", gettext("Anywhere")), (NEAR, said))
        self.fields["across"].help_text = gettext("They work in a service you would like to cross to.")

    def clean_q(self):
        text = self.cleaned_data["q"]
        if text and not letters.typed(text):
            raise forms.ValidationError(gettext("Enter a word to search for."))
        return text


@dataclass(frozen=True)
class Choice:
    """Something chosen that is no shared word."""

    slug: str
    name: str


class Finding(finding.Finding):
    """`profile`: the reader's own, for what is asked relative to it."""

    form_class = FindingForm
    forgiven = frozenset({"q"})

    def __init__(self, query, profile):
        self.around = profile.place and (profile.place.region if profile.place.parent_id else profile.place)
        super().__init__(query)
        found = self.form.cleaned_data
        self.text = found.get("q", "")
        self.near = found["place"] == NEAR
        if self.near:
            self.place = self.around
        self.to = self.one_of(words.boundaries(), "to")
        self.practice = self.one_of(words.practices(), "practice")
        self.across = tuple(profile.would_cross_to.all()) if found["across"] else ()
        self.asked = Asked(
            words=letters.typed(self.text),
            boundaries=tuple(self.boundaries),
            to=self.to,
            across=self.across,
            practice=self.practice,
            place=self.place,
            offers=found["offers"],
            wants=found["wants"],
        )

    def make_form(self, query):
        return self.form_class(query, self.around)

    @property
    def variant(self):
        return self.around and self.around.pk

    @property
    def is_answerable(self):
        """What was typed has words, and whoever asks for the other side of theirs has said which that is."""
        return not self.form.errors and not self.lacks_wishes

    @property
    def lacks_wishes(self):
        return self.form.cleaned_data["across"] and not self.across

    def chosen(self):
        chosen = [("q", Choice(self.query["q"], f"“{self.text}”"))] if self.text else []
        if self.form.cleaned_data["across"]:
            chosen.append(("across", Choice(self.query["across"], gettext("On the other side of mine"))))
        chosen += [("boundary", boundary) for boundary in self.boundaries]
        if self.to:
            chosen.append(("to", Choice(self.to.slug, f"To {self.to.name}")))
        if self.place:
            chosen.append(
                (
                    "place",
                    Choice(NEAR, gettext("Near me: %(place)s") % {"place": self.place}) if self.near else self.place,
                )
            )
        if self.practice:
            chosen.append(("practice", self.practice))
        said = {"offers": gettext("Has something to ask about"), "wants": gettext("Would like help")}
        return chosen + [(name, Choice(self.query[name], said[name])) for name in said if getattr(self.asked, name)]

    def address_of(self, asked):
        """The same list, asked this instead."""
        query = QueryDict(mutable=True)
        query.setlist("boundary", [boundary.slug for boundary in asked.boundaries])
        single = {
            "q": self.text,
            "across": asked.across and "on",
            "to": asked.to and asked.to.slug,
            "place": asked.place and asked.place.slug,
            "practice": asked.practice and asked.practice.slug,
            "offers": asked.offers and "on",
            "wants": asked.wants and "on",
        }
        query.update({name: value for name, value in single.items() if value})
        return f"?{query.urlencode()}"

    def said_wider(self, wider, count):
        """ "Nobody in Salford yet; 4 in the North West." """
        kept = {**vars(wider), "boundary": wider.boundaries}
        gone = [f"“{word.name}”" for name, word in self.chosen() if name not in ("q", "place") and not kept[name]]
        if not gone:
            return gettext("Nobody in %(spoken)s yet; %(count)s %(in_words)s.") % {
                "spoken": self.place.spoken,
                "count": count,
                "in_words": in_words(wider.place),
            }
        if self.place and not wider.place:
            gone.append(f"“{self.place}”")
        without = " and ".join([", ".join(map(str, gone[:-1])), str(gone[-1])]) if len(gone) > 1 else gone[0]
        return gettext("Nobody fits all of that yet; %(count)s without %(without)s.") % {
            "count": count,
            "without": without,
        }


def in_words(place):
    return gettext("in %(spoken)s") % {"spoken": place.spoken} if place else "elsewhere"
