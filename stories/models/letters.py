"""Writing to the teller of an unnamed story: that they take letters, and the conversation that began with one."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from networks.models import Conversation
from stories.models.choices import Byline
from stories.models.story import Story


class Letterbox(models.Model):
    """The teller lets members write to them; they answer without their name."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="letterbox")
    opened_at = models.DateTimeField()

    def __str__(self):
        return gettext("A letterbox")


class TellerConversation(models.Model):
    """Which story a conversation began with. The conversation itself knows nothing of it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="teller_conversations")
    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="teller_conversation")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="teller_conversations"
    )
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "begun_by"], name="one_conversation_a_story_and_member")
        ]

    def __str__(self):
        return gettext("A conversation with a teller")


def takes_letters():
    """For a query of stories that somebody reads: whether a member may write to whoever told it."""
    open_ = Letterbox.objects.filter(story=OuterRef("pk"), story__author__isnull=False, story__source_url="")
    return Exists(open_.exclude(story__byline=Byline.NAME))
