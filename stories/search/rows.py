"""The row by which a story is found: written, changed and taken away with the story, in the same transaction."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from practices.models import Place
from stories.models import Listing, Story
from stories.models.telling import SECTIONS, SHIFTS
from stories.search import codes, likeness, vocabulary, windows, words

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_TEXT = 200_000  # letters: PostgreSQL keeps no more than a megabyte of words for one story
TOLD = [
    *(name for name, *_ in SECTIONS),
    *(name for name, _ in SHIFTS),
    *("why_it_matters", "evidence_note", "help_wanted", "content_note", "source_title"),
]


@dataclass(frozen=True)
class Row:
    """What a story's row must hold; `made_from` tells two of them apart without asking PostgreSQL for vectors."""

    pub_no: int
    audience: str
    codes: list
    title: str
    summary: str
    text: str
    names: str

    @classmethod
    def of(cls, story, places):
        carried = [*story.boundary_list, *story.practices.all(), *codes.lineage(story.shown_place, places)]
        return cls(
            pub_no=pub_no(story),
            audience=story.audience,
            codes=codes.of_story(story, places),
            title=words.apart(story.title),
            summary=words.apart(story.summary),
            text=words.apart(" ".join(getattr(story, name) for name in TOLD))[:LONGEST_TEXT],
            names=words.apart(" ".join(word.name for word in carried)),
        )

    @property
    def made_from(self):
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]

    @property
    def words(self):
        return words.counted(f"{self.title} {self.summary} {self.text} {self.names}")

    def listing(self, story_id):
        """The row, not yet saved: PostgreSQL makes the vectors as it saves."""
        head = _vector(self.title, "A") + _vector(self.summary, "B")
        return Listing(
            pub_no=self.pub_no,
            story_id=story_id,
            audience=self.audience,
            codes=[*self.codes, *windows.of(self.pub_no // Listing.MILLISECOND)],
            head=head,
            vector=head + _vector(self.text, "C") + _vector(self.names, "D"),
            words=self.words,
            made_from=self.made_from,
        )


def _vector(text, weight):
    return SearchVector(Value(text), config="english", weight=weight)


def pub_no(story):
    """The feed number: milliseconds of its first publication, then the story's key among those of one millisecond."""
    moment = (story.first_published_at - EPOCH) // timedelta(milliseconds=1)
    return moment * Listing.MILLISECOND + story.pk % Listing.MILLISECOND


@transaction.atomic
def refresh(story):
    """Bring the story's row up to what readers may read of it now: written, changed or gone.

    Every ceremony that changes whether a story is published, who reads it, how its teller is named or what it says
    calls this last, in its own transaction, with the story's row locked.
    """
    found = published().filter(pk=story.pk).first()
    row = Row.of(found, all_places()) if found else None
    old = Listing.objects.filter(story=story.pk).defer("head", "vector").first()
    if old and row and old.made_from == row.made_from:
        return
    if old:
        old.delete()
    new = row.listing(story.pk) if row else None
    if new:
        new.save(force_insert=True)
    vocabulary.recount(old, new)
    likeness.compare(story.pk, row)


def reindex(stories=None):
    """Bring the rows of these stories, or of all, up to what readers may read now. Returns how many were wrong.

    For what no ceremony sees: a shared word renamed or made sensitive, a row changed by hand. Doing it twice changes
    nothing.
    """
    coarser = Story.objects.mark_sensitive_edits()
    wrong = {*out_of_date(Story.objects.all() if stories is None else stories), *coarser}
    for key in sorted(wrong):
        with transaction.atomic():
            Story.objects.select_for_update(no_key=True).values_list("pk").get(pk=key)
            refresh(Story(pk=key))
    return len(wrong)


def reindex_with(word):
    """The stories that carry this boundary, practice or place, after it was renamed or made sensitive."""
    return reindex(Story.objects.filter(listing__codes__contains=[codes.of_word(word)]))


def out_of_date(stories):
    """The keys of those whose rows are missing, wrong, or still there."""
    places, keys = all_places(), stories.order_by().values("pk")
    listed = dict(Listing.objects.filter(story__in=keys).values_list("story", "made_from"))
    for story in published().filter(pk__in=keys).iterator(chunk_size=500):
        if listed.pop(story.pk, None) != Row.of(story, places).made_from:
            yield story.pk
    yield from listed


def published():
    """With all that a row is made from."""
    return Story.objects.published().for_listing().prefetch_related("practices")


def all_places():
    return Place.objects.in_bulk()
