"""What a story answers to a concern that somebody raised about it."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from members.models import Concern


class Questioned(models.Model):
    """While a concern about a sensitive story is unread it is held: hidden from everybody until a moderator decides."""

    concerns = GenericRelation(Concern)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_held(self):
        return self.held_at is not None

    def uphold(self, *, by, now, reason):
        """A moderator agrees with a concern: the story is taken down, and its author told why."""
        # Imported here: the ceremonies stand on the models.
        from stories import actions

        return actions.take_down(self, by=by, now=now, reason=reason)
