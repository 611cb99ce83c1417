"""A report's body as its page reads it: parts with all they need, in the order in which they stand."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil

from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from wagtail.rich_text import expand_db_html

from practices import words
from practices.models import Crossing

NOTE = re.compile(r"\[(\d{1,3})\]")
BETWEEN = "<!-- between two texts -->"
WORDS_A_MINUTE = 220
OF_STORIES = {"words", "story", "stories"}


@dataclass
class Part:
    kind: str
    value: object
    id: str = ""
    more: dict = field(default_factory=dict)

    @property
    def template(self):
        return f"reports/blocks/{self.kind}.html"

    @property
    def words(self):
        """All that a part of stories is drawn from."""
        quotation, story = self.more.get("quotation"), self.more.get("story")
        if quotation:
            return quotation.words, str(quotation.as_on or ""), quotation.story.words
        return story.words if story else (self.value["heading"], *(one.words for one in self.more["stories"]))


@dataclass
class Chapter:
    number: int
    title: str
    id: str
    words: int = 0

    @property
    def minutes(self):
        return max(1, ceil(self.words / WORDS_A_MINUTE))


class Notes:
    """Numbers in the text that lead to the notes, and from each note back to wherever it is named."""

    def __init__(self, count):
        self.count = count
        self.named = {number: [] for number in range(1, count + 1)}

    def linked(self, html):
        return mark_safe(NOTE.sub(self._link, html))  # noqa: S308 -- the rich text of staff, with links of our making

    def _link(self, found):
        number = int(found[1])
        if number not in self.named:
            return found[0]
        place = f"from-{number}-{len(self.named[number]) + 1}"
        self.named[number].append(place)
        link = (
            '<sup><a href="#note-{}" id="{}" role="doc-noteref"><span class="visually-hidden">Note </span>{}</a></sup>'
        )
        return format_html(link, number, place, number)


class Body:
    """Texts are expanded together: links to other pages then cost one question, however many texts there are."""

    def __init__(self, page, shown=None):
        """Without `shown`, places are left free where stories stand, and what stands there is in `places`."""
        texts = [block for block in page.body if block.block_type == "text"]
        html = [block.value.source for block in texts]
        html += [block.value.source for block in page.notes]
        html = expanded([page.summary, *html])
        self.summary = mark_safe(html[0])  # noqa: S308 -- as the richtext filter does
        self.notes = Notes(len(page.notes))
        self.chapters = []
        self.places = []
        self._ids = set()
        self._html = dict(zip([block.id for block in texts], html[1 : len(texts) + 1], strict=True))
        self.parts = [part for block in page.body if (part := self._part(block, shown))]
        self.sources = [
            {"number": number, "html": mark_safe(html), "named": self.notes.named[number]}  # noqa: S308
            for number, html in enumerate(html[len(texts) + 1 :], start=1)
        ]

    def _part(self, block, shown):
        if block.block_type in OF_STORIES:
            return part_of(block, shown) if shown else self._place(block)
        part = Part(block.block_type, block.value)
        make = getattr(self, f"_{block.block_type}", None)
        if make and make(part, block) is False:
            return None
        self._count(block, part)
        return part

    def _chapter(self, part, block):
        part.id = self._new_id(block.value["title"])
        chapter = Chapter(len(self.chapters) + 1, block.value["title"], part.id)
        self.chapters.append(chapter)
        part.more["chapter"] = chapter

    def _text(self, part, block):
        part.more["html"] = self._html[block.id]
        part.value = self.notes.linked(part.more["html"])

    def _place(self, block):
        self.places.append(block)
        return Part("text", mark_safe(f"\0{len(self.places) - 1}\0"))  # noqa: S308 -- a number of ours

    def _crossing(self, part, block):
        both = [self._boundaries.get(block.value[name]) for name in ("first", "second")]
        there = None not in both and both[0] != both[1]
        if there:
            part.more["crossing"] = Crossing.of(*both)
        return there

    def _practice(self, part, block):
        part.more["practice"] = self._practices.get(block.value["practice"])
        return part.more["practice"] is not None

    @cached_property
    def _boundaries(self):
        return {word.slug: word for word in words.every_boundary()}

    @cached_property
    def _practices(self):
        return {word.slug: word for word in words.practices()}

    def _count(self, block, part):
        if self.chapters and part.kind == "text":
            self.chapters[-1].words += len(strip_tags(part.value).split())

    def _new_id(self, title):
        """Readable, and never twice on a page."""
        stem = slugify(title) or "chapter"
        name, number = stem, 2
        while name in self._ids:
            name, number = f"{stem}-{number}", number + 1
        self._ids.add(name)
        return name


def part_of(block, shown):
    """A part that shows something of stories, or None where this reader may see nothing of it."""
    if block.block_type == "stories":
        return Part("stories", block.value, more={"stories": shown.stories(block)})
    name, found = ("story", shown.story(block)) if block.block_type == "story" else ("quotation", shown.words(block))
    return Part(block.block_type, block.value, more={name: found}) if found else None


def expanded(sources):
    return expand_db_html(BETWEEN.join(sources)).split(BETWEEN)
