"""A teller's wish to be reminded of a draft."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from stories.models.story import Story


class ReminderQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(due_at__lte=now).order_by("due_at", "pk")


class Reminder(models.Model):
    """One mail, once, about a story that is still being written. The row goes when the mail does."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="reminders")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="story_reminders")
    due_at = models.DateTimeField(db_index=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "member"], name="one_reminder_a_story_and_member")]

    def __str__(self):
        return gettext("A reminder")
