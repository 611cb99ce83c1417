"""How members come into a coalition that is not open: they ask, or are invited."""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import User, people_parted_from
from networks.models.coalition import Coalition, Membership

STANDS = timedelta(days=14)
AGAIN_AFTER = timedelta(days=90)


def new_token():
    return secrets.token_urlsafe(24)


class JoinRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answer="", taken_back_at=None)

    def shown_to(self, user):
        """Those that wait, to the convenors of their coalition. A block keeps both out of each other's sight: whoever
        asked learns nothing of it, and another convenor may answer."""
        if not getattr(user, "is_member", False):
            return self.none()
        convened = Membership.objects.convenors().filter(member=user, coalition__in=Coalition.objects.going_on())
        rows = self.waiting().filter(coalition__in=convened.values("coalition"), member__in=User.objects.current())
        parted = people_parted_from(user)
        return rows if parted is None else rows.exclude(member__in=parted)


class JoinRequest(models.Model):
    """A member would like to join; the convenors read what they wrote, and nobody else."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="requests")
    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="join_requests")
    questions = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    answers = ArrayField(models.TextField(), default=list, blank=True)
    may_stay = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # By whoever asked, before anybody answered: what they wrote goes with it.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coalition", "member"], name="one_request_a_member"),
            models.CheckConstraint(condition=Q(answer="") | Q(answered_at__isnull=False), name="an_answer_has_its_day"),
        ]

    def __str__(self):
        return gettext("A request to join")

    @property
    def waits(self):
        return not self.answer and self.taken_back_at is None

    @property
    def pairs(self):
        return list(zip(self.questions, self.answers, strict=False))

    @property
    def again_at(self):
        """Not before then, after a no."""
        return self.answered_at + AGAIN_AFTER


class CoalitionInvitationQuerySet(models.QuerySet):
    def standing(self):
        """Not used, not taken back, not too old, into one that goes on."""
        current = Q(invited_by__in=User.objects.current())
        return self.filter(current, ended_at=None, expires_at__gt=Now(), coalition__in=Coalition.objects.going_on())

    def standing_for(self, user):
        """Whoever holds the link: it opens for the member, or for the address, that it was made for."""
        addresses = EmailAddress.objects.filter(user=user, verified=True).values(lower=Lower("email"))
        rows = self.standing().filter(Q(member=user) | Q(email__in=addresses))
        parted = people_parted_from(user)
        return rows if parted is None else rows.exclude(invited_by__in=parted)


class CoalitionInvitation(models.Model):
    """A convenor asks one member, or one address, in. It is used once."""

    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    member = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="invited_to")
    email = models.EmailField(blank=True)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="coalition_invitations")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # Used, or taken back: the address goes, the row stays to count.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CoalitionInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email="") | Q(member=None), name="an_invitation_is_for_a_member_or_an_address"
            ),
            models.UniqueConstraint(
                fields=["coalition", "email"],
                condition=Q(ended_at=None) & ~Q(email=""),
                name="one_open_invitation_an_address",
            ),
            models.UniqueConstraint(
                fields=["coalition", "member"],
                condition=Q(ended_at=None, member__isnull=False),
                name="one_open_invitation_a_member",
            ),
        ]

    def __str__(self):
        return gettext("An invitation to a coalition")
