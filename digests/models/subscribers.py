"""Readers without an account who asked for new stories by mail."""

import secrets
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from digests.models.letters import Delivery
from practices.models import Boundary, Crossing, Place

A_WEEK = timedelta(days=7)
LOOK_AGAIN = timedelta(hours=6)
# A mailbox that refuses this many mails in a row, a week apart, is gone.
MOST_REFUSED = 3


def new_key():
    return secrets.token_urlsafe(15)


class SubscriberQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(due_at__lte=now).order_by("due_at", "pk")

    def without_subscriptions(self):
        return self.filter(subscriptions=None)


class Subscriber(models.Model):
    """An address, the language of its mails, and nothing else. Gets one mail a week at most, with what is new in all
    that they asked for."""

    address = models.EmailField()
    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    heard_to = models.DateTimeField(null=True, blank=True, help_text=_("When the last thing they were sent opened."))
    due_at = models.DateTimeField(null=True, blank=True, db_index=True, help_text=_("Empty until they have confirmed."))
    # That of the page on which they confirmed; empty: the first language of the site.
    language = models.CharField(max_length=10, blank=True, default="", db_default="")
    refused_count = models.PositiveSmallIntegerField(default=0)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("address"), name="one_subscriber_an_address")]

    def __str__(self):
        return gettext("A subscriber")

    def start(self, news, *, now):
        """Their week is taken before the relay hears of it: a mail whose fate nobody knows is never sent again."""
        self._before = self.heard_to
        self._change(heard_to=news.opened, due_at=now + A_WEEK)

    def look_again(self, *, now):
        """Nothing is new."""
        self._change(due_at=now + LOOK_AGAIN)

    def put_off(self, reason, *, until):
        """The relay said "not now": they have heard nothing yet."""
        self._change(heard_to=self._before, due_at=until)

    def end(self, state, reason="", *, now):
        """What became of the mail, in the words of a letter's delivery."""
        if state == Delivery.State.SENT:
            self._change(refused_count=0)
        elif state == Delivery.State.FAILED and self.refused_count + 1 >= MOST_REFUSED:
            self.delete()
        elif state == Delivery.State.FAILED:
            self._change(refused_count=self.refused_count + 1)

    def _change(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self):
        return self.exclude(confirmed_at=None)

    def unconfirmed_since(self, moment):
        return self.filter(confirmed_at=None, asked_at__lt=moment)

    def with_words(self):
        return self.select_related("a", "b", "place")


class Subscription(models.Model):
    """What they asked for: one crossing, one place with its parts, reports, or everything that opens to everybody.

    Counts once they have confirmed it by mail.
    """

    class Kind(models.TextChoices):
        CROSSING = "crossing", _("new stories between two services")
        PLACE = "place", _("new stories from one place")
        REPORTS = "reports", _("new reports")
        LETTER = "letter", _("the public letter")

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    kind = models.CharField(max_length=8, choices=Kind)
    a = models.ForeignKey(
        Boundary, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions_on_one_side"
    )
    b = models.ForeignKey(
        Boundary, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions_on_the_other"
    )
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions")
    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "a", "b"], name="a_crossing_once_a_subscriber"),
            models.UniqueConstraint(fields=["subscriber", "place"], name="a_place_once_a_subscriber"),
            models.UniqueConstraint(
                fields=["subscriber", "kind"], condition=Q(a=None, place=None), name="a_list_once_a_subscriber"
            ),
            models.CheckConstraint(
                condition=Q(kind="crossing", a__isnull=False, b__isnull=False, place=None)
                | Q(kind="place", a=None, b=None, place__isnull=False)
                | Q(kind__in=["reports", "letter"], a=None, b=None, place=None),
                name="a_subscription_is_to_what_its_kind_says",
            ),
        ]

    def __str__(self):
        return gettext("A subscription")

    @staticmethod
    def to(about):
        """The fields that hold a crossing, a place, or a kind that is about all."""
        if isinstance(about, Crossing):
            return {"kind": Subscription.Kind.CROSSING, "a": about.a, "b": about.b}
        return {"kind": Subscription.Kind.PLACE, "place": about} if isinstance(about, Place) else {"kind": about}

    @property
    def about(self):
        """A crossing, a place, or the kind itself."""
        if self.kind == self.Kind.CROSSING:
            return Crossing.of(self.a, self.b)
        return self.place or self.Kind(self.kind)

    def join_its_double(self):
        """Two became one by a merge: it counts once either was confirmed."""
        double = self.subscriber.subscriptions.exclude(pk=self.pk).get(a=self.a, b=self.b)
        if self.confirmed_at and not double.confirmed_at:
            double.confirm(now=self.confirmed_at)
        self.delete()

    def confirm(self, *, now):
        self.confirmed_at = now
        self.save(update_fields=["confirmed_at"])
