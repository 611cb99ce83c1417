"""What this room keeps about people."""

from digests.models import Delivery, Issue, Subscriber, Subscription
from members.privacy import by_hand, delete, goes_with, nobody, register, table
from members.privacy.telling import cells


def _subscriptions(copy):
    """Asked for by the member's own address, without the account."""
    asked = Subscription.objects.with_words().filter(subscriber__address__in=copy.addresses)
    return [cells(one, ["kind", "a", "b", "place", "asked_at", "confirmed_at"], copy) for one in asked.order_by("pk")]


register(
    Delivery,
    member=delete(),
    words=goes_with("member"),
    export=table("Letters to you", "member", ["issue", "state", "finished_at"]),
)
register(
    Subscriber,
    address=delete("whoever closes their account hears no more from us at that address"),
    export=table("Your address among readers without an account", "address", ["address"]),
)
register(
    Subscription, words=goes_with("subscriber"), export=by_hand("What you asked to hear of by mail", _subscriptions)
)
nobody("what staff write at the head of a letter", Issue)
