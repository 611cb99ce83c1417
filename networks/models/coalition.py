"""Coalitions: members who gather around one thing, and what hangs on their board."""

import secrets

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from members.models import User, people_parted_from
from networks.models.conversation import FORMER, Conversation
from practices.models import Boundary, Place


def new_key():
    """An address that counts nothing and names nobody."""
    return secrets.token_urlsafe(12)


class Joining(models.TextChoices):
    OPEN = "open", "Any member can join"
    REQUEST = "request", "Members ask, a convenor answers"
    INVITED = "invited", "By invitation only"
    HIDDEN = "hidden", "By invitation only, and nobody else knows of it"


# Nobody but their members learns that the others exist.
SHOWN = [Joining.OPEN, Joining.REQUEST]


class CoalitionQuerySet(models.QuerySet):
    def joined_by(self, user):
        """What lists "yours" show, and the one rule for who reads inside: members of it, as long as they are."""
        if not getattr(user, "is_member", False):
            return self.none()
        return self.filter(pk__in=Membership.objects.now().filter(member=user).values("coalition"))

    def visible_to(self, user):
        """The one rule for who learns that it exists. Staff are no exception."""
        if not getattr(user, "is_member", False):
            return self.none()
        own = Membership.objects.now().filter(member=user, coalition=OuterRef("pk"))
        return self.filter(Q(joining__in=SHOWN) | Exists(own))

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

    objects = CoalitionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-gathered_at", "-id"], name="coalitions_newest_first")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("coalitions:coalition", args=[self.key])


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
        return "A membership"


class BoardNoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Members of its coalition, without what those wrote from whom a block parts them."""
        rows = self.filter(coalition__in=Coalition.objects.joined_by(user))
        parted = people_parted_from(user)
        return rows if parted is None else rows.exclude(author__isnull=False, author__in=parted)


class BoardNotice(models.Model):
    """What a member put on a coalition's board, for the others in it."""

    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="notices")
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="board_notices")
    text = models.TextField(blank=True)
    may_stay = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    # The form's own: the same form sent twice is one notice.
    form_key = models.CharField(max_length=40)

    objects = BoardNoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "form_key"], name="one_notice_a_form")]
        indexes = [models.Index(fields=["coalition", "-said_at", "-id"], name="notices_of_a_coalition")]

    def __str__(self):
        return "A notice"

    @property
    def by(self):
        return str(self.author) if self.author else FORMER
