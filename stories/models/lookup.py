"""Who asked for what nobody is shown: who told an unnamed story, or the words of a draft; and why."""

import secrets

from django.conf import settings
from django.db import models

from stories.models.story import Story


def new_lookup_key():
    return secrets.token_urlsafe(24)


class LookUp(models.Model):
    """Somebody was shown who told an unnamed story, a draft, or what was reported. Kept for ever, without it."""

    class What(models.TextChoices):
        TELLER = "teller", "who told the story"
        DRAFT = "draft", "the words of the draft"
        REPORTED = "reported", "what was reported between members"

    what = models.CharField(max_length=10, choices=What, default=What.TELLER)
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
