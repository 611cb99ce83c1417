"""What is kept about a story beside it: unfinished jots, who typed, who read."""

import secrets

from django.conf import settings
from django.db import models

from stories.models.story import Story


def new_key():
    return secrets.token_urlsafe(24)


class WaitingJot(models.Model):
    """A jot written signed out; waits a day for its writer to sign in."""

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    title = models.CharField(max_length=100)
    noticed = models.TextField(blank=True)
    created_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return "A jot"


class Edit(models.Model):
    """Who saved which version: kept by us, because Wagtail's own records carry the teller's account."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="edits")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="story_edits")
    edit_number = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "edit_number"], name="one_save_a_number")]

    def __str__(self):
        return f"Edit {self.edit_number}"


class Reading(models.Model):
    """A member opened a story, so that no letter brings it to them again."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="readings")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="readings")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "story"], name="one_reading_a_member_and_story")]

    def __str__(self):
        return "A reading"
