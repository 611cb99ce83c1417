"""Coalitions: members who gather around one thing, and what hangs on their board."""

import secrets
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import User, people_parted_from
from networks.models.conversation import FORMER, Conversation
from practices.models import Boundary, Place


def new_key():
    """An address that counts nothing and names nobody."""
    return secrets.token_urlsafe(12)


class Joining(models.TextChoices):
    OPEN = "open", _("Any member can join")
    REQUEST = "request", _("Members ask, a convenor answers")
    INVITED = "invited", _("By invitation only")
    HIDDEN = "hidden", _("By invitation only, and nobody else knows of it")


# Nobody but their members learns that the others exist.
SHOWN = [Joining.OPEN, Joining.REQUEST]
LISTED_AFTER_CLOSING = timedelta(days=30)


class CoalitionQuerySet(models.QuerySet):
    def joined_by(self, user):
        """What lists "yours" show, and the one rule for who reads inside: members of it, as long as they are."""
        if not getattr(user, "is_member", False):
            return self.none()
        own = Membership.objects.now().filter(member=user)
        return self.filter(taken_down_at=None, pk__in=own.values("coalition"))

    def visible_to(self, user):
        """The one rule for who learns that it exists: those in it; of one that is open or answers requests any member;
        and whoever is invited, as long as that stands. Staff are no exception."""
        if not getattr(user, "is_member", False):
            return self.none()
        own = Membership.objects.now().filter(member=user, coalition=OuterRef("pk"))
        invitations = self.model._meta.get_field("invitations").related_model.objects.standing_for(user)
        going_on = Q(joining__in=SHOWN) | Q(pk__in=invitations.values("coalition"))
        return self.filter(Exists(own) | Q(closed_at=None) & going_on, taken_down_at=None)

    def going_on(self):
        return self.filter(closed_at=None, taken_down_at=None)

    def listed(self, now):
        """Closed ones stay in their members' list for a while; their pages stay."""
        return self.filter(Q(closed_at=None) | Q(closed_at__gt=now - LISTED_AFTER_CLOSING))

    def for_listing(self):
        return self.prefetch_related("boundaries", "places")


class Coalition(models.Model):
    """Members gathered around one thing. It is theirs: staff read no more of it than any other member."""

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=80)
    purpose = models.TextField()
    joining = models.CharField(max_length=8, choices=Joining, default=Joining.OPEN)
    boundaries = models.ManyToManyField(Boundary, blank=True, related_name="coalitions")
    places = models.ManyToManyField(Place, blank=True, related_name="coalitions")
    # Why words that our check stopped at can stay.
    may_stay = models.CharField(max_length=300, blank=True)
    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="coalition")
    gathered_at = models.DateTimeField()
    # What a convenor asks of whoever would like to join, and what everybody in it has agreed to.
    questions = ArrayField(models.CharField(max_length=200), default=list, blank=True, size=3)
    agreements = models.TextField(blank=True)
    # By a convenor: its members read on, and nobody says anything more. By a moderator: nobody reads it.
    closed_at = models.DateTimeField(null=True, blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)

    objects = CoalitionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-gathered_at", "-id"], name="coalitions_newest_first")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("coalitions:coalition", args=[self.key])

    @property
    def goes_on(self):
        return self.closed_at is None and self.taken_down_at is None

    def close(self, *, now):
        self.closed_at = now
        self.save(update_fields=["closed_at"])
        self.conversation.close(now=now)

    def uphold(self, *, by, now, reason):
        """A moderator agrees with whoever reported it: it ends for everybody, its conversation too."""
        self.taken_down_at = now
        self.save(update_fields=["taken_down_at"])
        self.conversation.seats.taken().update(left_at=now, draft="")


class MembershipQuerySet(models.QuerySet):
    def now(self):
        return self.filter(left_at=None)

    def convenors(self):
        """Whoever can answer for it. Somebody whose account is closing cannot."""
        return self.now().filter(convenes=True, member__in=User.objects.current())

    def shown_to(self, user):
        """Without those whom a block parts from them: both stay, and neither meets the other."""
        parted = people_parted_from(user)
        current = self.now().filter(member__in=User.objects.current())
        return current if parted is None else current.exclude(member__in=parted)


class Membership(models.Model):
    """One member in a coalition, once, however often they leave and join again."""

    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    convenes = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    # By a convenor: there is no way back in by oneself.
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coalition", "member"], name="one_membership_a_member"),
            models.CheckConstraint(condition=Q(left_at=None) | Q(convenes=False), name="who_left_convenes_nothing"),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(left_at__isnull=False), name="who_is_removed_has_left"
            ),
        ]

    def __str__(self):
        return gettext("A membership")


class BoardNoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Members of its coalition, without what those wrote from whom a block parts them."""
        rows = self.filter(coalition__in=Coalition.objects.joined_by(user).values("pk"))
        parted = people_parted_from(user)
        return rows if parted is None else rows.exclude(author__isnull=False, author__in=parted)


class BoardNotice(models.Model):
    """What a member put on a coalition's board, for the others in it, until a moderator takes it away."""

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="notices")
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="board_notices")
    text = models.TextField(blank=True)
    may_stay = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True, blank=True)
    # The form's own: the same form sent twice is one notice.
    form_key = models.CharField(max_length=40)

    objects = BoardNoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "form_key"], name="one_notice_a_form")]
        indexes = [models.Index(fields=["coalition", "-said_at", "-id"], name="notices_of_a_coalition")]

    def __str__(self):
        return gettext("A notice")

    @property
    def by(self):
        return str(self.author) if self.author else FORMER

    def uphold(self, *, by, now, reason):
        """A moderator agrees with whoever reported it: its words go."""
        self.text, self.may_stay, self.taken_down_at = "", "", now
        self.save(update_fields=["text", "may_stay", "taken_down_at"])
