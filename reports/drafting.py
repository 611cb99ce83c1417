"""A draft report made of an evidence pack: staff write on from there."""

from django.db import transaction
from django.utils.html import escape, format_html_join

from insights.models import EvidencePack
from reports.models import ReportIndexPage, ReportPage

EVIDENCE_HEAD = "| Stories | Measured | Seen | A hunch | Not said"
OUTCOME_HEAD = "| Stories | Went on | Stalled or stopped | Too early, or not said"
MOST_CARDS = 5


@transaction.atomic
def draft_report_from(pack: EvidencePack, *, by) -> ReportPage:
    """Numbers as the pack froze them; words and stories by key, asked for again at each reading."""
    counts = pack.counts
    report = ReportPage(
        title=pack.title,
        introduction=f"What {counts['stories']} public stories show together, as of {pack.counted_on}.",
        live=False,
        owner=by,
        body=[*_told(pack), *_did_not_work(pack), *_went_on(pack), *_stories(pack), *_limits(pack)],
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
    for name, title in (("shifts", "What shifted"), ("outcomes", "What became of the changes")):
        rows = [(row["label"], row["cells"]) for row in counts[name]]
        yield _table(pack, f"{title}, by how their tellers know", f"{title} {EVIDENCE_HEAD}", rows)


def _did_not_work(pack):
    """As the pack has it, and before what went on."""
    yield _chapter("What did not work")
    yield "text", f"<p>{escape(pack.at_rest_line)}</p>"
    yield from (("words", quotation.key) for quotation in pack.shown_words()[0])


def _went_on(pack):
    if words := pack.shown_words()[1]:
        yield _chapter("What went on, or it is too early to say")
        yield from (("words", quotation.key) for quotation in words)


def _stories(pack):
    """A live list with the pack's filters. It knows no place and no time: there the pack's own newest stories stand."""
    query = pack.query
    if query.get("place") or query.get("since"):
        at_rest, others = pack.shown_stories()
        found = [*at_rest[:MOST_CARDS], *others[:MOST_CARDS]]
        yield _chapter("Some of these stories")
        yield from (("story", story.slug) for story in found)
        return
    asked = {"boundary": "service", "other": "other", "practice": "practice", "outcome": "outcome"}
    filters = {name: query.get(of_pack, "") for name, of_pack in asked.items()}
    yield _chapter("The stories")
    yield "stories", {"heading": "The newest that fit", "count": MOST_CARDS, **filters}


def _limits(pack):
    yield _chapter("What this is not")
    yield "text", f"<ul>{format_html_join('', '<li>{}</li>', ((line,) for line in pack.limits))}</ul>"


def _chapter(title):
    return "chapter", {"title": title}


def _table(pack, title, head, rows):
    """A bar stands in a cell nowhere: it would part the cell in two."""
    lines = [head, *(" | ".join([label.replace("|", "/"), *map(_shown, cells)]) for label, cells in rows)]
    source = f"Public stories on this site, counted on {pack.counted_on}; – where a number under 5 is not shown"
    return "table", {"title": title, "cells_text": "\n".join(lines), "drawn": "", "unit": "", "source": source}


def _shown(cell):
    return "–" if cell is None else str(cell)
