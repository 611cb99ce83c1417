"""A letter as it would be now, without sending it: chosen and written by the code that writes the real ones.

Its way out leads to a page about nobody, so that whoever looks at another member's letter cannot leave for them.
"""

from collections import Counter
from copy import copy
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from digests import choosing, wishing, writing
from digests.models import Issue
from digests.pool import Pool
from stories.models import Story

NOBODY = "preview"
# What a letter tells of between its member and others, and what they follow: said as a number to anybody else.
PRIVATE = {
    "introduction": (_("1 introduction waits"), _("{count} introductions wait")),
    "waiting": (_("1 line about mails that were kept back"), _("{count} lines about mails that were kept back")),
    "follow_up": (
        _("1 piece of news of a story that they follow"),
        _("{count} pieces of news of stories that they follow"),
    ),
    "gathering": (_("1 gathering of a group of theirs"), _("{count} gatherings of groups of theirs")),
}
WITHOUT_A_NAME = _("What has no name on it: stories without their teller’s name, and “Rule or habit?”")
UNREADABLE = (_("1 story that you may not read"), _("{count} stories that you may not read"))


@dataclass(frozen=True)
class Preview:
    """One letter as a mail program would show it. `reason` says why none would go; `left_out` are lines about what
    stands in it and is not shown to whoever looks."""

    subject: str = ""
    html: str = ""
    text: str = ""
    reason: str = ""
    left_out: list = field(default_factory=list)


def own(member, issue, *, now):
    """What a member's own next letter would be. What the team is still writing for it stays theirs until it goes."""
    if issue.state == Issue.State.DRAFT:
        issue = copy(issue)
        issue.note = issue.question = ""
    chosen = choosing.choose([member], issue, now=now)[member.pk]
    return written(member, issue, chosen.items, reason=chosen.reason)


def for_test(staff, issue, *, now):
    """What whoever works on it gets as a test: their own letter or, where nothing is new to them, the team's picks."""
    chosen = choosing.choose([staff], issue, now=now)[staff.pk]
    picks = Story.objects.readable_by(staff).filter(pk__in=issue.picks.values("pk")).values_list("pk", flat=True)
    return written(staff, issue, chosen.items or [{"kind": "story", "id": key, "why": ""} for key in picks])


def of_member(member, issue, *, by, now):
    """The same for somebody on the staff: only what they may read too, without why it was chosen for this member.

    Nobody is brought their own story. So whatever has no name on it is not even chosen from: laid side by side, the
    letters of all members would tell by a gap whose it is.
    """
    pool = Pool(issue, now=now, named_only=True)
    chosen = choosing.choose([member], issue, now=now, pool=pool)[member.pk]
    items, left_out = shown_to(by, chosen.items)
    return written(member, issue, items, reason=chosen.reason, left_out=[*left_out, WITHOUT_A_NAME])


def shown_to(reader, items):
    stories = [item["id"] for item in items if item["kind"] == "story"]
    readable = set(Story.objects.readable_by(reader).filter(pk__in=stories).values_list("pk", flat=True))
    hidden = Counter(item["kind"] for item in items if item["kind"] in PRIVATE)
    lines = [said(*PRIVATE[kind], hidden[kind]) for kind in PRIVATE if hidden[kind]]
    if unreadable := len(set(stories) - readable):
        lines.append(said(*UNREADABLE, unreadable))
    shown = [
        {**item, "why": ""}
        for item in items
        if item["kind"] not in PRIVATE and (item["kind"] != "story" or item["id"] in readable)
    ]
    return shown, lines


def said(one, many, count):
    return one if count == 1 else many.format(count=count)


def written(member, issue, items, **more):
    press = writing.Press(issue, member.language)
    raw = press.letter(addressee(member), press.fit(items), message_id="<preview@preview.invalid>")
    mail = message_from_bytes(raw, policy=policy.default)
    parts = {kind: mail.get_body((kind,)) for kind in ("html", "plain")}
    html, text = (part.get_content().replace("\r\n", "\n") if part else "" for part in parts.values())
    return Preview(subject=str(mail["Subject"]), html=html, text=text, **more)


def addressee(member):
    """What the press asks of a reader."""
    return SimpleNamespace(
        pk=member.pk,
        email=member.email,
        first_name=member.first_name,
        public_id=NOBODY,
        time_zone=member.time_zone,
        content_free=wishing.wishes_of(member).content_free,
    )
