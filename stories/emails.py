"""What the teller is told by mail at each step: neutral subjects, no title, and a link that they can open."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from members import outbox
from members.models import User
from stories.models import Audience
from stories.models.agreeing import SILENCE
from stories.moderators import moderators

INVITATION = "stories.invitation"


def story_sent(story, *, now):
    """A moderator has the story, or the edit of a live one."""
    _tell(story, "story_sent", now=now, hidden=story.hidden_at is not None)


def story_live(story, *, first_time, now):
    """The story, or its edit, went live. The first time a members' story brings the question whether to widen it."""
    ask_for_public = first_time and story.audience == Audience.MEMBERS
    _tell(story, "story_live", now=now, first_time=first_time, ask_for_public=ask_for_public, left_open=story.left_open)


def story_published_first(story, *, first_time, now):
    """The story, or the edit, of a trusted teller went live; a moderator reads it after."""
    _tell(story, "story_published_first", now=now, first_time=first_time)


def changes_asked(story, *, now):
    """A moderator sent it back. Why stands on the story's own page: the reason may repeat the words that must go."""
    _tell(story, "changes_asked", now=now)


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


def story_held(story, *, now):
    """Somebody raised a concern, and the story is hidden until a moderator has read it."""
    _tell(story, "story_held", now=now)


def story_released(story, *, reason, now):
    """A moderator has read a concern and leaves the story as it is."""
    _tell(story, "story_released", now=now, reason=reason)


def concern_raised(concern, *, now):
    """Every moderator, the story's own teller among them if they are one: who is left out would be known by it. A worry
    about a person goes to the safeguarding address too."""
    url = settings.SITE_URL + reverse("stories_staff:concerns")
    published = concern.content_type_id is not None
    for moderator in moderators():
        _tell_moderator(moderator, "concern_raised", now=now, concerns_url=url, published=published)
    if concern.kind == concern.Kind.WORRIED and settings.SAFEGUARDING_EMAIL:
        outbox.compose(
            kind="moderation.concern_raised",
            template="stories/concern_raised",
            to=settings.SAFEGUARDING_EMAIL,
            now=now,
            context={"concerns_url": url, "published": published, "worried": True},
        )


def concern_read(contact, *, published, now):
    """Whoever left an address is told that a moderator has read what they wrote; not what was decided."""
    context = {"published": published}
    outbox.compose(
        kind="moderation.concern_read", template="stories/concern_read", to=contact, now=now, context=context
    )


def invitation(asking, *, now):
    """Somebody is asked to tell a story. The mail names nobody and nothing: others may read that mailbox."""
    name = "told_for" if asking.what == asking.What.TELL else "invitation"
    link = settings.SITE_URL + reverse("stories:invited", args=[asking.token])
    to = {"to": asking.email, "caused_by": None if asking.what == asking.What.TELL else asking.asked_by}
    outbox.compose(kind=INVITATION, template=f"stories/{name}", context={"link": link}, now=now, **to)


def coauthor_joined(story, *, now):
    """Somebody whom the author asked writes along."""
    _tell(story, "coauthor_joined", now=now, together_url=_address("stories:together", story))


def parted(story, *, told, now):
    """A co-author left, or their co-authorship was ended: the other one is told."""
    if told:
        _tell(story, "parted", now=now, to=told, is_author=told.pk == story.author_id)


def handed_on(story, *, now):
    """Its author closed their account and left it to who tells it with them: it is theirs now."""
    _tell(story, "handed_on", now=now)


def word_asked(story, *, told, now):
    """A person whose story it is too is asked to read the version that would be sent."""
    _tell(story, "word_asked", now=now, to=told, word_url=_address("stories:their_word", story))


def quote_asked(story, *, now):
    """Staff would like to quote them in a report: which words stands on the story’s own page, not in a mailbox."""
    _tell(story, "quote_asked", now=now, quotes_url=_address("stories:quotes", story))


def words_in_report(story, *, title, address, now):
    """A report shows their words, or the story: where, and how to take them back."""
    _tell(story, "words_in_report", now=now, title=title, address=address, quotes_url=_address("stories:quotes", story))


def words_in_pack(story, *, title, path, now):
    """Whoever has the link of an evidence pack reads their words: where, and how to take them back."""
    quotes_url = _address("stories:quotes", story)
    _tell(story, "words_in_pack", now=now, title=title, address=settings.SITE_URL + path, quotes_url=quotes_url)


def word_given(story, *, now):
    """They answered; what they said stands on the story's own page."""
    _tell(story, "word_given", now=now, together_url=_address("stories:together", story))


def consent_asked(story, *, step, told, now):
    """Whether a story may stay: before its day, on it, and when silence has hidden it."""
    if told:
        context = {"step": step, "until": story.review_date, "hidden_on": timezone.localdate(now + SILENCE)}
        again = _address("stories:agree_again", story)
        _tell(story, "consent_asked", now=now, to=told, again_url=again, **context)


def words_taken_out(story, *, kind, reason, now):
    """A moderator took words out of the story for good: what kind and why, never the words."""
    _tell(story, "words_taken_out", now=now, kind=kind.lower(), reason=reason)


def words_suggested(story, *, now):
    """A moderator suggests other words: which ones stands on the draft's page."""
    _tell(story, "words_suggested", now=now)


def suggestion_answered(story, *, to, now):
    if to and to.is_moderator:
        _tell_moderator(to, "suggestion_answered", now=now, review_url=_address("stories_staff:review", story))


def looked_up(what, *, by, now):
    """The administrators are told that somebody was shown who told an unnamed story, or a draft; who, and why, stands
    in the log."""
    log_url = settings.SITE_URL + reverse("stories_staff:look_ups")
    for admin in User.objects.current().filter(is_superuser=True, is_staff=True).exclude(pk=by.pk):
        _tell_moderator(admin, "looked_up", now=now, log_url=log_url, what=what, draft=what == "draft")


def _tell_moderator(moderator, name, *, now, **context):
    outbox.compose(kind=f"moderation.{name}", template=f"stories/{name}", member=moderator, now=now, context=context)


def story_reminder(story, *, member, now):
    """Whoever asked for it is reminded that a draft waits."""
    context = {"draft_url": _address("stories:draft", story)}
    outbox.compose(
        kind="stories.story_reminder", template="stories/story_reminder", member=member, now=now, context=context
    )


def _tell(story, name, *, now, to=None, **context):
    """One mail to the author, or to who tells it with them: an erased account gets none."""
    member = to or story.author
    if member is None:
        return
    outbox.compose(
        kind=f"stories.{name}",
        template=f"stories/{name}",
        member=member,
        now=now,
        context={
            "live": story.live,
            "audience": Audience(story.audience).label,
            "draft_url": _address("stories:draft", story),
            "story_url": _address("stories:story", story),
            "reach_url": _address("stories:reach", story),
            "public_url": _address("stories:make_public", story),
            **context,
        },
    )


def _address(name, story):
    return settings.SITE_URL + reverse(name, args=[story.slug])
