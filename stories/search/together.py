"""The page of a crossing, a practice or a place: what the newest stories that carry it show together, and a page of
them. The first page, which nearly everybody reads, is part of what was counted, so one question answers both."""

from dataclasses import dataclass

from design.compiled import compiled
from design.many import Many
from design.paging import Page
from stories.models import Listing, Story
from stories.on_cards import bring_words
from stories.overview import NEWEST, Overview, newest_of, summed
from stories.search import windows
from stories.search.asked import MATCHES_NEWEST_FIRST, answering
from stories.search.results import matches, stories_of

SUMMED = summed(NEWEST)


@compiled
def _newest(reader, codes, way):
    found = windows.along(answering(codes, []).readable_by(reader), NEWEST + 1, way)
    return newest_of(Listing.objects.filter(pk__in=found))


@compiled
def _wishes(reader, keys):
    wanting = Story.objects.readable_by(reader).wanting_help().newest_first()
    return wanting.for_cards("help_wanted").filter(pk__among=keys)


def wishes(keys, reader):
    """The stories with these keys that want help with something, the newest first."""
    return bring_words(_wishes(reader, Many(int, keys))) if keys else []


@dataclass(frozen=True)
class Together:
    overview: Overview
    page: Page
    reader: object

    @classmethod
    def of(cls, reader, codes, query):
        """Of the stories that carry these codes; `query` says which page of them. At most three questions."""
        overview, order = Overview(_newest.around(SUMMED, reader, codes, windows.way_back())), MATCHES_NEWEST_FIRST
        if "after" in query or "before" in query:
            page = order.page_of(lambda order, start: matches(reader, codes, [], start, order=order), query)
        else:
            page = order.first_page(overview.rows, query)
        return cls(overview, stories_of(page, reader)[0] if page.items else page, reader)

    @property
    def wishes(self):
        """A few of those that want help with something: one question more, where there are any."""
        return wishes(self.overview.wishes, self.reader)
