"""What nobody is shown but with a reason, logged and once: who told an unnamed story, and the words of a draft."""

from django.db import IntegrityError, transaction

from stories import emails
from stories.models import LookUp, Story


class ShownAlready(Exception):
    """This form has been answered: whoever wants to see it again gives a reason again."""


class NoSuchDraft(Exception):
    """No draft has this address: it is live, gone, with a moderator, or was never there."""


@transaction.atomic
def look_up(story, *, reason, key, by, now):
    """Logs who asked, when and why, tells the administrators, and gives those who tell it. Raises ShownAlready.

    The log row comes first: no answer leaves without it.
    """
    _log(story, LookUp.What.TELLER, reason=reason, key=key, by=by, now=now)
    together = [coauthor.member for coauthor in story.coauthors.current().select_related("member")]
    return [teller for teller in [story.author, *together] if teller]


@transaction.atomic
def open_draft(slug, *, reason, key, by, now):
    """For an administrator: the draft with its newest words, whoever tells it. Logged as `look_up` is, and no more
    shows who told it than any page does. Raises NoSuchDraft, ShownAlready."""
    drafts = Story.objects.filter(live=False, withdrawn_at=None)
    story = drafts.exclude(pk__in=Story.objects.in_moderation().values("pk")).filter(slug=slug).first()
    if story is None:
        raise NoSuchDraft
    _log(story, LookUp.What.DRAFT, reason=reason, key=key, by=by, now=now)
    return story.get_latest_revision_as_object()


def log_reported(target, *, reason, key, by, now):
    """A moderator is about to read what was said between members and reported. Raises ShownAlready."""
    _log(None, LookUp.What.REPORTED, slug=target.key, reason=reason, key=key, by=by, now=now)


def _log(story, what, *, reason, key, by, now, slug=""):
    said = {"what": what, "reason": reason, "key": key}
    try:
        with transaction.atomic():
            LookUp.objects.create(story=story, slug=slug or story.slug, asked_by=by, asked_at=now, **said)
    except IntegrityError:
        raise ShownAlready from None
    emails.looked_up(what, by=by, now=now)
