from digests.models.handling import Glimpse, Handling
from digests.models.letters import Delivery, DeliveryQuerySet, Issue, IssueQuerySet
from digests.models.subscribers import Subscriber, Subscription
from digests.models.wishes import Wishes

__all__ = [
    "Delivery",
    "DeliveryQuerySet",
    "Glimpse",
    "Handling",
    "Issue",
    "IssueQuerySet",
    "Subscriber",
    "Subscription",
    "Wishes",
]
