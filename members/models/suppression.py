"""Addresses that no mail may go to, and what a mail provider said of mails."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SuppressionQuerySet(models.QuerySet):
    def of(self, address):
        return self.filter(address__iexact=address)


class Suppression(models.Model):
    """No more mail to this address: it does not exist, or whoever reads it called our mail unwanted.

    It belongs to the address, not to an account: an address that its owner changes is left behind with it.
    """

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("There is no such mailbox")
        COMPLAINED = "complained", _("Its reader marked our mail as unwanted")
        STAFF = "staff", _("Staff stopped it")

    address = models.EmailField()
    reason = models.CharField(max_length=10, choices=Reason)
    since = models.DateTimeField()

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("address"), name="one_suppression_an_address")]

    def __str__(self):
        return gettext("An address (%(reason)s)") % {"reason": self.reason}


class MailEvent(models.Model):
    """Something that a mail provider told about one mail, taken once however often it is told."""

    class Kind(models.TextChoices):
        BOUNCED = "bounced", _("Bounced")
        DEFERRED = "deferred", _("Put off")
        COMPLAINED = "complained", _("Marked as unwanted")
        DELIVERED = "delivered", _("Delivered")
        REJECTED = "rejected", _("Rejected")

    provider = models.CharField(max_length=30)
    event_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.EmailField(blank=True)
    message_id = models.CharField(max_length=200, blank=True, db_index=True)
    happened_at = models.DateTimeField()
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="a_mail_event_once")]

    def __str__(self):
        return f"{self.provider}: {self.kind}"
