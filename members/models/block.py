"""One member wants nothing to do with another: neither meets the other here, except in public stories."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext


def new_key():
    """An address for the way back that counts nothing and names nobody."""
    return secrets.token_urlsafe(9)


class BlockQuerySet(models.QuerySet):
    def parting(self, user):
        """Those that stand between this user and somebody else, whoever of the two blocked."""
        return self.filter(Q(blocker_id=user.pk) | Q(blocked_id=user.pk))

    def stands_between(self, one, other):
        """Whoever of the two blocked. Either may be nobody."""
        if one is None or other is None:
            return False
        return self.parting(one).filter(Q(blocker_id=other.pk) | Q(blocked_id=other.pk)).exists()

    def newest_first(self):
        return self.order_by("-blocked_at", "-pk")


class Block(models.Model):
    """A member's own decision, in force both ways and known to them alone."""

    blocker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_by_others")
    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    # The name under which they met: what the other calls themselves later is nothing that a blocker should learn.
    known_as = models.CharField(max_length=200)
    blocked_at = models.DateTimeField()

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="one_block_a_pair"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="nobody_blocks_themselves"),
        ]

    def __str__(self):
        return gettext("A block")


def people_parted_from(user):
    """Everybody on the other side of a block from this user, as keys for a condition: one subquery over few rows.

    None for whoever reads as if there were none: visitors, who are not asked for, and staff. A block must not hide from
    a moderator what they may have to take down, nor tell anybody who works here that they were blocked. Nor is anybody
    asked for of whom it is known that there is nobody.
    """
    if not getattr(user, "is_member", False) or user.is_staff or user.is_behind_no_block:
        return None
    other = Case(When(blocker_id=user.pk, then=F("blocked_id")), default=F("blocker_id"))
    return Block.objects.parting(user).values(other=other)
