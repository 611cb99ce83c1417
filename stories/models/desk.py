"""What stands between a moderator and a story that waits: their turns, and the questions they put to tellers."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.story import Story


class QuestionQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("said_at", "pk").select_related("moderator")


class Question(models.Model):
    """One line between a moderator and a teller while the story waits. The teller's own lines carry no name at all."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="questions")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="questions_asked"
    )
    from_teller = models.BooleanField(default=False)
    text = models.TextField()
    said_at = models.DateTimeField()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["story", "said_at"], name="questions_of_a_story")]

    def __str__(self):
        return gettext("A question to a teller")


class Duty(models.Model):
    """What a moderator takes part in. Without a row: both, but administrators read first only if they say so."""

    moderator = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duty")
    reads_first = models.BooleanField(_("takes a turn as first reader"), default=True)
    daily_mail = models.BooleanField(_("gets the mail at eight"), default=True)

    class Meta:
        verbose_name_plural = "duties"

    def __str__(self):
        return gettext("Duty of %(moderator)s") % {"moderator": self.moderator}


class FirstReading(models.Model):
    """Who reads a sent story first, and by when its teller hears back. Any other moderator may still decide."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="first_reading")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="first_readings"
    )
    assigned_at = models.DateTimeField()
    due_at = models.DateTimeField()

    def __str__(self):
        return gettext("A first reading")

    @property
    def is_overdue(self):
        return self.due_at < timezone.now()


class DailyMail(models.Model):
    """The mail of one morning to one moderator, claimed before it is written, so that two beats send it once."""

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="daily_mails")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["moderator", "day"], name="one_mail_a_morning_and_moderator")]

    def __str__(self):
        return gettext("Mail of %(day)s") % {"day": self.day}
