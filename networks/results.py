"""The answer to a question: a page of people, how many there are, and whom a wider question finds."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext

from design.compiled import compiled
from design.paging import Page
from networks import cards
from networks.cards import BY_NAME
from networks.finding import answering


@compiled
def _part(reader, codes, any_of, beginnings, typed, start, *, order):
    return BY_NAME.part(answering(reader, codes, any_of, beginnings, typed).defer("vector"), order, start)


@compiled
def _some(reader, codes, any_of, beginnings, typed):
    return cards.some_of(answering(reader, codes, any_of, beginnings, typed), reader)


@dataclass
class Results:
    """Costs a fixed number of queries, whatever is found."""

    finding: object
    user: object

    @cached_property
    def page(self):
        if not self.finding.is_answerable:
            return Page([])
        asked = self.user, *self.finding.asked.values
        page = BY_NAME.page_of(lambda order, start: _part(*asked, start, order=order), self.finding.query)
        return replace(page, items=cards.cards(page.items, self.user))

    @cached_property
    def nothing(self):
        return not self.page.items and not self.page.newer

    @cached_property
    def count(self):
        if self.nothing:
            return gettext("No people")
        return cards.said(_some.count(self.user, *self.finding.asked.values))

    @property
    def has_more_than_shown(self):
        """So many answer the words that not all were looked at."""
        return bool(self.finding.asked.words) and self.count.startswith(f"{cards.COUNT_UP_TO}+")

    @cached_property
    def widened(self):
        """The first wider question that finds somebody: what is said of it, its address and its first page; or None."""
        wider = list(self.finding.asked.wider()) if self.nothing and self.finding.is_answerable else []
        if not wider:
            return None
        counts = cards.counts([asked.rows(self.user) for asked in wider], self.user)
        found = next(((asked, count) for asked, count in zip(wider, counts, strict=True) if count), None)
        return found and self._nearby(*found)

    def _nearby(self, asked, count):
        rows = asked.rows(self.user).order_by("by_name", "public_id").defer("vector")[: BY_NAME.size]
        said = cards.said(count).removesuffix(" people").removesuffix(" person")
        return {
            "said": self.finding.said_wider(asked, said),
            "address": self.finding.address_of(asked),
            "people": cards.cards(rows, self.user),
        }
