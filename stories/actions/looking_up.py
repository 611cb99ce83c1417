"""The one way for a moderator to learn who told an unnamed story: with a reason, logged, shown once."""

from django.db import IntegrityError, transaction

from stories import emails
from stories.models import LookUp


class ShownAlready(Exception):
    """This form has been answered: whoever wants to see it again gives a reason again."""


@transaction.atomic
def look_up(story, *, reason, key, by, now):
    """Logs who asked, when and why, tells the administrators, and gives those who tell it. Raises ShownAlready.

    The log row comes first: no answer leaves without it.
    """
    try:
        with transaction.atomic():
            LookUp.objects.create(story=story, slug=story.slug, asked_by=by, reason=reason, key=key, asked_at=now)
    except IntegrityError:
        raise ShownAlready from None
    emails.looked_up(by=by, now=now)
    together = [coauthor.member for coauthor in story.coauthors.current().select_related("member")]
    return [teller for teller in [story.author, *together] if teller]
