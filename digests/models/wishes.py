"""How a member wants the weekly letter."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from digests import when


class Wishes(models.Model):
    """Rhythm, day and hour, and how much the mail may show. Whether they want it at all is `Profile.weekly_letter`.

    A member without a row gets it each Thursday at half past seven, in their own zone.
    """

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("Every week")
        FORTNIGHTLY = "fortnightly", _("Every two weeks")
        MONTHLY = "monthly", _("Once a month")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="letter_wishes"
    )
    rhythm = models.CharField(max_length=11, choices=Rhythm, default=Rhythm.WEEKLY)
    fortnight = models.PositiveSmallIntegerField(default=0, help_text=_("Which of two weeks (`when.fortnight_of`)."))
    weekday = models.PositiveSmallIntegerField(choices=Weekday, default=when.THURSDAY)
    at = models.TimeField(default=when.AT)
    content_free = models.BooleanField(_("without any words of stories in the mail"), default=False)
    # Nothing that was due before they said so comes after all.
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lt=7), name="letters_come_on_a_day_of_the_week"),
            models.CheckConstraint(condition=Q(fortnight__lt=2), name="a_fortnight_has_two_weeks"),
        ]

    def __str__(self):
        return gettext("%(rhythm)s letter") % {"rhythm": self.rhythm}
