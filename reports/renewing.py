"""Which PDFs are due: asked about all live reports together, in as many questions for a hundred of them as for one.

Each report has a *mark*: a hash of what its page shows everybody of stories (through `reports/shown.py`, the one place
that decides), of its pictures, of the shared words and of its last publication. A report is read whole only where its
mark is another than when its PDF was last compared. What no mark tells, such as a page that it links to and that has
moved, comes to light because one report more is read whole each time: the one that was looked at longest ago.
"""

from django.conf import settings
from django.db.models import prefetch_related_objects
from wagtail.blocks import StreamValue

from practices import words
from reports.models import ReportImage, ReportPage
from reports.parts import OF_STORIES
from reports.pdf import digest
from reports.pdf.contents import story
from reports.shown import EVERYBODY, Shown


def due():
    """[(report, its mark)] of those that must be read whole now."""
    reports = list(ReportPage.objects.live().select_related("pdf"))
    found = marks(reports)
    changed = [report for report in reports if not (made := pdf_of(report)) or made.mark != found[report.pk]]
    others = [report for report in reports if report not in changed]
    changed += sorted(others, key=lambda report: report.pdf.looked_at)[:1]
    return [(report, found[report.pk]) for report in changed]


def pdf_of(report):
    return getattr(report, "pdf", None)


def marks(reports):
    """{key: mark} of these reports."""
    prefetch_related_objects(reports, "evidence")
    blocks, frozen = [], []
    for report in reports:
        blocks += blocks_of(report)
        frozen += frozen_of(report)
    shown = Shown(blocks, EVERYBODY, frozen=frozen)
    told = {report.pk: [] for report in reports}
    for block in blocks:
        told[block.id[0]].append(what_is_told(block, shown))
    pictures, shared = pictures_of(reports), shared_words()
    return {
        report.pk: digest([told[report.pk], published(report), [pictures.get(key) for key in keys_of(report)], shared])
        for report in reports
    }


def blocks_of(report):
    """Those that show something of stories, each with a name that no other report's has: a copied page keeps its keys.
    The others stay untouched: their pictures would be a question for each report."""
    return [
        StreamValue.StreamChild(block.block, block.value, id=(report.pk, block.id))
        for number, raw in enumerate(report.body.raw_data)
        if raw["type"] in OF_STORIES
        for block in [report.body[number]]
    ]


def frozen_of(report):
    rows = [row for row in report.evidence.all() if row.frozen_at] if report.freeze else []
    for row in rows:
        row.block_key = (report.pk, row.block_key)
    return rows


def what_is_told(block, shown):
    if block.block_type == "words":
        quotation = shown.words(block)
        return quotation and [quotation.words, story(quotation.story)]
    if block.block_type == "stories":
        return [story(one) for one in shown.stories(block)]
    found = shown.story(block)
    return found and story(found)


def published(report):
    moments = [str(moment) for moment in (report.first_published_at, report.last_published_at)]
    return [report.live_revision_id, report.title, report.url_path, *moments, settings.SITE_URL, settings.SITE_NAME]


def keys_of(report):
    values = [raw["value"].get("image") for raw in report.body.raw_data if raw["type"] == "picture"]
    return [key for key in [report.cover_id, *values] if key]


def pictures_of(reports):
    keys = {key for report in reports for key in keys_of(report)}
    rows = ReportImage.objects.filter(pk__in=keys).values_list("pk", "file", "description")
    return {key: [file, description] for key, file, description in rows}


def shared_words():
    practices = [[word.slug, word.name, word.one_line] for word in words.practices()]
    return [practices, [[word.slug, word.name] for word in words.every_boundary()]]
