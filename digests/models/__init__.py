from digests.models.handling import Glimpse, Handling
from digests.models.letters import Claim, Delivery, DeliveryQuerySet, Issue, IssueQuerySet
from digests.models.subscribers import Subscriber, Subscription
from digests.models.wishes import Wishes

__all__ = [
    "Claim",
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
