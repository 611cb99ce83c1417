"""What happened since: the teller's own follow-ups of a live story."""

from django.db import models

from stories.models.choices import Outcome, PeriodPart
from stories.models.contribution import Contribution
from stories.models.story import Story
from stories.models.telling import shown_period

WORDS = ("", "A month", "Two months", "Three months", "Four months", "Five months", "Six months")
MONTH = 30.44  # days


class FollowUp(Contribution):
    """What happened since, and where it is now: the newest one says where the story is."""

    kind = "follow-up"
    words = ("text", "outcome", "period_part", "period_year")

    text = models.TextField("What has happened since?")
    outcome = models.CharField("Where is it now?", max_length=10, choices=Outcome)
    period_part = models.CharField("Since when?", max_length=5, choices=PeriodPart, blank=True)
    period_year = models.PositiveSmallIntegerField("Which year?")

    class Meta(Contribution.Meta):
        verbose_name = "follow-up"

    @property
    def shown_period(self):
        """Since when, as coarse as the story's own period must be."""
        return shown_period(self, sensitive=self.story.is_sensitive)

    @property
    def where_it_is_now(self):
        return f"{self.get_outcome_display()}, since {self.shown_period}"

    @property
    def now_line(self):
        return f"Where is it now? {self.where_it_is_now}"

    @property
    def heading(self):
        """ "Six months on"; never a day."""
        first = self.story.first_published_at
        months = round((self.created_at - first).days / MONTH) if first else 0
        if months < 1:
            return "Soon after"
        if months < len(WORDS):
            return f"{WORDS[months]} on"
        if months < 12:
            return "More than six months on"
        years = months // 12
        return "A year on" if years == 1 else f"{years} years on"

    @property
    def told(self):
        return [("What has happened since?", self.text), ("Where is it now?", self.where_it_is_now)]


class FollowUpReminder(models.Model):
    """The one mail that asks a teller what happened since, claimed before it is written."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="follow_up_reminder")
    claimed_at = models.DateTimeField()

    def __str__(self):
        return "A reminder to tell what happened since"
