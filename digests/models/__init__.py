from digests.models.letters import Delivery, DeliveryQuerySet, Issue, IssueQuerySet
from digests.models.subscribers import Subscriber, Subscription

__all__ = ["Delivery", "DeliveryQuerySet", "Issue", "IssueQuerySet", "Subscriber", "Subscription"]
