"""What stands between a moderator and a story that waits: the questions they put to its teller."""

from django.conf import settings
from django.db import models

from stories.models.story import Story


class QuestionQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("said_at", "pk").select_related("moderator")


class Question(models.Model):
    """One line between a moderator and a teller while the story waits. The teller's own lines carry no name at all."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="questions")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="questions_asked"
    )
    from_teller = models.BooleanField(default=False)
    text = models.TextField()
    said_at = models.DateTimeField()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["story", "said_at"], name="questions_of_a_story")]

    def __str__(self):
        return "A question to a teller"
