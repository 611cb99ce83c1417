"""A member vouches for somebody by inviting them."""

import secrets

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext

from members.models.user import User


def new_token():
    return secrets.token_urlsafe(24)


class InvitationQuerySet(models.QuerySet):
    def standing(self):
        """Those of members who are still in good standing."""
        return self.filter(invited_by__in=User.objects.current())

    def for_people(self, people):
        """Those that stand for any of these: by their address, or by the link that they followed."""
        return (
            self.standing()
            .annotate(lower_email=Lower("email"))
            .filter(Q(lower_email__in=[one.email for one in people]) | Q(taken_by__in=people))
        )

    def regretted(self):
        """For somebody who has been suspended since."""
        out = User.objects.filter(suspended_at__isnull=False)
        return self.filter(Q(taken_by__in=out) | Exists(out.filter(email__iexact=OuterRef("email"))))

    def unused(self):
        """Those that still open the sign-up."""
        return self.standing().filter(accepted_at=None)


class Invitation(models.Model):
    """A member's word for one address: needed where sign-up is by invitation, quicker where it is by approval."""

    email = models.EmailField()
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField()
    # Set when somebody signs up by the link, whatever address they give; accepted once that address is confirmed.
    taken_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations_taken"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), "invited_by", name="one_vouch_a_member_and_address")]

    def __str__(self):
        return gettext("Invitation by %(invited_by)s") % {"invited_by": self.invited_by}

    def take(self, *, by):
        """Somebody signs up by the link; it counts once their address is confirmed."""
        self.taken_by = by
        self.save(update_fields=["taken_by"])
