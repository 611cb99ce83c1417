"""The answer to a question: a page of stories, how many there are, and what to ask where there are none."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from django.contrib.postgres.search import SearchRank
from django.db.models import F, IntegerField
from django.db.models.functions import Cast
from django.utils.translation import gettext

from design.paging import Keyset, Page, counted
from stories.featured import featured_keys
from stories.models import Listing, Story
from stories.search import slips
from stories.search.asked import COUNT, NEWEST_FIRST, widen

BEST_FIRST = Keyset("-rank", "-pub_no", size=20)
BEST_AMONG = 100
RANK_STEPS = 10**6


def best_match(asked, user):
    """The newest hundred, ranked by title and summary; in whole steps, so that a cursor can name one exactly."""
    rank = Cast(SearchRank(F("head"), asked.tsquery) * RANK_STEPS, IntegerField())
    return Listing.objects.filter(pk__in=asked.newest(user, BEST_AMONG)).annotate(rank=rank)


def stories_of(page, user, first=()):
    """The page with its stories in place of their rows, and the stories with the keys `first`, all in one question;
    rights are asked once more, whatever the rows say."""
    found = Story.objects.readable_by(user).for_listing().in_bulk([*first, *(row.story_id for row in page.items)])
    page = replace(page, items=[found[row.story_id] for row in page.items if row.story_id in found])
    return page, [found[key] for key in first if key in found]


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
        asked = self.finding.asked
        if not self.finding.is_answerable:
            return Page([])
        if self.best_first:
            rows = BEST_FIRST.page(best_match(asked, self.user), self.finding.query)
        else:
            rows = asked.newest_first.page(asked.listings().readable_by(self.user), self.finding.query)
        if rows.items:
            rows, self.featured = stories_of(rows, self.user, first=[] if self.finding.query else featured_keys())
        return rows

    @cached_property
    def count(self):
        if self.nothing:
            return gettext("No stories")
        return counted(self.finding.asked.newest(self.user, COUNT["up_to"] + 1), **COUNT)

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
