"""What in a letter is for one member alone: introductions, gatherings, news of stories that they follow, kept mails.

The rooms' own rules answer, member by member, each sort in one question for the whole batch.
"""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Value

from digests.facts import ARRIVED
from digests.models import Delivery
from members import kinds
from members.models import Notice, User
from networks.models import Attendance, Gathering, Introduction
from stories.following import follow_ups

SOON = timedelta(days=10)
MOST = 2  # of each sort
MOST_IN_ALL = 4  # so that there is room for what others saw
ADDRESSED = ("waiting", "introduction", "gathering", "follow_up")


def to(facts, issue, *, first, now):
    """By member: the items that are addressed to them. `first`: from when on news is news in a first letter.

    What their letters of these weeks have had is not told again.
    """
    found = defaultdict(list)
    _kept_mails([one.member for one in facts if one.has_mail], found)
    some = {one.member: one for one in facts if one.is_asked or one.gathers or one.follows_stories}
    members = [(user, some[key]) for key, user in User.objects.in_bulk(some).items()] if some else []
    for kind, rows in {
        "introduction": [_introductions(user, now) for user, one in members if one.is_asked],
        "gathering": [_gatherings(user, now) for user, one in members if one.gathers],
        "follow_up": [_follow_ups(user, one.last_at or first, now) for user, one in members if one.follows_stories],
    }.items():
        for member, key in _in_one_question(rows):
            found[member].append({"kind": kind, "id": key, "why": ""})
    had = _had(found, issue, since=now - timedelta(weeks=6))
    return {
        member: _at_most([item for item in items if (member, item["kind"], item["id"]) not in had])
        for member, items in found.items()
    }


def _in_one_question(parts):
    parts = [part for part in parts if not part.query.is_empty()]
    if not parts:
        return []
    return list(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])


def _introductions(member, now):
    waiting = Introduction.objects.waiting_for(member, now=now).order_by("answer_until", "pk")
    return waiting.annotate(reader=Value(member.pk)).values_list("reader", "pk")[:20]


def _gatherings(member, now):
    """That begin soon, are not called off, and that they have not said no to."""
    refused = Attendance.objects.filter(member=member, answer=Attendance.Answer.NO)
    soon = Gathering.objects.visible_to(member).to_come(now).filter(called_off_at=None)
    soon = soon.filter(begins_at__gt=now, begins_at__lte=now + SOON).exclude(pk__in=refused.values("gathering"))
    return soon.order_by("begins_at", "pk").annotate(reader=Value(member.pk)).values_list("reader", "pk")[:20]


def _follow_ups(member, since, now):
    added = follow_ups(member, since=since, before=now)
    return added.annotate(reader=Value(member.pk)).values_list("reader", "pk")


def _kept_mails(members, found):
    """One item with a line a group; what the mails say stays on the site. `lines`: a group and how many."""
    if not members:
        return
    counts = defaultdict(lambda: defaultdict(int))
    kept = Notice.objects.filter(member__in=members, state=Notice.State.KEPT)
    for member, kind in kept.values_list("member", "kind"):
        counts[member][kinds.group_of(kind).slug] += 1
    for member, by_group in counts.items():
        lines = [[group.slug, by_group[group.slug]] for group in kinds.WISHED if group.slug in by_group]
        if lines:
            found[member].append({"kind": "waiting", "id": member, "why": "", "lines": lines})


def _had(found, issue, *, since):
    if not found:
        return set()
    letters = Delivery.objects.filter(member__in=found, state__in=ARRIVED, planned_at__gte=since).exclude(
        issue=issue.pk
    )
    rows = letters.values_list("member", "items")
    return {(member, item["kind"], item["id"]) for member, items in rows for item in items if item["kind"] != "waiting"}


def _at_most(items):
    """A few of each sort, in the order of the sorts."""
    by_kind = {kind: [item for item in items if item["kind"] == kind][:MOST] for kind in ADDRESSED}
    return [item for kind in ADDRESSED for item in by_kind[kind]][:MOST_IN_ALL]
