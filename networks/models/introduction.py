"""Two members who might want to know each other: asked for by one of them, or by somebody who knows both."""

import secrets
from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import Block, User
from networks.models.conversation import Conversation

LASTS = timedelta(days=21)
# Counted from the day that the asker was told the answer may take until, whatever was answered before it.
AGAIN_AFTER = timedelta(days=90)
MOST_OPEN = 3
SIX_WEEKS = timedelta(weeks=6)
ASK_UNTIL = timedelta(weeks=10)  # what was missed for a month is not made up for


def new_key():
    """An address that counts nothing and names nobody."""
    return secrets.token_urlsafe(12)


class IntroductionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The one rule for who may read it: whoever asked, and whoever it has reached.

        To whoever asked it looks the same whatever became of it, a block included, until it ends; met they are two
        members, who see nothing of each other behind a block.
        """
        if not getattr(user, "is_member", False):
            return self.none()
        own = Exists(Side.objects.filter(introduction=OuterRef("pk"), member=user))
        asked = Q(made_by=user) & (Q(met_at=None) | ~self._is_parted(user) | ~own)
        return self.filter(asked | Q(pk__in=self.reaching(user).values("pk")))

    def reaching(self, user):
        """Those that this member was asked about, or has met by: never one that was made over a block.

        Where the other one is suspended, or has closed their account and taken their side along, it is open no more.
        """
        sides = Side.objects.filter(introduction=OuterRef("pk"))
        there = sides.exclude(member=user).filter(member__in=User.objects.current())
        found = self.filter(Exists(sides.filter(member=user)), unheard=False).exclude(made_by=user)
        found = found.exclude(self._is_parted(user))
        open_ = Q(taken_back_at=None, taken_down_at=None, made_by__in=User.objects.current()) & Exists(there)
        return found.filter(Q(met_at__isnull=False) | open_)

    def waiting_for(self, user, *, now):
        """A yes, a no or nothing from this member would be an answer."""
        if not getattr(user, "is_member", False):
            return self.none()
        own = Side.objects.filter(introduction=OuterRef("pk"), member=user, answer=Side.Answer.NONE)
        return self.reaching(user).filter(Exists(own), met_at=None, answer_until__gt=now)

    @staticmethod
    def _is_parted(user):
        """Somebody whom it is about, or who made it, is behind a block from this member; staff are asked like all."""
        parted = Block.objects.parting(user)
        behind = Q(member__in=parted.values("blocked")) | Q(member__in=parted.values("blocker"))
        others = Side.objects.filter(introduction=OuterRef("pk")).exclude(member=user).filter(behind)
        maker = (Q(made_by__in=parted.values("blocked")) | Q(made_by__in=parted.values("blocker"))) & ~Q(made_by=user)
        return Exists(others) | maker

    def between(self, one, other):
        """About these two, whoever made it."""
        sides = Side.objects.filter(introduction=OuterRef("pk"))
        return self.filter(Exists(sides.filter(member=one)), Exists(sides.filter(member=other)))

    def made_and_open(self, member, *, now):
        """As the one who asked is told: until the day that was named, whatever was answered meanwhile."""
        return self.filter(made_by=member, met_at=None, answer_until__gt=now)

    def remembered(self, *, now):
        """Nobody is asked again while these stand."""
        return self.filter(answer_until__gt=now - AGAIN_AFTER)

    def with_sides(self):
        profile = "member__profile__"
        sides = Side.objects.select_related("member", f"{profile}role", f"{profile}place__parent").order_by("pk")
        return self.select_related("made_by", "conversation").prefetch_related(models.Prefetch("sides", sides))


class Introduction(models.Model):
    """Two sides, the reason, and until when they may answer. When both have said yes they have met."""

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="introductions_made")
    reason = models.TextField()
    may_stay = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    answer_until = models.DateTimeField()
    # It reaches nobody, and whoever made it is not told: they know each other, or one was asked about the other lately.
    unheard = models.BooleanField(default=False)
    met_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    # Claims of the beat: each once.
    ended_at = models.DateTimeField(null=True, blank=True)
    went_asked_at = models.DateTimeField(null=True, blank=True)
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="introductions"
    )

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["made_by", "-asked_at"], name="introductions_made"),
            models.Index(fields=["answer_until"], condition=Q(ended_at=None), name="introductions_to_end"),
        ]

    def __str__(self):
        return gettext("An introduction")

    def get_absolute_url(self):
        return reverse("introductions:introduction", args=[self.key])

    @property
    def asked_for_oneself(self):
        return any(side.member_id == self.made_by_id for side in self.sides.all())

    def side_of(self, member):
        return next((side for side in self.sides.all() if side.member_id == member.pk), None)

    def others_than(self, member):
        return [side for side in self.sides.all() if side.member_id != member.pk]

    def uphold(self, *, by, now, reason):
        """A moderator agrees with whoever reported it: it reaches nobody. To whoever asked it looks as before."""
        self.taken_down_at = now
        self.save(update_fields=["taken_down_at"])


class Side(models.Model):
    """One of the two, and their answer. Whoever asks for themselves has said yes by asking."""

    class Answer(models.TextChoices):
        NONE = "none", _("Nothing yet")
        YES = "yes", _("Yes")
        NO = "no", _("Not now")

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="sides")
    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="introduction_sides")
    # As whoever asked met them in the directory.
    known_as = models.CharField(max_length=200)
    answer = models.CharField(max_length=4, choices=Answer, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True, blank=True)
    # That they said how it went, never what.
    went_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["introduction", "member"], name="one_side_a_member")]

    def __str__(self):
        return gettext("A side")

    @property
    def described(self):
        """All that the other sees before both have said yes."""
        profile = self.member.profile
        role, place = profile.shown_to_members("role"), profile.shown_to_members("place")
        role = role.name if role else gettext("A frontline worker")
        return f"{role}, {place.region}" if place else role

    def say(self, answer, *, now):
        self.answer, self.answered_at = answer, now
        self.save(update_fields=["answer", "answered_at"])


class WentCountQuerySet(models.QuerySet):
    def count_one(self, answer):
        self.get_or_create(answer=answer)
        self.filter(answer=answer).update(number=F("number") + 1)


class WentCount(models.Model):
    """How introductions went after six weeks, as numbers: nobody can tell who said what."""

    class Went(models.TextChoices):
        TALKED = "talked", _("We talked")
        TRIED = "tried", _("We tried something")
        NOTHING = "nothing", _("Nothing yet")

    answer = models.CharField(max_length=10, choices=Went, unique=True)
    number = models.PositiveIntegerField(default=0)

    objects = WentCountQuerySet.as_manager()

    def __str__(self):
        return self.get_answer_display()
