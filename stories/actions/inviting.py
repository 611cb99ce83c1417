"""Asking somebody by mail to tell a story: the link opens once, and nothing is shown before they have said yes."""

from datetime import timedelta

from django.db import transaction

from members.models import Notice, User
from stories import emails
from stories.actions.ground import NotAMember, lock
from stories.models import Asking, CoAuthor
from stories.models.together import ASKED_FOR

ASKINGS_A_DAY = 10
MAILS_AN_ADDRESS = 3  # in the time that a link stands, however many people ask


class NotThere(Exception):
    """The link is used, taken back or too old."""


class TooManyAskings(Exception):
    """This member has asked as many people today as one writes with."""


@transaction.atomic
def invite(story, *, email, what, by, now):
    """The author asks somebody to write with them, by a mail that names nobody and nothing.

    Asking the same address again changes what was asked, and sends no second mail. Raises NotAMember for people who
    wait to be let in: they write to nobody. Raises TooManyAskings.
    """
    if not by.is_member:
        raise NotAMember
    row = lock(story)
    open_asking = row.askings.filter(email__iexact=email, ended_at=None).first()
    if open_asking and row.askings.standing(now).filter(pk=open_asking.pk).exists():
        open_asking.what = what
        open_asking.save(update_fields=["what"])
        return open_asking
    if open_asking:
        open_asking.end(now=now)
    return begin_asking(row, email=email, what=what, by=by, now=now)


def begin_asking(row, *, email, what, by, now):
    """Write the asking down and post its mail. Raises TooManyAskings."""
    # The lock makes two requests at once count each other.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if by.askings.filter(created_at__gt=now - timedelta(days=1)).count() >= ASKINGS_A_DAY:
        raise TooManyAskings
    asking = row.askings.create(email=email, what=what, asked_by=by, created_at=now)
    had = Notice.objects.filter(kind=emails.INVITATION, to__iexact=email, created_at__gt=now - ASKED_FOR)
    if had.count() < MAILS_AN_ADDRESS:
        emails.invitation(asking, now=now)
    return asking


@transaction.atomic
def take_invitation_back(asking, *, by, now):
    """The author thinks better of it: the link opens nothing from now on."""
    row = lock(asking.story)
    for standing in row.askings.filter(pk=asking.pk, ended_at=None):
        standing.end(now=now)
    return row


@transaction.atomic
def accept(asking, *, by, now):
    """Whoever holds the link says yes, once: they write along, or become the author of what was typed for them.

    Raises NotThere.
    """
    row = lock(asking.story)
    standing = Asking.objects.standing(now).filter(pk=asking.pk).first()
    if standing is None:
        raise NotThere
    if standing.what == Asking.What.TELL and by.pk == standing.asked_by_id:
        raise NotThere
    if standing.is_behind_a_block(by):
        raise NotThere
    standing.end(now=now)
    if standing.what == Asking.What.TELL:
        row.author = by
        row.save(update_fields=["author"])
        return row
    if row.author_id != by.pk:
        _join(row, standing, by=by, now=now)
    return row


def _join(row, asking, *, by, now):
    lived = asking.what == Asking.What.LIVED
    coauthor, new = CoAuthor.objects.get_or_create(
        story=row, member=by, defaults={"joined_at": now, "lived_experience": lived}
    )
    if not new:
        # Whoever was asked for their yes once keeps their say.
        coauthor.left_at, coauthor.lived_experience = None, coauthor.lived_experience or lived
        coauthor.save(update_fields=["left_at", "lived_experience"])
    emails.coauthor_joined(row, now=now)
