"""What the teller is told by mail at each step: neutral subjects, no title, and a link that they can open."""

from django.conf import settings
from django.urls import reverse

from members import outbox
from stories.models import Audience


def story_sent(story, *, now):
    """A moderator has the story, or the edit of a live one."""
    _tell(story, "story_sent", now=now, hidden=story.hidden_at is not None)


def story_live(story, *, first_time, now):
    """The story, or its edit, went live. The first time a members' story brings the question whether to widen it."""
    ask_for_public = first_time and story.audience == Audience.MEMBERS
    _tell(story, "story_live", now=now, first_time=first_time, ask_for_public=ask_for_public)


def story_published_first(story, *, first_time, now):
    """The story, or the edit, of a trusted teller went live; a moderator reads it after."""
    _tell(story, "story_published_first", now=now, first_time=first_time)


def changes_asked(story, *, reason, now):
    """A moderator sent it back and says why."""
    _tell(story, "changes_asked", now=now, reason=reason)


def story_withdrawn(story, *, now):
    """The teller took it away; the proof that it happened."""
    _tell(story, "story_withdrawn", now=now)


def story_taken_down(story, *, reason, now):
    """A moderator took a published story away and says why."""
    _tell(story, "story_taken_down", now=now, reason=reason)


def question_asked(story, *, now):
    """A moderator asks something: the words stand on the draft's page, not in a mailbox."""
    _tell(story, "question_asked", now=now)


def question_answered(story, *, to, now):
    """The teller answered, or asked: whoever reads the story is told, without a word of it."""
    if to:
        _tell_moderator(to, "question_answered", now=now, review_url=_address("stories_staff:review", story))


def _tell_moderator(moderator, name, *, now, **context):
    outbox.compose(kind=f"moderation.{name}", template=f"stories/{name}", member=moderator, now=now, context=context)


def story_reminder(story, *, member, now):
    """Whoever asked for it is reminded that a draft waits."""
    context = {"draft_url": _address("stories:draft", story)}
    outbox.compose(
        kind="stories.story_reminder", template="stories/story_reminder", member=member, now=now, context=context
    )


def _tell(story, name, *, now, **context):
    """One mail to the author, if there still is one: an erased account gets none."""
    if story.author is None:
        return
    outbox.compose(
        kind=f"stories.{name}",
        template=f"stories/{name}",
        member=story.author,
        now=now,
        context={
            "live": story.live,
            "audience": story.get_audience_display(),
            "draft_url": _address("stories:draft", story),
            "story_url": _address("stories:story", story),
            "reach_url": _address("stories:reach", story),
            **context,
        },
    )


def _address(name, story):
    return settings.SITE_URL + reverse(name, args=[story.slug])
