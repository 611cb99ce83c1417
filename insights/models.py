"""What is kept of numbers that were looked at together."""

import secrets

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse

from stories.models import Quotation, Story

EVERYBODY = AnonymousUser()


def new_key():
    """Of a link that nobody can guess."""
    return secrets.token_urlsafe(16)


class EvidencePack(models.Model):
    """Public stories counted on one day, for whoever holds the link.

    The numbers stand still. Stories and words are kept by key alone, and shown only as everybody may read them now.
    """

    LIMITS = (
        "Only public stories are counted. What members told each other is not in here.",
        "It was told, not measured: people chose what to tell, and nobody checked it. A hunch is not a measurement.",
        "It does not say how often something works, or how often it happens elsewhere.",
        "It counts stories, not people. No number is about who told them or whom they support.",
    )

    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    title = models.CharField(max_length=100)
    # As the form asked: slugs by the names of its fields.
    query = models.JSONField(default=dict)
    counts = models.JSONField()
    frozen_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="evidence_packs"
    )
    stories = models.ManyToManyField(Story, related_name="evidence_packs")
    quotations = models.ManyToManyField(Quotation, related_name="evidence_packs")

    class Meta:
        ordering = ["-frozen_at", "-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("evidence:pack", args=[self.key])

    def shown_stories(self):
        """Those that everybody may still read, newest first."""
        public = Story.objects.public().filter(pk__in=self.stories.values("pk"))
        return public.for_listing().newest_first()

    def shown_words(self):
        """Quotations with their stories: their tellers still say yes, everybody may still read them, and the story
        still says them."""
        public = Story.objects.public()
        allowed = Quotation.objects.readable_by(EVERYBODY).filter(evidence_packs=self, story__in=public.values("pk"))
        found = {words.pk: words for words in allowed.newest_first()}
        stories = {
            story.pk: story for story in public.filter(pk__in=[one.story_id for one in found.values()]).for_listing()
        }
        for words in found.values():
            words.story = stories[words.story_id]
        return [words for words in found.values() if words.still_said]
