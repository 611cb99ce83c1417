"""What a member tries, written down for themselves: not a contribution (`Experiment`), which others read."""

from datetime import time, timedelta
from textwrap import shorten

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import User, people_parted_from
from networks.models import Coalition, Membership
from networks.models.coalition import new_key
from practices.models import Practice
from stories.models.choices import Outcome
from stories.models.story import Story

REMIND_AT = time(7)
TITLE_LENGTH = 80


class Decision(models.TextChoices):
    CARRY_ON = "carry_on", _("Carry on")
    CHANGE = "change", _("Change it and try again")
    STOP = "stop", _("Stop")


# How a story that it becomes begins to answer "Where is it now?"; its teller sees the answer and may change it.
OUTCOMES = {Decision.CARRY_ON: Outcome.GOING, Decision.STOP: Outcome.STOPPED}


class AttemptQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Their own. Nobody opens another's, staff and superusers included."""
        return self.filter(member=user.pk) if getattr(user, "is_member", False) else self.none()

    def shared_with(self, user):
        """What others let a group read that this member is in, as long as both are in it and no block parts them."""
        if not getattr(user, "is_member", False):
            return self.none()
        sharing = Membership.objects.now().filter(member=OuterRef("member"), coalition=OuterRef("coalition"))
        groups = Coalition.objects.joined_by(user)
        shared = self.filter(Exists(sharing), coalition__in=groups.values("pk"), member__in=User.objects.current())
        parted = people_parted_from(user)
        return shared.exclude(member=user.pk).exclude(member__in=[] if parted is None else parted)

    def visible_to(self, user):
        """The one rule for who may open which: its member, and one group where they chose so."""
        own, shared = self.model.objects.editable_by(user), self.model.objects.shared_with(user)
        return self.filter(Q(pk__in=own.values("pk")) | Q(pk__in=shared.values("pk")))

    def for_listing(self):
        return self.select_related("member", "practice", "coalition")

    def due_for_reminding(self, now):
        """The morning has come on which they wanted to look again, and they have not said yet how it goes on."""
        at = timezone.localtime(now)
        last = at.date() if at.time() >= REMIND_AT else at.date() - timedelta(days=1)
        return self.filter(look_again_date__lte=last, reminded_at=None, decision="")


class Attempt(models.Model):
    """A private log of one thing tried: what is expected, when to stop, what happened."""

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    practice = models.ForeignKey(
        Practice, null=True, blank=True, on_delete=models.SET_NULL, related_name="attempts", editable=False
    )
    # The one group that reads it too; empty: nobody does.
    coalition = models.ForeignKey(Coalition, null=True, blank=True, on_delete=models.SET_NULL, related_name="attempts")
    story = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="attempts", editable=False
    )
    step = models.TextField(_("What is the smallest step that you could take?"))
    expects = models.TextField(_("What do you expect to happen?"))
    noticed = models.TextField(_("What did you notice that made you want to try?"), blank=True)
    stop_if = models.TextField(_("What would make you stop at once?"), blank=True)
    look_again_date = models.DateField(_("On which day do you want to look again?"), null=True, blank=True)
    happened = models.TextField(_("What happened, including what went badly?"), blank=True)
    decision = models.CharField(_("What now?"), max_length=10, choices=Decision, blank=True)
    # Why words that our check stopped at can stay, where a group reads them.
    may_stay = models.CharField(max_length=300, blank=True)
    form_key = models.CharField(max_length=40, null=True, editable=False)
    begun_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["member", "-begun_at", "-id"], name="attempts_newest_first"),
            models.Index(
                fields=["look_again_date"], condition=Q(reminded_at=None, decision=""), name="attempts_to_look_at"
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["member", "form_key"], name="one_attempt_a_form")]

    def __str__(self):
        return gettext("An attempt")

    def get_absolute_url(self):
        return reverse("attempts:attempt", args=[self.key])

    @property
    def title(self):
        """Its first line, cut between words where it has any."""
        line = self.step.strip().splitlines()[0]
        short = shorten(line, TITLE_LENGTH, placeholder=" …")
        return line[:TITLE_LENGTH] if short == "…" else short

    @property
    def told(self):
        """Pairs of a question and what is written there, without what is empty."""
        names = ("noticed", "step", "expects", "stop_if", "happened")
        return [(self._meta.get_field(name).verbose_name, text) for name in names if (text := getattr(self, name))]

    @property
    def as_story(self):
        """What is written here, as the words of a story: nothing is typed twice, and nothing is reworded."""
        return {
            "tried": gettext("%(step)s\n\nWhat I expected: %(expects)s") % {"step": self.step, "expects": self.expects},
            "happened": self.happened,
            "outcome": OUTCOMES.get(self.decision, ""),
        }
