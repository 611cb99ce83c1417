"""What a report shows of stories: the one place that decides, at each reading and for each reader.

A block keeps a key and no words. Whatever a page has of them is asked for together, so that forty blocks cost what one
does. The page, its preview, its feed and its PDF all come through here.
"""

from collections import defaultdict
from copy import copy
from dataclasses import replace

from practices import words
from reports import asking
from reports.asking import EVERYBODY
from stories.models import MayQuote

__all__ = ["EVERYBODY", "Shown", "listed"]


class Shown:
    """The stories and the words of stories that this body may show this reader."""

    def __init__(self, body, reader, *, frozen=()):
        self._frozen = {(row.block_key, row.story_id): row for row in frozen}
        still = {block for block, _ in self._frozen}
        by_kind = defaultdict(list)
        for block in body:
            by_kind[block.block_type].append(block)
        self._listed = listed([block for block in by_kind["stories"] if block.id not in still])
        for block in by_kind["stories"]:
            if block.id in still:
                self._listed[block.id] = [key for name, key in self._frozen if name == block.id]
        self._quotations = asking.quotations({block.value for block in by_kind["words"]})
        keys = {key for keys in self._listed.values() for key in keys}
        keys |= {quotation.story_id for quotation in self._quotations.values()}
        self._stories = asking.stories(reader, keys, {block.value for block in by_kind["story"]})
        self._by_slug = {story.slug: story for story in self._stories.values()}

    def story(self, block):
        """The story of a card, or None."""
        story = self._by_slug.get(block.value)
        return story and self._as_on_the_day(block, story)

    def words(self, block):
        """The quotation with its story, or None: its teller's yes, the reader's rights, and the live text decide.

        In a frozen report a yes is enough: the words stand as on their day, though the story may say it otherwise now.
        """
        quotation = self._quotations.get(block.value)
        story = quotation and self._stories.get(quotation.story_id)
        if not story:
            return None
        row = self._frozen.get((block.id, story.pk))
        quoted = replace(quotation, story=story, as_on=row.frozen_at if row else None)
        return quoted if row or quoted.still_said else None

    def stories(self, block):
        """The stories of a list, newest first; public ones only, whoever reads."""
        found = [self._stories[key] for key in self._listed.get(block.id, []) if key in self._stories]
        return [self._as_on_the_day(block, story) for story in found if story.is_public]

    def _as_on_the_day(self, block, story):
        """The card with the words of the day on which it was frozen, where its teller lets us quote them; else as the
        story is now. Who told it, where and when are always as they are now: those can only become less."""
        row = self._frozen.get((block.id, story.pk))
        if not row:
            return story
        shown = copy(story)
        if story.is_retold or story.may_quote == MayQuote.YES:
            shown.title, shown.summary, shown.as_on = row.title, row.summary, row.frozen_at
        return shown


def listed(blocks):
    """The keys of the public stories in each live list, in one question for all lists of a page."""
    if not blocks:
        return {}
    boundaries = {word.slug: word.pk for word in words.every_boundary()}
    rows = asking.listed(asked=tuple(_asked(block.value, boundaries) for block in blocks))
    found = defaultdict(list)
    for number, key, _ in sorted(rows, key=lambda row: (row[2], row[1]), reverse=True):
        found[blocks[number].id].append(key)
    return found


def _asked(value, boundaries):
    chosen = {boundaries[slug] for slug in (value["boundary"], value["other"]) if slug in boundaries}
    return tuple(sorted(chosen)), value["practice"], value["outcome"], value["count"] or 1
