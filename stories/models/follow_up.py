"""What happened since: the teller's own follow-ups of a live story."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.choices import Outcome, PeriodPart
from stories.models.contribution import Contribution
from stories.models.story import Story
from stories.models.telling import shown_period

WORDS = ("", _("A month"), _("Two months"), _("Three months"), _("Four months"), _("Five months"), _("Six months"))
MONTH = 30.44  # days


class FollowUp(Contribution):
    """What happened since, and where it is now: the newest one says where the story is."""

    kind = "follow-up"
    words = ("text", "outcome", "period_part", "period_year")

    text = models.TextField(_("What has happened since?"))
    outcome = models.CharField(_("Where is it now?"), max_length=10, choices=Outcome)
    period_part = models.CharField(_("Since when?"), max_length=5, choices=PeriodPart, blank=True)
    period_year = models.PositiveSmallIntegerField(_("Which year?"))

    class Meta(Contribution.Meta):
        verbose_name = "follow-up"

    @property
    def shown_period(self):
        """Since when, as coarse as the story's own period must be."""
        return shown_period(self, sensitive=self.story.is_sensitive)

    @property
    def where_it_is_now(self):
        return gettext("%(outcome)s, since %(shown_period)s") % {
            "outcome": self.get_outcome_display(),
            "shown_period": self.shown_period,
        }

    @property
    def now_line(self):
        return gettext("Where is it now? %(where_it_is_now)s") % {"where_it_is_now": self.where_it_is_now}

    @property
    def heading(self):
        """ "Six months on"; never a day."""
        first = self.story.first_published_at
        months = round((self.created_at - first).days / MONTH) if first else 0
        if months < 1:
            return gettext("Soon after")
        if months < len(WORDS):
            return gettext("%(value)s on") % {"value": WORDS[months]}
        if months < 12:
            return gettext("More than six months on")
        years = months // 12
        return gettext("A year on") if years == 1 else gettext("%(years)s years on") % {"years": years}

    @property
    def told(self):
        return [(gettext("What has happened since?"), self.text), (gettext("Where is it now?"), self.where_it_is_now)]


class FollowUpReminder(models.Model):
    """The one mail that asks a teller what happened since, claimed before it is written."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="follow_up_reminder")
    claimed_at = models.DateTimeField()

    def __str__(self):
        return gettext("A reminder to tell what happened since")
