"""Noting what a published report shows of stories, and telling the tellers where their words went."""

from django.db import transaction

from reports.models import Evidence
from reports.shown import listed
from stories import emails
from stories.models import Quotation, Story


@transaction.atomic
def note(report, *, now):
    """Bring the rows of a report to what its blocks name. A frozen report keeps those it froze before, each with its
    day; one that is frozen no longer forgets them."""
    known = {(row.block_key, row.story_id): row for row in report.evidence.select_for_update()}
    wanted = named(report, {key for key in known if known[key].frozen_at} if report.freeze else set())
    report.evidence.exclude(pk__in=[row.pk for key, row in known.items() if key in wanted]).delete()
    stories = Story.objects.in_bulk([story for _, story in wanted])
    for (block_key, story), (position, quotation, in_list) in wanted.items():
        row = known.get((block_key, story)) or Evidence(report=report, block_key=block_key, story_id=story)
        row.position, row.quotation_id, row.listed = position, quotation, in_list
        if not report.freeze:
            row.frozen_at, row.title, row.summary = None, "", ""
        elif row.frozen_at is None:
            row.frozen_at, row.title, row.summary = now, stories[story].title, stories[story].summary
        row.save()


def named(report, frozen):
    """{(block, story): (position, quotation, in a list)} of what the blocks name; a frozen list names what it did."""
    by_kind = {}
    for block in report.body:
        by_kind.setdefault(block.block_type, []).append(block)
    cards, quotes, lists = (by_kind.get(kind, []) for kind in ("story", "words", "stories"))
    slugs = dict(Story.objects.filter(slug__in=[block.value for block in cards]).values_list("slug", "pk"))
    picked = Quotation.objects.in_bulk([block.value for block in quotes], field_name="key")
    wanted = {(block.id, slugs[block.value]): (0, None, False) for block in cards if block.value in slugs}
    for block in quotes:
        if block.value in picked:
            wanted[block.id, picked[block.value].story_id] = (0, picked[block.value].pk, False)
    ids = {block.id for block in lists}
    kept = {block for block, _ in frozen if block in ids}
    for block_key, keys in listed([block for block in lists if block.id not in kept]).items():
        wanted |= {(block_key, key): (position, None, True) for position, key in enumerate(keys)}
    for row in report.evidence.frozen().filter(block_key__in=kept):
        wanted[row.block_key, row.story_id] = (row.position, None, True)
    return wanted


@transaction.atomic
def tell(*, now):
    """Tellers hear once a report where their words stand; also when they said yes after it was published. Returns how
    many were told. What a list of the newest stories shows is told to nobody: it changes by itself."""
    rows = Evidence.objects.shown().filter(told_at=None, listed=False, story__in=Story.objects.published())
    rows = list(rows.select_for_update(of=["self"]).select_related("story__author", "report"))
    told = set()
    for row in rows:
        if (row.report_id, row.story_id) not in told and not told_before(row):
            emails.words_in_report(row.story, title=row.report.title, address=row.report.full_url, now=now)
            told.add((row.report_id, row.story_id))
    Evidence.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=now)
    return len(told)


def told_before(row):
    return Evidence.objects.filter(report=row.report_id, story=row.story_id).exclude(told_at=None).exists()
