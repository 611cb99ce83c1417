"""A member vouches for somebody by inviting them."""

import secrets

from django.db import models
from django.db.models.functions import Lower

from members.models.user import User


def new_token():
    return secrets.token_urlsafe(24)


class Invitation(models.Model):
    """A member's word for one address: needed where sign-up is by invitation, quicker where it is by approval."""

    email = models.EmailField()
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), "invited_by", name="one_vouch_a_member_and_address")]

    def __str__(self):
        return f"Invitation by {self.invited_by}"
