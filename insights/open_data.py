"""Public stories whose tellers said yes to open data: without a name, a day or a council area.

Each field stands here once: the table of fields that people read, the CSV file, the JSON and the OpenAPI document are
all made of it.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Value
from django.db.models.functions import Coalesce, Concat

from design.paging import Keyset
from members.sheets import guarded
from stories.models import Evidence, Lens, Outcome, Story

A_PAGE = 100
CHUNK = 200
# By the random part of an address: no order of days, so that none can be read off it.
BY_ADDRESS = Keyset("slug", size=A_PAGE)


@dataclass(frozen=True)
class Field:
    name: str
    about: str
    of: Callable
    kind: str = "string"  # or "array" of strings
    choices: tuple = ()


def _answer(name, about):
    return Field(name, about, lambda story: getattr(story, name))


def _choice(name, about, choices, of=None):
    return Field(name, about, of or (lambda story: getattr(story, name) or ""), choices=("", *choices.values))


def _region(story):
    """Its region, or the nation where no more is shown."""
    place = story.shown_place
    return place.region.name if place else ""


FIELDS = (
    Field("address", "Where the story stands here.", lambda story: settings.SITE_URL + story.get_absolute_url()),
    Field("year", "The year in which it opened to everybody.", lambda story: f"{story.first_published_at:%Y}"),
    Field(
        "services",
        "The services that it ran between; one alone is a story inside it.",
        lambda story: [boundary.name for boundary in story.boundary_list],
        kind="array",
    ),
    Field(
        "practices",
        "What from the practice library was tried.",
        lambda story: [practice.name for practice in story.practices.all()],
        kind="array",
    ),
    Field("region", "The region, or the nation where no more is shown; empty where nothing is.", _region),
    _choice("outcome", "Where it is now, by what its teller said last.", Outcome, lambda story: story.outcome_now),
    _choice("lens", "Where it mattered most.", Lens),
    _choice("evidence", "How the teller knows.", Evidence),
    _answer("title", "In one line, what changed."),
    _answer("noticed", "What was not working, from where the teller stood."),
    _answer("flex", "Where they found some give."),
    _answer("tried", "What they tried."),
    _answer("who_with", "Whom they needed, and how they reached them."),
    _answer("happened", "What happened, including what went badly."),
    _answer("shift_thinking", "How people think differently."),
    _answer("shift_behaviour", "How people act differently."),
    _answer("shift_ground", "What is different for the people they support."),
    _answer("why_it_matters", "Why this change matters most to the teller."),
    _answer("surprise", "What surprised them."),
    _answer("advice", "What somebody who tries this should know first."),
)


def stories():
    """What may be in it, the same whoever asks: public now, and with its teller's yes."""
    return Story.objects.public().filter(open_data=True)


def page(query):
    """One page of stories, as `design.paging.Page`. Raises BadCursor."""
    return BY_ADDRESS.page(_whole(stories()), query)


def find(slug):
    """One story; None where it is not open."""
    return _whole(stories()).filter(slug=slug).first()


def _whole(found):
    return found.for_listing().prefetch_related("practices")


def as_json(story):
    return {field.name: field.of(story) for field in FIELDS}


def every():
    """All of them, one after the other: no more than a few are held in memory."""
    return _whole(stories()).order_by("slug").iterator(chunk_size=CHUNK)


def sign():
    """Another as soon as any open story says something else, is there no more or is new; cheap however many they are.

    Of what readers can read of each the row keeps a hash by which it is found; two fields are not in there.
    """
    of_one = Concat("slug", Coalesce("listing__made_from", Value("")), "evidence", "lens")
    whole = stories().order_by().aggregate(whole=StringAgg(of_one, Value(""), order_by="slug"))["whole"] or ""
    return hashlib.md5(whole.encode(), usedforsecurity=False).hexdigest()


def rows():
    """The table: its head, then a row a story."""
    yield [field.name for field in FIELDS]
    for story in every():
        yield [guarded(_cell(field.of(story))) for field in FIELDS]


def _cell(value):
    return "; ".join(value) if isinstance(value, list) else str(value)
