"""What this room keeps about people."""

from django.utils.translation import gettext_lazy as _

from digests.models import Claim, Delivery, Glimpse, Handling, Issue, Subscriber, Subscription, Wishes
from members.privacy import by_hand, delete, goes_with, nobody, not_told, register, table, unlink
from members.privacy.telling import cells


def _subscriptions(copy):
    """Asked for by the member's own address, without the account."""
    asked = Subscription.objects.with_words().filter(subscriber__address__in=copy.addresses)
    return [cells(one, ["kind", "a", "b", "place", "asked_at", "confirmed_at"], copy) for one in asked.order_by("pk")]


register(
    Delivery,
    member=delete(),
    words=goes_with("member"),
    export=table(_("Letters to you"), "member", ["issue", "state", "reason", "address", "finished_at"]),
)
register(
    Wishes,
    member=delete(),
    words=goes_with("member"),
    export=table(_("How you want the weekly letter"), "member", ["rhythm", "weekday", "at", "content_free", "since"]),
)
register(
    Handling,
    by=unlink(_("what staff did about a letter stays as long as the letter, without who did it")),
    words=goes_with("delivery"),
    export=not_told("what staff do about others' letters"),
)
register(
    Glimpse,
    member=delete(),
    by=unlink(_("that somebody looked stays as long as the account, without who it was")),
    export=table(_("When staff looked at your letters"), "member", ["at", "of"]),
)
register(
    Subscriber,
    address=delete(_("whoever closes their account hears no more from us at that address")),
    words=goes_with("address"),
    export=table(_("Your address among readers without an account"), "address", ["address", "language"]),
)
register(
    Subscription, words=goes_with("subscriber"), export=by_hand(_("What you asked to hear of by mail"), _subscriptions)
)
nobody(_("which rows a worker sends now, by their numbers, until it has told what became of each"), Claim)
nobody(_("what staff write at the head of a letter"), Issue)
