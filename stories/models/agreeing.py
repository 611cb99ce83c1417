"""Consent has an expiry: that a story's tellers were asked whether it may stay."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from stories.models.story import Story

LASTS = timedelta(days=365)  # unless the author chooses another day
NEAR = timedelta(days=14)
SILENCE = timedelta(days=30)  # after the asking on the day itself; then the story is hidden


class ConsentAskingQuerySet(models.QuerySet):
    def owed(self, *, now, today):
        """Stories whose next asking is due. The clock of the last step is the asking before it, not the calendar:
        whoever was never written to is not hidden."""
        asked = self.filter(story=OuterRef("pk"), review_date=OuterRef("review_date"))
        near, day, silent = (Exists(asked.filter(step=step)) for step in ConsentAsking.Step.values)
        long_ago = Exists(asked.filter(step=ConsentAsking.Step.DAY, asked_at__lte=now - SILENCE))
        owed = Q(review_date__gt=today, review_date__lte=today + NEAR) & ~near
        owed |= Q(review_date__lte=today) & (~day | (long_ago & ~silent))
        return Story.objects.filter(owed, live=True, source_url="")


class ConsentAsking(models.Model):
    """The tellers of a story were asked whether it may stay: a claim, one for each date and step."""

    class Step(models.TextChoices):
        NEAR = "near", _("Before the day")
        DAY = "day", _("On the day")
        SILENT = "silent", _("Hidden: nobody answered")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="consent_askings")
    review_date = models.DateField()
    step = models.CharField(max_length=10, choices=Step)
    asked_at = models.DateTimeField()

    objects = ConsentAskingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "review_date", "step"], name="asked_once_a_step")]

    def __str__(self):
        return self.get_step_display()

    @classmethod
    def next_step(cls, story, *, now, today):
        """The step that this story is owed now, or None."""
        if not (story.live and story.review_date) or story.is_retold:
            return None
        done = dict(story.consent_askings.filter(review_date=story.review_date).values_list("step", "asked_at"))
        if today < story.review_date:
            near = story.review_date - today <= NEAR and cls.Step.NEAR not in done
            return cls.Step.NEAR if near else None
        if cls.Step.DAY not in done:
            return cls.Step.DAY
        silent = done[cls.Step.DAY] <= now - SILENCE and cls.Step.SILENT not in done
        return cls.Step.SILENT if silent else None
