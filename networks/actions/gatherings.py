"""What members do about a gathering: put it up, change it, call it off, say whether they come."""

import secrets

from django.db import transaction
from django.db.models import prefetch_related_objects

from members.models import Notice, User
from networks.actions.inside import NotOpen, acting, convening, held
from networks.emails import gatherings as emails
from networks.models import Attendance, Gathering, GatheringMail, Membership

# What whoever comes has to hear of. Of other words nobody is told.
TOLD = ("title", "begins_at", "ends_at", "time_zone", "where", "link")
MOST_TO_COME = 50


class TooMany(Exception):
    """This coalition has very many gatherings before it already."""


@transaction.atomic
def put_up(gathering, *, form_key="", by, now):
    """By a convenor of its coalition, whose other members hear of it. The same form sent twice is one gathering."""
    coalition = held(gathering.coalition)
    convening(by, coalition)
    if not coalition.goes_on:
        raise NotOpen
    form_key = form_key or secrets.token_urlsafe(12)
    before = Gathering.objects.filter(put_up_by=by, form_key=form_key).first()
    if before:
        return before
    if coalition.gatherings.to_come(now).count() >= MOST_TO_COME:
        raise TooMany
    gathering.put_up_by, gathering.put_up_at, gathering.changed_at, gathering.form_key = by, now, now, form_key
    gathering.set_reminder(now=now)
    gathering.save()
    prefetch_related_objects([gathering], "coalition__boundaries")  # each mail asks whether it is discreet
    others = Membership.objects.now().filter(coalition=coalition, member__in=User.objects.current()).exclude(member=by)
    for one in others.select_related("member__profile").order_by("pk"):
        emails.put_up(gathering, member=one.member, now=now)
    return gathering


@transaction.atomic
def change(gathering, *, by, now, **said):
    """By a convenor, until it has ended. Those who said that they come hear of it, except where only words changed."""
    row = _open(gathering, by, now, convenor=True)
    news = [name for name in TOLD if name in said and getattr(row, name) != said[name]]
    moved = "begins_at" in news or "time_zone" in news
    for name, value in said.items():
        setattr(row, name, value)
    row.changed_at = now
    if moved:
        row.set_reminder(now=now)
    if news:
        row.sequence += 1
    row.save()
    if news:
        _tell(emails.changed, row, by=by, now=now)
        _put_up_again(row, now=now)
    return row


@transaction.atomic
def call_off(gathering, *, by, now):
    """By a convenor; those who said that they come are told. It stays on its page, and in calendars as called off."""
    row = _open(gathering, by, now, convenor=True)
    row.called_off_at = row.changed_at = now
    row.sequence += 1
    row.save()
    _tell(emails.called_off, row, by=by, now=now)
    return row


@transaction.atomic
def say(gathering, *, answer, by, now):
    """Any member of the coalition, as often as they change their mind."""
    row = _open(gathering, by, now)
    said = {"answer": answer, "answered_at": now}
    return Attendance.objects.update_or_create(gathering=row, member=by, defaults=said)[0]


def forget_answers(membership, *, now):
    """Whoever leaves the coalition comes to none of its gatherings any more."""
    Attendance.objects.filter(
        member=membership.member, gathering__in=membership.coalition.gatherings.to_come(now)
    ).delete()


def _tell(mail, gathering, *, by, now):
    """Whoever does it knows. It names nobody, and a block keeps it from nobody: they would stand before a shut door."""
    prefetch_related_objects([gathering], "coalition__boundaries")  # as above
    coming = Attendance.objects.filter(gathering=gathering).to_be_told().exclude(member=by)
    for one in coming.select_related("member__profile"):
        mail(gathering, member=one.member, now=now)


def _put_up_again(gathering, *, now):
    """To whoever has not had the mail that it is put up: what waits says what was so before, and will not go."""
    told = Attendance.objects.filter(gathering=gathering).to_be_told().values("member")
    waiting = gathering.mails.filter(notice__kind=GatheringMail.NEW, notice__state=Notice.State.WAITING)
    waiting = waiting.filter(sequence=gathering.sequence - 1).exclude(notice__member__in=told)
    for one in waiting.select_related("notice__member__profile").order_by("pk"):
        emails.put_up(gathering, member=one.notice.member, now=now)


def _open(gathering, by, now, *, convenor=False):
    """The gathering, held, while something about it can still change."""
    coalition = held(gathering.coalition)
    (convening if convenor else acting)(by, coalition)
    row = Gathering.objects.select_for_update(no_key=True).select_related("coalition").get(pk=gathering.pk)
    if row.is_off or row.ends_at <= now or not coalition.goes_on:
        raise NotOpen
    return row
