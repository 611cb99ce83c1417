"""Readers without an account: they ask for what is new, confirm by mail, hear at most once a week, leave.

As with the letter PostgreSQL is the queue and the truth: `tell` may run as often and as many at once as it likes.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from design import languages
from digests import batches, news, reader_mails
from digests.models import Subscriber, Subscription
from members import quiet, suppressing
from members.models import Notice
from practices.models import Crossing, Place

log = logging.getLogger(__name__)

# One address is written to about one page once in an hour, and about so many pages a day.
QUIET = timedelta(hours=1)
ASKED_A_DAY = 5
UNCONFIRMED_LAST = timedelta(days=3)


# --- What they ask for ------------------------------------------------------------------------------------------------


@transaction.atomic
def subscribe(*, address: str, about: Crossing | Place | Subscription.Kind, now: datetime) -> None:
    """Ask this address to confirm. Who asks learns nothing: not whether it is known, nor whether a mail went out."""
    if suppressing.is_suppressed(address):
        return
    Subscriber.objects.bulk_create([Subscriber(address=address)], ignore_conflicts=True)
    subscriber = Subscriber.objects.select_for_update().get(address__iexact=address)
    subscription = subscriber.subscriptions.filter(**Subscription.to(about)).first()
    if subscription and (subscription.confirmed_at or subscription.asked_at > now - QUIET):
        return
    if subscriber.subscriptions.filter(asked_at__gt=now - timedelta(days=1)).count() >= ASKED_A_DAY:
        return
    subscription, _ = Subscription.objects.update_or_create(
        subscriber=subscriber, **Subscription.to(about), defaults={"asked_at": now}
    )
    reader_mails.ask_to_confirm(subscription, now=now)


@transaction.atomic
def confirm(key: str, *, now: datetime) -> bool:
    """From now on they hear of what is new there. Doing it twice changes nothing; False when it is no longer there."""
    subscription = Subscription.objects.filter(key=key).select_related("subscriber").first()
    if subscription is None:
        return False
    if subscription.confirmed_at is None:
        subscription.confirm(now=now)
        # Not when it was asked for: anybody may enter any address.
        Subscriber.objects.filter(pk=subscription.subscriber_id).update(language=languages.of_page())
        Subscriber.objects.filter(pk=subscription.subscriber_id, due_at=None).update(due_at=now)
    return True


@transaction.atomic
def leave(key: str) -> None:
    """No more of these mails, and no address. Doing it twice, or long after, changes nothing."""
    subscriber = Subscriber.objects.filter(key=key).first()
    if subscriber:
        forget(subscriber.address)


def forget(address: str) -> None:
    """The address and the mails that asked it: somebody left, or it is to be left alone (`members.suppressing`)."""
    Notice.objects.filter(kind=reader_mails.CONFIRM, to__iexact=address).delete()
    Subscriber.objects.filter(address__iexact=address).delete()


def name_of(key: str) -> str:
    """What a list is called in a mail; empty where it is not named, or no longer there."""
    subscription = Subscription.objects.filter(key=key).with_words().first()
    return reader_mails.named(subscription.about) if subscription else ""


@transaction.atomic
def leave_one(key: str) -> None:
    """No more of this one list; with the last of them the address goes. Doing it twice changes nothing."""
    subscription = Subscription.objects.filter(key=key).select_related("subscriber").first()
    if subscription is None:
        return
    subscriber = Subscriber.objects.select_for_update().get(pk=subscription.subscriber_id)
    subscription.delete()
    if not subscriber.subscriptions.exists():
        leave(subscriber.key)


@transaction.atomic
def clear(*, now: datetime) -> None:
    """Forget who never confirmed, with the mail that asked them."""
    before = now - UNCONFIRMED_LAST
    Notice.objects.filter(kind=reader_mails.CONFIRM, created_at__lt=before).delete()
    Subscription.objects.unconfirmed_since(before).delete()
    Subscriber.objects.without_subscriptions().delete()


# --- What they hear ---------------------------------------------------------------------------------------------------


def tell(*, clock=timezone.now) -> None:
    """Write to everybody who is due and for whom there is something new. Any number may do so at once."""
    while Subscriber.objects.due(clock()).exists() and batches.send_batch(start_next, clock):
        pass


@transaction.atomic
def start_next(*, now: datetime):
    """Claim the next subscriber who is due, look for what is new and may be read by anybody now, and write it.

    Returns (subscriber, mail): mail is None where nothing is new; both are None at the end.
    """
    if quiet.awake_at(now) > now:
        return None, None
    subscriber = Subscriber.objects.due(now).select_for_update(skip_locked=True).first()
    if subscriber is None:
        return None, None
    found = news.news_for(subscriber)
    mail = _written(subscriber, found) if found else None
    if mail is None:
        subscriber.look_again(now=now)
        return subscriber, None
    subscriber.start(found, now=now)
    return subscriber, mail


def _written(subscriber, found):
    try:
        with transaction.atomic():
            return reader_mails.news(subscriber, found)
    except Exception as error:
        # One story that cannot be rendered must not hold up everybody else. Its words stay out of the log.
        log.error("What is new cannot be written to a subscriber: %s", error.__class__.__name__)
        return None
