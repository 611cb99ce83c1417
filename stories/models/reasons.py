"""Short reasons that staff keep, so that the tenth teller is told as kindly as the first."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShortReasonQuerySet(models.QuerySet):
    def for_use(self, use):
        return self.filter(use=use)


class ShortReason(models.Model):
    """Words that a moderator can begin a reason with, and change before the teller reads them."""

    class Use(models.TextChoices):
        CHANGES = "changes", _("Asking for changes")
        DOWN = "down", _("Taking a story down")

    use = models.CharField(_("offered when"), max_length=10, choices=Use)
    name = models.CharField(max_length=80, help_text=_("What moderators choose it by."))
    text = models.TextField(max_length=1000, help_text=_("What the teller reads. Say what to change and why."))
    position = models.PositiveSmallIntegerField(default=0, help_text=_("The order in the list."))

    objects = ShortReasonQuerySet.as_manager()

    class Meta:
        ordering = ["use", "position", "name"]
        constraints = [models.UniqueConstraint(fields=["use", "name"], name="one_short_reason_a_name")]

    def __str__(self):
        return self.name
