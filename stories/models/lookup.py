"""Who asked who told an unnamed story, and why."""

import secrets

from django.conf import settings
from django.db import models

from stories.models.story import Story


def new_lookup_key():
    return secrets.token_urlsafe(24)


class LookUp(models.Model):
    """A moderator was shown who told an unnamed story. Kept for ever, without the name that was shown."""

    story = models.ForeignKey(Story, null=True, on_delete=models.SET_NULL, related_name="look_ups")
    slug = models.CharField(max_length=16)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="look_ups"
    )
    reason = models.TextField()
    key = models.CharField(max_length=40, unique=True)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return "A look-up"
