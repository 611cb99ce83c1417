"""Other words that a moderator suggests; they stand in the story only once its teller has said yes."""

import difflib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from stories.models.story import Story

# What a moderator may suggest other words for: the texts that readers see.
SUGGESTIBLE = (
    "title",
    "summary",
    "noticed",
    "flex",
    "tried",
    "who_with",
    "happened",
    "shift_thinking",
    "shift_behaviour",
    "shift_ground",
    "evidence_note",
    "why_it_matters",
    "surprise",
    "advice",
    "help_wanted",
    "content_note",
)


class SuggestionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(answered_at=None)


class Suggestion(models.Model):
    """One text of a story as it stands and as a moderator suggests it; the teller says yes or no, or nothing."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="suggestions")
    field = models.CharField(max_length=30, choices=[(name, name) for name in SUGGESTIBLE])
    before = models.TextField()
    after = models.TextField()
    reason = models.TextField()
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="suggestions_made"
    )
    suggested_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story"], condition=models.Q(answered_at=None), name="one_open_suggestion_a_story"
            )
        ]

    def __str__(self):
        return gettext("A suggestion")

    @property
    def question(self):
        return str(Story._meta.get_field(self.field).verbose_name)

    @property
    def changes(self):
        """Pieces of the text: what stays ("same"), what would go ("del") and what would come ("ins"), in order."""
        before, after = _words(self.before), _words(self.after)
        pieces = []
        for change, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if change == "equal":
                pieces.append(("same", "".join(before[a:b])))
                continue
            pieces += [
                (kind, text) for kind, text in [("del", "".join(before[a:b])), ("ins", "".join(after[c:d]))] if text
            ]
        return pieces


def _words(text):
    """Words with the space that follows them, so that joined they are the text again."""
    return [word for part in text.splitlines(keepends=True) for word in part.replace(" ", " \0").split("\0") if word]
