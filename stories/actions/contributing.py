"""What members add to a story, and what moderators decide about it.

Each ceremony locks the story's row first, where there is one: a practice page has none.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from members.models import Concern
from stories import contribution_emails as emails
from stories import search
from stories.actions.ground import CannotDecide, Closed, NotAMember, lock, still_reads
from stories.models import Audience, Experiment, FollowUp, OrganisationResponse, Responding, Response, Story, TrustEnd
from stories.models.contribution import SignedContribution

ENOUGH = 3  # approved stories and contributions, after which a member's words are shown at once
COUNTED = (FollowUp, Experiment, Response)


def is_newcomer(member):
    """Moderators let in fewer than three of their stories and contributions, or one of them ended the trust."""
    if TrustEnd.objects.filter(member=member).exists():
        return True
    told = Story.objects.filter(author=member, first_published_at__isnull=False)[:ENOUGH].count()
    for model in COUNTED:
        if told >= ENOUGH:
            break
        told += model.objects.added_by(member).live().filter(decided_by__isnull=False)[:ENOUGH].count()
    return told < ENOUGH


@transaction.atomic
def add(contribution, *, by, now):
    """Put a follow-up, an experiment or a response beside its story: at once, or once a moderator has read it.

    `contribution` is not saved yet. The same form sent twice adds one thing; the same form with other words changes
    what still waits. Raises Closed where the teller does not want it (any more), NotAMember where only members may.
    """
    row = lock(contribution.story) if contribution.story else None
    _must_be_open(contribution, row, by)
    contribution.author, contribution.created_at = by, now
    before = _sent_before(contribution)
    if before:
        return before
    if not _needs_a_moderator(contribution, row, by):
        contribution.release(by=None, now=now)
    if isinstance(contribution, SignedContribution):
        contribution.blurred = contribution.would_be_blurred
        contribution.keep_to_the_group_of(row)
    try:
        with transaction.atomic():
            contribution.save()
    except IntegrityError:
        # The same form about a practice, sent twice at once: the other request was first.
        return type(contribution).objects.added_by(by).get(form_key=contribution.form_key)
    tell_the_outcome(contribution)
    return contribution


def _must_be_open(contribution, row, by):
    """Experiments may be written before their writer is let in, like a jot: they wait until that is decided."""
    if not by.is_member and not isinstance(contribution, Experiment):
        raise NotAMember
    open_story = row is None or (row.live and not row.hidden_at)
    wanted = {
        Response: lambda: row.responding == Responding.OPEN,
        OrganisationResponse: lambda: row.organisations_may_respond and row.audience == Audience.PUBLIC,
    }.get(type(contribution), lambda: True)
    if not (open_story and wanted() and (row is None or still_reads(by, row))):
        raise Closed


def _sent_before(contribution):
    """What this very form has brought already."""
    if not contribution.form_key:
        return None
    sent = type(contribution).objects.added_by(contribution.author)
    before = sent.filter(form_key=contribution.form_key).select_related("story").first()
    # What has been read once, and waits because of a concern, is read as it stands.
    if before and before.waits and not before.decided_at and not before.same_words(contribution):
        for name in contribution.words:
            setattr(before, name, getattr(contribution, name))
        before.may_stay = contribution.may_stay
        before.save()
    return before


def _needs_a_moderator(contribution, row, by):
    """Follow-ups and organisations always; others where the writer is new, says why words of theirs can stay, or being
    recognised is a danger."""
    if isinstance(contribution, FollowUp | OrganisationResponse) or contribution.may_stay:
        return True
    return bool(not by.is_member or (row and row.is_sensitive) or is_newcomer(by))


def tell_the_outcome(contribution):
    """The newest live follow-up says where its story is now."""
    if isinstance(contribution, FollowUp):
        newest = FollowUp.objects.live().filter(story=contribution.story_id).newest_first().first()
        Story.objects.filter(pk=contribution.story_id).update(latest_outcome=newest.outcome if newest else "")
        search.refresh(contribution.story)


def lock_added(contribution):
    """The contribution as it is now, after its story's row: nobody else decides about it meanwhile."""
    if contribution.story_id:
        lock(contribution.story)
    rows = type(contribution).objects.select_for_update(of=("self",)).for_listing()
    return rows.get(pk=contribution.pk)


def is_own(contribution, moderator):
    """Theirs, or a follow-up of a story that they tell with others."""
    if contribution.author_id == moderator.pk:
        return True
    told = Story.objects.editable_by(moderator).filter(pk=contribution.story_id)
    return isinstance(contribution, FollowUp) and told.exists()


def _decision(contribution, *, by):
    row = lock_added(contribution)
    if not row.waits:
        raise CannotDecide(gettext("Somebody has decided about this meanwhile, or its writer has taken it away."))
    if Concern.objects.about(row).open().exists():
        raise CannotDecide(gettext("Somebody has raised a concern about this: decide about that."))
    if is_own(row, by):
        raise CannotDecide(gettext("This is your own: another moderator decides about it."))
    return row


@transaction.atomic
def approve_contribution(contribution, *, by, now):
    """A moderator lets it be read beside its story. Raises CannotDecide."""
    row = _decision(contribution, by=by)
    try:
        _must_be_open(row, row.story, row.author)
    except (Closed, NotAMember) as closed:
        raise CannotDecide(gettext("The story is not open for this any more. Refuse it and say so.")) from closed
    row.release(by=by, now=now)
    if isinstance(row, SignedContribution):
        row.blurred = row.would_be_blurred
    row.save()
    tell_the_outcome(row)
    emails.contribution_live(row, now=now)
    return row


@transaction.atomic
def refuse_contribution(contribution, *, by, now, reason):
    """A moderator does not let it be read, and its writer is told why. Raises CannotDecide."""
    row = _decision(contribution, by=by)
    row.refuse(by=by, now=now, reason=reason)
    row.save()
    emails.contribution_refused(row, reason=reason, now=now)
    return row


def _end_concerns(row, *, now):
    """There is nothing left to decide about."""
    Concern.objects.about(row).open().end(Concern.State.GONE, by=None, now=now)


@transaction.atomic
def take_down_contribution(contribution, *, by, now, reason):
    """A moderator takes it off the story's page; its writer is told why. Raises CannotDecide."""
    row = lock_added(contribution)
    if not row.is_live:
        raise CannotDecide(gettext("This is not shown any more."))
    row.refuse(by=by, now=now, reason=reason)
    row.save()
    _end_concerns(row, now=now)
    tell_the_outcome(row)
    emails.contribution_taken_down(row, reason=reason, now=now)
    return row


@transaction.atomic
def withdraw_contribution(contribution, *, by, now):
    """Its writer takes it away, at once. Doing it twice is doing it once."""
    row = lock_added(contribution)
    if row.can_be_withdrawn:
        row.withdraw(now=now)
        row.save()
        _end_concerns(row, now=now)
        tell_the_outcome(row)
    return row
