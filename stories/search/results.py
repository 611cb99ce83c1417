"""The answer to a question: a page of stories, how many there are, and what to ask where there are none."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from django.contrib.postgres.search import SearchRank
from django.db.models import F, IntegerField
from django.db.models.functions import Cast
from django.utils.translation import gettext

from design.compiled import compiled
from design.many import Many
from design.paging import Keyset, Page, said_count
from stories.featured import featured_keys
from stories.models import Listing, Story
from stories.on_cards import bring_words
from stories.search import slips, windows
from stories.search.asked import COUNT, MATCHES_NEWEST_FIRST, NEWEST_FIRST, answering, tsquery, widen

BEST_FIRST = Keyset("-rank", "-pub_no", size=20)
BEST_AMONG = 100
RANK_STEPS = 10**6
MOST_COUNTED = COUNT["up_to"] + 1


def best_match(reader, codes, typed, way, **reading):
    """The newest hundred, ranked by title and summary; in whole steps, so that a cursor can name one exactly."""
    newest = windows.along(answering(codes, typed, **reading).readable_by(reader), BEST_AMONG, way)
    rank = Cast(SearchRank(F("head"), tsquery(typed, **reading)) * RANK_STEPS, IntegerField())
    return Listing.objects.filter(pk__in=newest).annotate(rank=rank).defer("head", "vector", "words", "codes")


@compiled
def _best(reader, codes, typed, way, start, *, order, **reading):
    return BEST_FIRST.part(best_match(reader, codes, typed, way, **reading), order, start)


@compiled
def matches(reader, codes, typed, start, *, order, **reading):
    rows = answering(codes, typed, **reading).readable_by(reader)
    return MATCHES_NEWEST_FIRST.part(rows, order, start).only("story_id")


@compiled
def _newest(reader, start, *, order):
    return NEWEST_FIRST.part(Listing.objects.readable_by(reader).only("story_id"), order, start)


@compiled
def _some_matches(reader, codes, typed, way, *, count, **reading):
    return windows.along(answering(codes, typed, **reading).readable_by(reader), count, way)


@compiled
def _some(reader, *, count):
    rows = Listing.objects.readable_by(reader).newest_first()
    return rows.values_list("pub_no", "story_id")[:count]


@compiled
def _stories(reader, keys):
    return Story.objects.readable_by(reader).for_cards().filter(pk__among=keys)


def stories_with(keys, user):
    """The stories with these keys by key, as far as this reader may read them: whatever rows say, rights are asked."""
    found = bring_words(_stories(user, Many(int, dict.fromkeys(keys)))) if keys else []
    return {story.pk: story for story in found}


def stories_of(page, user, first=()):
    """The page with its stories in place of their rows, and the stories with the keys `first`, all in one question."""
    found = stories_with([*first, *(row.story_id for row in page.items)], user)
    page = replace(page, items=[found[row.story_id] for row in page.items if row.story_id in found])
    return page, [found[key] for key in first if key in found]


class Found(NamedTuple):
    """As much of a row as a page needs."""

    pub_no: int
    story_id: int


@dataclass
class Results:
    """What the list of stories shows for a question. Costs a fixed number of queries, whatever is found."""

    finding: object
    user: object
    featured: list = field(default_factory=list)

    @property
    def best_first(self):
        """Words bring the best match first, unless the reader wants the newest."""
        return bool(self.finding.asked.words) and self.finding.query.get("order") != "newest"

    @property
    def among(self):
        return BEST_AMONG

    @property
    def newer_text(self):
        return gettext("Better matches") if self.best_first else gettext("Newer")

    @property
    def older_text(self):
        return gettext("More matches") if self.best_first else gettext("Older")

    @property
    def newest_address(self):
        return self.finding.ordered("newest")

    @property
    def best_address(self):
        return self.finding.ordered("")

    @cached_property
    def page(self):
        if not self.finding.is_answerable:
            return Page([])
        rows = self._rows(self.finding.asked, self.finding.query)
        if rows.items:
            rows, self.featured = stories_of(rows, self.user, first=[] if self.finding.query else featured_keys())
        return rows

    def _rows(self, asked, query):
        values, reading = (self.user, *asked.values), asked.reading
        if self.best_first:
            way = windows.way_back()
            return BEST_FIRST.page_of(lambda order, start: _best(*values, way, start, order=order, **reading), query)
        if asked.asks_something:
            return MATCHES_NEWEST_FIRST.page_of(
                lambda order, start: matches(*values, start, order=order, **reading), query
            )
        if self._counted is not None:
            some = [Found(*row) for row in self._counted[: NEWEST_FIRST.size + 1]]
            return NEWEST_FIRST.first_page(some, query)
        return NEWEST_FIRST.page_of(lambda order, start: _newest(self.user, start, order=order), query)

    @cached_property
    def _counted(self):
        """All that is counted, where the page is its beginning: one question then answers both."""
        asks_more = self.finding.asked.asks_something or {"after", "before"} & self.finding.query.keys()
        return None if asks_more else _some(self.user, count=MOST_COUNTED)

    @cached_property
    def count(self):
        if self.nothing:
            return gettext("No stories")
        asked = self.finding.asked
        if self._counted is not None:
            found = len(self._counted)
        elif asked.asks_something:
            values = self.user, *asked.values, windows.way_back()
            found = _some_matches.count(*values, count=MOST_COUNTED, **asked.reading)
        else:
            found = _some.count(self.user, count=MOST_COUNTED)
        return said_count(found, **COUNT)

    @cached_property
    def nothing(self):
        return not self.page.items and not self.page.newer

    @cached_property
    def widened(self):
        return widen(self.finding.asked, self.user) if self.nothing and self.finding.is_answerable else None

    @cached_property
    def nearby(self):
        """The newest stories of the wider question."""
        newest = self.widened.asked.newest(self.user, NEWEST_FIRST.size)
        found = Story.objects.readable_by(self.user).filter(listing__in=newest).for_listing()
        return Page(list(found.order_by("-listing__pub_no")))

    @property
    def nearby_address(self):
        return self.finding.address_of(self.widened.asked)

    @property
    def said_wider(self):
        return self.finding.said_wider(self.widened)

    @cached_property
    def meant(self):
        """ "Did you mean": the words as they were probably meant and the list for them, or None."""
        if not self.nothing or not self.finding.asked.words:
            return None
        found = slips.corrected(self.finding.asked.words, self.user)
        return found and {"text": " ".join(found), "address": self.finding.with_words(found)}
