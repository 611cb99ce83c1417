"""What staff wrote of a report, drawn once for each of its versions; what is of stories is put in at each reading.

A report is drawn with places left free where stories stand. The rows that went into it are asked for their versions
(`xmin` and `ctid`: PostgreSQL gives each change of a row another one) before anything that was kept is used: its own,
those of its pictures and their sizes, of the pages that its texts lead to and of the others in its series. Any change,
whoever made it and in whatever way, is seen with the next request. Nothing of a story, and no reader, is in here.

One version of each report is kept in each language, in this process.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from types import SimpleNamespace

from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.utils.translation import get_language

from design.drawn import kept as drawn_once
from practices import words
from reports.models import Evidence, ReportPage
from reports.parts import Body, part_of
from reports.shown import Shown

MOST = 60
PLACE = re.compile("\0(\\d+)\0")  # no text in the database holds its ends
PAGE_LINK = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
ITS_KEY = re.compile(r'\bid="(\d+)"')
OTHERS = re.compile(
    r'<embed\b|\blinktype="(?!page")'
)  # nothing that a report's texts offer: what it needs is not known
KINDS = ("picture", "crossing", "practice")

REPORT = """
    SELECT page.id, report.freeze, concat_ws(
        ' ', page.xmin, page.ctid, report.xmin, report.ctid, page.live_revision_id, page.last_published_at
    )
    FROM wagtailcore_site AS site
    JOIN wagtailcore_page AS home ON home.id = site.root_page_id
    JOIN wagtailcore_page AS page ON page.url_path = home.url_path || %(path)s
    JOIN reports_reportpage AS report ON report.page_ptr_id = page.id
    WHERE site.is_default_site AND page.slug = %(slug)s AND page.live AND page.first_published_at IS NOT NULL
"""
NEEDED = """
    SELECT concat_ws(' ', 'picture', id, xmin, ctid) FROM reports_reportimage WHERE id = ANY(%(pictures)s)
    UNION ALL SELECT concat_ws(' ', 'size', id, xmin, ctid) FROM reports_reportrendition
    WHERE image_id = ANY(%(pictures)s)
    UNION ALL SELECT concat_ws(' ', 'page', id, xmin, ctid) FROM wagtailcore_page WHERE id = ANY(%(pages)s)
    UNION ALL SELECT concat_ws(' ', 'series', page.id, page.xmin, page.ctid, report.xmin, report.ctid)
    FROM reports_reportpage AS report JOIN wagtailcore_page AS page ON page.id = report.page_ptr_id
    WHERE %(series)s <> '' AND report.series = %(series)s AND page.live
    ORDER BY 1
"""

_kept = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Version:
    """A report as it stands in the database now."""

    key: int
    frozen: bool
    mark: str

    @classmethod
    def at(cls, path):
        """The live report at this address, or None."""
        slug = path.strip("/").rpartition("/")[2]
        with connection.cursor() as cursor:
            cursor.execute(REPORT, {"path": path, "slug": slug})
            row = cursor.fetchone()
        return row and cls(*row)


@dataclass(frozen=True)
class Needed:
    """What a report is drawn from besides its own row."""

    pictures: list
    pages: list
    series: str
    services: frozenset
    practices: frozenset

    @classmethod
    def of(cls, page):
        """None where its texts hold what no editor of ours offers."""
        texts = [page.summary, *(block.value.source for block in page.notes)]
        texts += [block.value.source for block in page.body if block.block_type == "text"]
        if any(map(OTHERS.search, texts)):
            return None
        links = [ITS_KEY.search(link) for text in texts for link in PAGE_LINK.findall(text)]
        values = {kind: [block.value for block in page.body if block.block_type == kind] for kind in KINDS}
        pictures = [value["image"].pk for value in values["picture"] if value["image"]]
        return cls(
            pictures=[*pictures, *([page.cover_id] if page.cover_id else [])],
            pages=[int(found[1]) for found in links if found],
            series=page.series,
            services=frozenset(value[name] for value in values["crossing"] for name in ("first", "second")),
            practices=frozenset(value["practice"] for value in values["practice"]),
        )

    def marks(self):
        """Equal to what they were exactly if nothing of it has changed."""
        asked = {"pictures": self.pictures, "pages": self.pages, "series": self.series}
        rows = ()
        if any(asked.values()):
            with connection.cursor() as cursor:
                cursor.execute(NEEDED, asked)
                rows = tuple(row[0] for row in cursor.fetchall())
        services = [
            (word.slug, word.name, word.family) for word in words.every_boundary() if word.slug in self.services
        ]
        practices = [(word.slug, word.name, word.one_line) for word in words.practices() if word.slug in self.practices]
        return rows, tuple(services), tuple(practices), settings.SITE_NAME, settings.SITE_URL


@dataclass(frozen=True)
class Drawn:
    """A report with free places: `pieces` are HTML and the numbers of `places`, in turn."""

    version: Version
    needed: Needed
    marks: tuple
    title: str
    description: str
    head: str
    pieces: tuple
    places: tuple

    @classmethod
    def of(cls, version):
        page = ReportPage.objects.select_related("cover").get(pk=version.key)
        needed = Needed.of(page)
        marks = needed and needed.marks()
        page.with_sizes()
        request = SimpleNamespace(is_preview=False)
        body = Body(page)
        given = {"page": page, "body": body, "in_series": page.others_in_series(), "request": request}
        return cls(
            version=version,
            needed=needed,
            marks=marks,
            title=page.title,
            description=page.search_description or page.introduction,
            head=render_to_string("reports/_report_head.html", given),
            pieces=tuple(PLACE.split(render_to_string("reports/_report.html", given))),
            places=tuple(body.places),
        )

    def filled(self, reader):
        """The whole page for this reader, story by story asked for now."""
        frozen = Evidence.objects.filter(report=self.version.key).frozen() if self.version.frozen else ()
        shown = Shown(self.places, reader, frozen=frozen) if self.places else None
        texts = list(self.pieces)
        texts[1::2] = [story_block(self.places[int(number)], shown) for number in self.pieces[1::2]]
        return "".join(texts)


def story_block(block, shown):
    """Drawn once for the same words."""
    part = part_of(block, shown)
    if part is None:
        return ""
    key = ("reports", part.kind, part.words)
    return drawn_once(key, lambda: render_to_string(part.template, {"part": part}))


def at(path):
    """The live report at this address as it is now, or None."""
    version = Version.at(path)
    if version is None:
        return None
    name = version.key, get_language()
    found = _kept.get(name)
    if found is None or found.version != version or found.marks != found.needed.marks():
        found = Drawn.of(version)
        # Kept only if nothing moved while it was drawn: sizes of pictures are made when they are first shown.
        if found.needed and found.marks == found.needed.marks() and Version.at(path) == version:
            keep(name, found)
    return found


def keep(name, drawn):
    with _lock:
        _kept[name] = drawn
        _kept.move_to_end(name)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def forget():
    """For tests that draw with other templates."""
    with _lock:
        _kept.clear()
