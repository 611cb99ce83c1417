"""What readers write back to a report."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import ReportPage


class LetterQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at=None).order_by("written_at", "pk")


class Letter(models.Model):
    """From anybody, without an account, to whoever writes reports. Once it is answered the address is forgotten."""

    class Wish(models.TextChoices):
        ANSWER = "answer", _("Write back to this report")
        QUOTE = "quote", _("Ask to quote a teller")

    report = models.ForeignKey(ReportPage, on_delete=models.CASCADE, related_name="letters")
    wish = models.CharField(max_length=10, choices=Wish)
    text = models.TextField()
    contact = models.EmailField(blank=True)
    written_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="letters_answered"
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(contact=""),
                name="an_answered_letter_has_no_address",
            )
        ]

    def __str__(self):
        return self.get_wish_display()

    def answer(self, *, by, now):
        self.answered_by, self.answered_at, self.contact = by, now, ""
        self.save(update_fields=["answered_by", "answered_at", "contact"])
