"""A draft report made of an evidence pack: staff write on from there."""

from django.db import transaction
from django.utils.html import format_html, format_html_join

from insights.models import EvidencePack
from reports.models import ReportIndexPage, ReportPage

EVIDENCE_HEAD = "| Stories | Measured | Seen | A hunch | Not said"
OUTCOME_HEAD = "| Stories | Went on | Stalled or stopped | Too early, or not said"
MOST_CARDS = 5


@transaction.atomic
def draft_report_from(pack: EvidencePack, *, by) -> ReportPage:
    """Numbers as the pack froze them; words and stories by key, asked for again at each reading."""
    counts, query = pack.counts, pack.query
    report = ReportPage(
        title=pack.title,
        introduction=f"What {counts['stories']} public stories show together, as of {pack.frozen_at:%-d %B %Y}.",
        live=False,
        owner=by,
        body=[*_told(pack), *_did_not_work(counts), *_words(pack), *_stories(pack, query), *_limits(pack)],
    )
    ReportIndexPage.objects.get().add_child(instance=report)
    report.save_revision(user=by)
    return report


def _told(pack):
    counts = pack.counts
    yield _chapter("What is different, and how people know")
    if counts["told_crossings"]:
        rows = [(row["name"], row["cells"]) for row in counts["told_crossings"]]
        yield _table(pack, "The crossings that were told of most", f"Crossing {OUTCOME_HEAD}", rows)
    for name, title in (("shifts", "What shifted"), ("outcomes", "Where the changes are")):
        rows = [(row["label"], row["cells"]) for row in counts[name]]
        yield _table(pack, f"{title}, by how their tellers know", f"{title} {EVIDENCE_HEAD}", rows)


def _did_not_work(counts):
    yield _chapter("What did not work")
    said = "{} of these {} stories stalled or stopped."
    yield "text", f"<p>{format_html(said, counts['did_not_go_on'], counts['stories'])}</p>"


def _words(pack):
    if words := pack.shown_words():
        yield _chapter("In their own words")
        yield from (("words", quotation.key) for quotation in words)


def _stories(pack, query):
    """A live list with the pack's filters. It knows no place and no time: there the pack's own newest stories stand."""
    if query.get("place") or query.get("since"):
        found = pack.shown_stories()[:MOST_CARDS]
        yield _chapter("Some of these stories")
        yield from (("story", story.slug) for story in found)
        return
    asked = {"boundary": "service", "other": "other", "practice": "practice", "outcome": "outcome"}
    filters = {name: query.get(of_pack, "") for name, of_pack in asked.items()}
    yield _chapter("The stories")
    yield "stories", {"heading": "The newest that fit", "count": MOST_CARDS, **filters}


def _limits(pack):
    yield _chapter("What this is not")
    yield "text", f"<ul>{format_html_join('', '<li>{}</li>', ((line,) for line in pack.LIMITS))}</ul>"


def _chapter(title):
    return "chapter", {"title": title}


def _table(pack, title, head, rows):
    """A bar stands in a cell nowhere: it would part the cell in two."""
    lines = [head, *(" | ".join([label.replace("|", "/"), *map(str, cells)]) for label, cells in rows)]
    source = f"Public stories on this site, counted on {pack.frozen_at:%-d %B %Y}"
    return "table", {"title": title, "cells_text": "\n".join(lines), "drawn": "", "unit": "", "source": source}
