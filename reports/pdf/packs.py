"""What stands in the PDF of an evidence pack: its page, as plain data in the form that reports have."""

from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from design.written import tame
from reports.pdf.contents import story
from reports.pdf.tree import whole_address

EVIDENCE_HEAD = [_("Stories"), _("Measured"), _("Seen"), _("A hunch"), _("Not said")]
OUTCOME_HEAD = [_("Stories"), _("Went on"), _("Stalled or stopped"), _("Too early, or not said")]
NOT_SHOWN = "–"
TABLES = (
    ("shifts", _("What shifted"), _("Shift")),
    ("outcomes", _("What became of the changes"), _("Where it is now")),
)
SMALL = _("A – stands where a number under 5 is not shown, and sometimes where one beside it would give it away.")


def of_pack(pack, reader):
    counts = pack.counts
    whose = gettext("stories told to one group alone") if pack.group_id else gettext("public stories")
    return {
        "title": tame(pack.title),
        "introduction": f"What {counts['stories']} {whose} show together. {_chosen(counts)}".strip(),
        "author": settings.SITE_NAME,
        "series": " · ".join(part for part in (gettext("Evidence pack"), pack.demo_line) if part),
        "day": pack.counted_on,
        "citation": pack.citation,
        "site": settings.SITE_NAME,
        "cover": None,
        "summary": [],
        "parts": [*_told(pack), *_words_and_stories(pack, reader), *_limits(pack)],
        "notes": [],
        "corrections": [],
        "about": gettext("About this pack"),
    }


def _chosen(counts):
    return (
        gettext("Only stories that fit all of this: %(join)s.") % {"join": "; ".join(counts["chosen"])}
        if counts["chosen"]
        else ""
    )


def _told(pack):
    counts = pack.counts
    yield _chapter(gettext("How much was told"))
    crossings = counts["crossings"]
    yield _list(
        (gettext("%(count)s stories") if pack.group_id else gettext("%(count)s public stories"))
        % {"count": counts["stories"]},
        ngettext(
            "%(count)s crossing: a crossing is where a story runs between two services",
            "%(count)s crossings: a crossing is where a story runs between two services",
            crossings,
        )
        % {"count": crossings},
        gettext("Set in %(join)s") % {"join": ", ".join(counts["places"])}
        if counts["places"]
        else gettext("None says where it is set"),
    )
    day = gettext("The numbers are as of that day and stay so. Stories and words are those that can still be read.")
    yield _text(SMALL, f"{day} {pack.said_of_the_gone}".strip())
    told = [(row["name"], row["cells"]) for row in counts["told_crossings"]]
    if told:
        yield _table(pack, gettext("The crossings that were told of most"), [gettext("Crossing"), *OUTCOME_HEAD], told)
    else:
        yield _text(gettext("No crossing was told of five times or more."))
    yield _chapter(gettext("What is different, and how people know"))
    for name, title, first in TABLES:
        rows = [(row["label"], row["cells"]) for row in counts[name]]
        yield _table(pack, title, [first, *EVIDENCE_HEAD], rows)
    if tried := counts["experiments"]:
        said = [f"{row['label'].lower()} {row['count'] or 'fewer than 5'} times" for row in tried]
        yield _text(
            gettext("Others tried this practice too, and said how it went: %(said)s.") % {"said": ", ".join(said)}
        )


def _words_and_stories(pack, reader):
    (words_at_rest, words), (at_rest, others) = pack.shown_words(reader), pack.shown_stories(reader)
    yield _chapter(gettext("What did not work"))
    yield _text(pack.at_rest_line)
    yield from _shown(words_at_rest, at_rest, gettext("The newest that stalled or stopped"))
    yield _chapter(gettext("What went on, or it is too early to say"))
    yield from _shown(words, others, gettext("The newest of the others"))


def _shown(quotations, stories, heading):
    for quotation in quotations:
        yield {"kind": "words", "words": tame(quotation.words), **story(quotation.story)}
    yield {"kind": "stories", "heading": heading, "stories": [story(one) for one in stories], "level": 2}


def _limits(pack):
    yield _chapter(gettext("What this is not"))
    yield _list(*pack.limits)


def _chapter(title):
    return {"kind": "chapter", "title": title, "level": 1}


def _text(*paragraphs):
    return {"kind": "text", "of": [{"tag": "p", "of": [words]} for words in paragraphs]}


def _list(*lines):
    return {"kind": "text", "of": [{"tag": "ul", "of": [{"tag": "li", "of": [line]} for line in lines]}]}


def _table(pack, title, head, rows):
    address = whole_address(pack.get_absolute_url())
    source = {
        "words": gettext("stories on this site, counted on %(counted_on)s") % {"counted_on": pack.counted_on},
        "address": address,
    }
    cells = [[label, *(NOT_SHOWN if cell is None else str(cell) for cell in row)] for label, row in rows]
    return {"kind": "table", "title": title, "unit": "", "head": head, "rows": cells, "bars": [], "source": source}
