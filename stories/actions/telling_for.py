"""Staff type a story in its teller's words: it is nobody's until its teller takes it, and gone if they do not."""

from django.db import transaction

from members.models import User
from stories.actions.ground import lock
from stories.actions.inviting import begin_asking
from stories.models import Asking, Edit, Story
from stories.models.together import ASKED_FOR


@transaction.atomic
def tell_for(*, email, answers, by, now, key):
    """Type a story for somebody, who is asked by mail to take it over. The same form sent twice begins one.

    Whoever typed it is in its edits only: never its author, and never who decides about it. Raises TooManyAskings.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    begun = by.askings.filter(what=Asking.What.TELL, story__jot_key=key).first() if key else None
    if begun:
        return begun
    story = Story(author=None, created_at=now, edit_number=1, jot_key=key, **answers)
    story.save()
    story.save_revision(user=User.objects.teller(), clean=False)
    Edit.objects.create(story=story, member=by, edit_number=1, saved_at=now)
    return begin_asking(story, email=email, what=Asking.What.TELL, by=by, now=now)


@transaction.atomic
def drop_told_for(asking, *, by, now):
    """Whoever typed it thinks better of it: the story that nobody took is deleted. Too late once it is taken."""
    _delete_untaken(asking)


def clear_askings(*, now):
    """Delete what was typed for somebody who did not take it, and the addresses of links that ended; returns how many.

    The asking for a yes stays until its author takes it back: no silence may stand for one.
    """
    untaken = Asking.objects.filter(what=Asking.What.TELL, ended_at=None).exclude(pk__in=Asking.objects.in_time(now))
    count = sum(_delete_untaken(asking) for asking in untaken.select_related("story"))
    old = Asking.objects.to_write().filter(created_at__lte=now - ASKED_FOR)
    return count + old.exclude(what=Asking.What.LIVED, ended_at=None).delete()[0]


@transaction.atomic
def _delete_untaken(asking):
    row = lock(asking.story)
    if row.author_id or not row.askings.filter(pk=asking.pk, ended_at=None).exists():
        return False
    row.delete()
    return True
