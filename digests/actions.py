"""How the weekly letter goes out.

PostgreSQL is the queue and the truth. `tick` may run as often and as many at once as it likes: it begins the letter
that should have begun, and helps to send what waits. A mail whose fate nobody knows is never sent again.
"""

import logging
import smtplib
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from celery import current_app
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from digests import emails, picks
from digests.models import Delivery, Issue
from members import quiet
from members.mail import waiting_for_letter
from members.models import Notice, Profile, User

log = logging.getLogger(__name__)
State = Delivery.State

LONDON = ZoneInfo("Europe/London")
THURSDAY, AT = 3, time(7, 30)
# A site that never had a letter does not make up for last Thursday's.
FIRST_WITHIN = timedelta(hours=1)
TOO_LATE = timedelta(days=14)
PUT_OFF = timedelta(minutes=15)
BATCH = 50


# --- When -------------------------------------------------------------------------------------------------------------


def latest_due(now: datetime) -> datetime:
    """The last Thursday, half past seven in London, that has been."""
    local = now.astimezone(LONDON)
    day = local.date() - timedelta(days=(local.weekday() - THURSDAY) % 7)
    due = datetime.combine(day, AT, LONDON)
    return due if due <= local else datetime.combine(day - timedelta(days=7), AT, LONDON)


def tick(*, clock=timezone.now) -> None:
    """Begin the letter that should have begun by now, and send what waits. Any number may tick at once."""
    now = clock()
    due = latest_due(now)
    if Issue.objects.gone().exists() or now - due <= FIRST_WITHIN:
        begin(due_at=due, now=now)
    for issue in Issue.objects.being_sent():
        drain(issue, clock=clock)


@transaction.atomic
def begin(*, due_at: datetime, now: datetime, prepared: int | None = None) -> Issue | None:
    """Let the prepared letter go to everybody who wants it.

    None where there is nothing to begin: one is being sent, one for this moment or a later one has gone, or the letter
    `prepared` (its key, as the staff's page showed it) is no longer the one being prepared.
    """
    draft = Issue.objects.next_draft()
    issue = Issue.objects.select_for_update().filter(pk=draft.pk, state=Issue.State.DRAFT).first()
    if issue is None or prepared not in {None, issue.pk}:
        return None
    if Issue.objects.being_sent().exists() or Issue.objects.filter(due_at__gte=due_at).exists():
        return None
    issue.start(due_at=due_at)
    Delivery.objects.bulk_create(Delivery(issue=issue, member=reader, due_at=now) for reader in readers())
    return issue


def readers():
    """Members in good standing who said yes to the letter."""
    return User.objects.current().filter(profile__weekly_letter=True)


def wake() -> None:
    """Nudge a worker; without Valkey the letter waits for the next beat."""
    try:
        current_app.send_task("digests.tasks.tick", retry=False, expires=55)
    except OperationalError as error:
        log.warning("No worker could be told about the letter (%s): the next beat finds it.", type(error).__name__)


# --- Sending ----------------------------------------------------------------------------------------------------------


def drain(issue: Issue, *, clock=timezone.now) -> None:
    """Send what waits of one issue, over one connection for each batch, until nothing waits or the relay is away."""
    issue.deliveries.give_up_lost(clock())
    next_one = partial(start_next, issue)
    while issue.deliveries.due(clock()).exists() and send_batch(next_one, clock):
        pass
    issue.finish(now=clock())


def send_batch(next_one, clock):
    """Send over one connection what `next_one(now=)` gives: pairs of what is being delivered and its mail.

    Answers whether it makes sense to go on with the next batch.
    """
    relay = get_connection()
    try:
        # Before any row starts: a relay that is away leaves no row in doubt.
        relay.open()
        for _ in range(BATCH):
            delivery, mail = next_one(now=clock())
            if delivery is None:
                return False
            if mail and not _hand_over(delivery, mail, relay, clock):
                return False
        return True
    except OSError as error:
        log.warning("The mail relay does not answer: %s", error.__class__.__name__)
        return False
    finally:
        relay.close()


@transaction.atomic
def start_next(issue: Issue, *, now: datetime):
    """Claim the next member, look again whether they still want and may have the letter, and write it.

    Returns (delivery, mail): mail is None when this member's row has ended without one; both are None at the end.
    Once this is committed the mail may leave at any moment, and only its worker may still tell what became of it.
    """
    waiting = issue.deliveries.due(now).select_related("member__profile", "issue").order_by("due_at", "pk")
    delivery = waiting.select_for_update(of=["self"], skip_locked=True).first()
    if delivery is None:
        return None, None
    reason = reason_against(delivery, now)
    if reason:
        delivery.end(State.SKIPPED, reason, now=now)
        return delivery, None
    morning = quiet.awake_at(now, delivery.member)
    if morning > now:
        delivery.put_off("Night", until=morning)
        return delivery, None
    return delivery, _write(delivery, now)


def reason_against(delivery: Delivery, now: datetime) -> str:
    member = delivery.member
    if not member.is_member:
        return "No longer a member"
    if not member.profile.weekly_letter:
        return "Said no to the letter"
    if member.is_on_break(now):
        return "Takes a break"
    if now - delivery.issue.due_at > TOO_LATE:
        return "Too late"
    return ""


def _write(delivery, now):
    """The mail, with the row marked as being sent; None where there is nothing new, or where it cannot be written."""
    member = delivery.member
    stories, *rest = found = picks.new_for(member, before=delivery.issue.due_at)
    waiting = waiting_for_letter(member)
    if not any(found) and not waiting:
        delivery.end(State.SKIPPED, Delivery.NOTHING_NEW, now=now)
        return None
    try:
        with transaction.atomic():
            letter = emails.letter(member, delivery.issue, stories, *rest, waiting=waiting)
    except Exception as error:
        # One story that cannot be rendered must not hold up everybody else. Its words stay out of the log.
        log.error("Letter %s cannot be written: %s", delivery.pk, error.__class__.__name__)
        delivery.end(State.FAILED, f"Cannot be written: {error.__class__.__name__}"[:60], now=now)
        return None
    delivery.start(stories, now=now)
    if waiting:
        Notice.objects.for_letter(member).tell_in_letter()
    return letter


def _hand_over(delivery, mail, relay, clock):
    """One conversation with the relay; answers whether it can be asked for the next one."""
    try:
        relay.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refused:
        return _judge(delivery, next(iter(refused.recipients.values()))[0], clock())
    except smtplib.SMTPResponseException as refused:
        return _judge(delivery, refused.smtp_code, clock())
    except smtplib.SMTPServerDisconnected:
        delivery.end(State.UNKNOWN, "The connection was lost.", now=clock())
        return False
    except (smtplib.SMTPException, ValueError) as unsendable:
        delivery.end(State.FAILED, f"Cannot be sent: {unsendable.__class__.__name__}"[:60], now=clock())
        return True
    except OSError:
        delivery.end(State.UNKNOWN, "The connection was lost.", now=clock())
        return False
    delivery.end(State.SENT, now=clock())
    return True


def _judge(delivery, code, now):
    """What the relay said: 4xx is "not now", 5xx is "never"; after 421 it hangs up."""
    if code >= 500:
        delivery.end(State.FAILED, f"The relay refused it: {code}", now=now)
    else:
        delivery.put_off(f"The relay put it off: {code}", until=now + PUT_OFF)
    return code != 421


# --- Who wants it -----------------------------------------------------------------------------------------------------


def leave(public_id: str) -> None:
    """No more letters to this member. Doing it twice, or for somebody who is gone, changes nothing."""
    Profile.objects.filter(public_id=public_id).update(weekly_letter=False)


def choose(member: User, *, wants: bool) -> None:
    """The member's own answer to "Send me the weekly letter?"."""
    Profile.objects.filter(user=member).update(weekly_letter=wants)
