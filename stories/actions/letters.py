"""Writing to the teller of an unnamed story, who chose that, and stays unnamed."""

from datetime import timedelta

from django.db import transaction

from members.models import User
from networks.actions import conversations
from stories.actions.ground import Closed, NotAMember, lock
from stories.models import Letterbox, Story, TellerConversation
from stories.models.letters import takes_letters

MOST_A_DAY = 3


class TooManyLetters(Exception):
    """This member has begun as many conversations with tellers today as one can mean."""


@transaction.atomic
def set_letters(story, wish, *, by, now):
    """Whether members may write to the teller. What has begun goes on."""
    row = lock(story)
    if wish:
        Letterbox.objects.get_or_create(story=row, defaults={"opened_at": now})
    else:
        Letterbox.objects.filter(story=row).delete()


@transaction.atomic
def write_to_teller(story, *, text, form_key, by, now):
    """The conversation of this member with the teller, begun by this message or there before.

    The same whatever stands between the two: a block by name would tell whose story it is. Raises NotAMember, Closed,
    TooManyLetters, and Closed of conversations where the member or the teller has left it.
    """
    User.objects.hold(by)
    row = lock(story)
    if not by.is_member:
        raise NotAMember
    takes = Story.objects.readable_by(by).filter(takes_letters(), pk=row.pk).exists()
    if not takes or Story.objects.editable_by(by).filter(pk=row.pk).exists():
        raise Closed
    begun = row.teller_conversations.filter(begun_by=by).select_related("conversation").first()
    if begun is None:
        lately = TellerConversation.objects.filter(begun_by=by, begun_at__gt=now - timedelta(days=1))
        if lately.count() >= MOST_A_DAY:
            raise TooManyLetters
        conversation = conversations.open([by, row.author], masked={row.author: row.teller}, now=now)
        begun = TellerConversation.objects.create(story=row, conversation=conversation, begun_by=by, begun_at=now)
    conversations.say(begun.conversation, text=text, by=by, now=now, form_key=form_key)
    return begun.conversation
