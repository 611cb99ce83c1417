"""What a member wants to find again: stories they keep for later, and what they follow. Only they ever know."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from practices.models import Boundary, Crossing
from stories.models.story import Story


class Kept(models.Model):
    """A member keeps a story for later."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_stories")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="keepings")
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "kept"
        constraints = [models.UniqueConstraint(fields=["member", "story"], name="one_keeping_a_member_and_story")]

    def __str__(self):
        return gettext("A kept story")


OF_STORY = Q(story__isnull=False, a=None, b=None, query="")
OF_CROSSING = Q(story=None, a__isnull=False, b__isnull=False, query="")
OF_SEARCH = Q(story=None, a=None, b=None) & ~Q(query="")


class Follow(models.Model):
    """A member follows one thing: a story, a crossing or a search. News is what was published since `looked_at`."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    story = models.ForeignKey(Story, null=True, blank=True, on_delete=models.CASCADE, related_name="follows")
    a = models.ForeignKey(Boundary, null=True, blank=True, on_delete=models.CASCADE, related_name="follows_before")
    b = models.ForeignKey(Boundary, null=True, blank=True, on_delete=models.CASCADE, related_name="follows_after")
    query = models.CharField(max_length=1000, blank=True)
    followed_at = models.DateTimeField()
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=OF_STORY | OF_CROSSING | OF_SEARCH, name="a_follow_is_of_one_thing"),
            models.UniqueConstraint(fields=["member", "story"], condition=OF_STORY, name="one_follow_a_story"),
            models.UniqueConstraint(fields=["member", "a", "b"], condition=OF_CROSSING, name="one_follow_a_crossing"),
            models.UniqueConstraint(fields=["member", "query"], condition=OF_SEARCH, name="one_follow_a_search"),
        ]

    def __str__(self):
        return gettext("A follow")

    def double(self):
        """Another one by the same member of the same thing."""
        same = {"story": self.story_id, "a": self.a_id, "b": self.b_id, "query": self.query}
        return Follow.objects.filter(member=self.member_id, **same).exclude(pk=self.pk).first()

    def join_its_double(self):
        """Two became one by a merge: nothing that was news for either is lost."""
        double = self.double()
        double.looked_at = min(double.looked_at, self.looked_at)
        double.save(update_fields=["looked_at"])
        self.delete()

    @property
    def crossing(self):
        return Crossing.of(self.a, self.b) if self.a else None
