"""What co-authors do beside writing: be named or not, and part."""

from django.db import transaction

from stories import emails, search
from stories.actions.ground import InModeration, lock


@transaction.atomic
def name_coauthor(coauthor, *, wish, by, now):
    """A co-author chooses whether readers see their name: away at once; on a live story there with its next version.

    Raises InModeration where a moderator who is reading would be shown less than is approved.
    """
    row = lock(coauthor.story)
    if wish and row.is_in_moderation:
        raise InModeration
    coauthor = row.coauthors.get(pk=coauthor.pk)
    coauthor.wants_name, coauthor.named = wish, wish and (coauthor.named or not row.live)
    coauthor.save(update_fields=["wants_name", "named"])
    search.refresh(row)
    return coauthor


@transaction.atomic
def part(coauthor, *, by, now):
    """The co-author leaves, or the author ends it: from now on the story is not theirs to see, and their name is gone.

    What they said about a version stands: a no is not undone by ending it. Doing it twice is doing it once.
    """
    row = lock(coauthor.story)
    coauthor = row.coauthors.select_related("member").get(pk=coauthor.pk)
    if coauthor.left_at is None:
        coauthor.left_at, coauthor.named, coauthor.wants_name = now, False, False
        coauthor.save(update_fields=["left_at", "named", "wants_name"])
        told = row.author if by.pk == coauthor.member_id else coauthor.member
        search.refresh(row)
        emails.parted(row, told=told, now=now)
    return row
