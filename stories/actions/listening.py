"""What readers may say to a story: its teller's choice, and thanks, which hold no words."""

from django.db import transaction

from stories.actions.ground import Closed, NotAMember, lock, still_reads
from stories.models import Responding, Story, Thanks


@transaction.atomic
def set_listening(story, *, responding, organisations_may_respond, by, now):
    """Whether members and organisations may respond: at once, both ways."""
    row = lock(story)
    row.responding, row.organisations_may_respond = responding, organisations_may_respond
    row.save(update_fields=["responding", "organisations_may_respond"])
    return row


@transaction.atomic
def thank(story, *, kinds, named, by, now):
    """These thanks of this member, and no others: what they gave before and left out now is taken back.

    Raises NotAMember, or Closed where the teller takes no responses, or where it is their own story.
    """
    row = lock(story)
    if not by.is_member:
        raise NotAMember
    given = Thanks.objects.filter(story=row, member=by)
    given.exclude(kind__in=kinds).delete()
    if not kinds:
        return row
    own = Story.objects.editable_by(by).filter(pk=row.pk)
    if not row.live or row.hidden_at or row.responding != Responding.OPEN or own.exists():
        raise Closed
    if not still_reads(by, row):
        raise Closed
    given.update(named=named, role=by.profile.role)
    known = set(given.values_list("kind", flat=True))
    Thanks.objects.bulk_create(
        Thanks(
            story=row,
            member=by,
            kind=kind,
            named=named,
            role=by.profile.role,
            audience=row.audience,
            coalition_id=row.coalition_id,
            created_at=now,
        )
        for kind in kinds
        if kind not in known
    )
    return row
