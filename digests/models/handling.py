"""What staff did about single letters, and whose letters they looked at."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from digests.models.letters import Delivery


class Handling(models.Model):
    """Staff have dealt with a letter that failed or is in doubt. Should it fail again, it counts anew."""

    class What(models.TextChoices):
        SEEN = "seen", "Marked as seen"
        AGAIN = "again", "Sent again"

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="handlings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=5, choices=What)
    reason = models.CharField(max_length=300, blank=True, help_text="Why a letter in doubt was sent again.")

    class Meta:
        indexes = [models.Index(fields=["delivery", "-at"], name="handlings_of_a_letter")]

    def __str__(self):
        return self.get_what_display()


class Glimpse(models.Model):
    """Somebody on the staff looked at what a member's next letter would be, or at what became of their letters."""

    class Of(models.TextChoices):
        NEXT = "next", "Their next letter, as far as staff may read it"
        HISTORY = "history", "Which letters they got, and why not the others"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letter_glimpses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    of = models.CharField(max_length=7, choices=Of)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="glimpses_newest")]

    def __str__(self):
        return self.get_of_display()


def unhandled(deliveries):
    """Those that staff should look at and nobody has since they ended."""
    handled = Handling.objects.filter(delivery=models.OuterRef("pk"), at__gte=models.OuterRef("finished_at"))
    return deliveries.in_trouble().filter(~Q(models.Exists(handled)))
