"""Words that the check for what could identify somebody points at, and that stay in a story all the same."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stories.models.story import Story


class StayingWord(models.Model):
    """Why a word that the check found stays in a story: its teller's answer, or that a moderator has read it.

    The word itself is not kept here, only a key made of it (`recognising.key_of`). It stands beside the story's
    revisions: the same word in a later version is not asked about again.
    """

    class Why(models.TextChoices):
        NOT_REAL = "not_real", _("It is not a real detail")
        REAL = "real", _("It is real, and it can stay")
        READ = "read", _("A moderator read it and let it stay")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="staying_words")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    why = models.CharField(max_length=10, choices=Why)
    reason = models.CharField(max_length=200, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="staying_words"
    )
    said_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "kind", "key"], name="one_answer_a_word"),
            models.CheckConstraint(condition=~Q(why="real") | ~Q(reason=""), name="what_is_real_stays_for_a_reason"),
        ]

    def __str__(self):
        return self.get_why_display()
