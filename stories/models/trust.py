"""Tellers whose stories may go live before a moderator has read them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from stories.models.story import Story


class TrustEnd(models.Model):
    """A moderator wants this teller's stories read before anybody else reads them, as a newcomer's are."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="trust_end")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="trust_ends_decided"
    )
    ended_at = models.DateTimeField()

    def __str__(self):
        return gettext("An end of trust")


class PublishedFirstQuerySet(models.QuerySet):
    def to_be_read(self):
        return self.filter(read_at=None)


class PublishedFirst(models.Model):
    """A version that went live before a moderator had read it: to be read, then read."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="published_firsts")
    version = models.BigIntegerField()
    published_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="stories_read_after"
    )

    objects = PublishedFirstQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story"], condition=models.Q(read_at=None), name="one_version_of_a_story_to_be_read"
            )
        ]

    def __str__(self):
        return gettext("A story that went live first")
