"""A moderator takes words out of a story for good: they stand in no version of it afterwards."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext
from wagtail.log_actions import log

from stories import emails, scrubbing, search
from stories.actions.ground import CannotDecide, lock, tells
from stories.models import Story


@transaction.atomic
def redact(story, *, passage, kind, reason, by, now):
    """Take the passage out of the live story, its draft, every version, log and mail. It cannot be brought back.

    The teller is told what kind of words went and why, never the words. Raises CannotDecide where they do not stand.
    """
    row = lock(story)
    if tells(by, row):
        raise CannotDecide(gettext("This is your own story: change it on its own page."))
    if not scrubbing.story(row, passage):
        raise CannotDecide(gettext("These words do not stand in the story."))
    # Whoever has it open in a window must not save the old words back unseen.
    Story.objects.filter(pk=row.pk).update(edit_number=F("edit_number") + 1)
    row = lock(story)
    search.refresh(row)
    log(instance=row, action="stories.redact", user=by, timestamp=now, data={"kind": kind, "reason": reason})
    emails.words_taken_out(row, kind=kind, reason=reason, now=now)
    return row
