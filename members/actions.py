"""What people do about people: letting them in, shutting them out, vouching for a colleague, blocking somebody."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.log_actions import log

from members import entries, outbox
from members.models import Agreement, Block, Connection, DataCopy, Invitation, User
from members.models.notice import CLOSED
from members.privacy import copying, ledger
from members.privacy.leaving import Leaver, forget
from members.privacy.merging import Pair, carry_over
from members.privacy.proof import link_for

# A colleague hears from us once in this time, however many members vouch for them.
QUIET = timedelta(days=30)
# A word stands open as long, taken up or not: a number that fell would tell whoever vouched that somebody has joined.
MOST_OPEN = 10
KNOWN_AS = Block._meta.get_field("known_as").max_length


class TooManyVouches(Exception):
    """This member has as many words open as anybody can answer for."""


class CannotMerge(Exception):
    """These two cannot become one; the message says why, in words for staff."""


class StaffStay(Exception):
    """Whoever is staff hands that over first: a site without its administrator would be nobody's."""


@transaction.atomic
def welcome_in(user, *, mode, now):
    """A new account's address is confirmed: what that opens depends on how sign-up works here."""
    invited = user.invitations_taken.filter(accepted_at=None).update(accepted_at=now)
    if mode == "open" or (mode == "invitation" and invited):
        user.approve(by=None, now=now)


@transaction.atomic
def agree(user, *, version, now):
    """The member's yes to a version of the house rules and the privacy page. Saying it twice keeps the first."""
    Agreement.objects.get_or_create(member=user, version=version, defaults={"agreed_at": now})
    if user.agreed_version < version:
        user.agreed_version = version
        user.save(update_fields=["agreed_version"])


@transaction.atomic
def list_in_directory(user, wish, *, now):
    """Whether other members find this one; at once."""
    user.profile.list_in_directory(wish, now=now)
    user.profile.save(update_fields=["listed_at"])
    entries.refresh(user.pk)


@transaction.atomic
def approve(user, *, by, now):
    """A moderator lets the person in, and they are told. Doing it twice tells them once."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.approved_at is None:
        user.approve(by=by, now=now)
        outbox.compose(kind="members.approved", template="members/approved", member=user, now=now)
    return user


@transaction.atomic
def suspend(user, *, now, by=None):
    """Shut the person out: their sessions end and no sign-in begins another. Logged where a moderator does it."""
    user.suspend(now=now)
    if by:
        log(user, "members.suspend", user=by)
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def readmit(user, *, by):
    """End a suspension."""
    user.readmit()
    log(user, "members.readmit", user=by)


@transaction.atomic
def block(member, *, known_as, by, now):
    """`by` and the member meet each other no more; twice is once. Nobody is told. `known_as`: how the name stood where
    they met. A connection between the two is over, and taking the block back does not bring it again."""
    User.objects.hold(by, member)
    Connection.objects.between(by, member).delete()
    made, _ = Block.objects.get_or_create(
        blocker=by, blocked=member, defaults={"known_as": known_as[:KNOWN_AS], "blocked_at": now}
    )
    return made


def unblock(key, *, by):
    """Take one's own block back. The other's, if there is one, stands."""
    by.blocks.filter(key=key).delete()


@transaction.atomic
def vouch(*, by, email, now):
    """A member's word for a colleague, who gets one mail: not if they have an account or were written to lately.

    The one who vouches learns nothing of that. Raises TooManyVouches.
    """
    # The lock makes two requests at once count each other.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if by.invitations.filter(created_at__gt=now - QUIET).count() >= MOST_OPEN:
        raise TooManyVouches
    written_to = Invitation.objects.filter(email__iexact=email, created_at__gt=now - QUIET).exists()
    invitation = by.invitations.filter(email__iexact=email).first() or by.invitations.create(
        email=email, created_at=now
    )
    if not written_to and not EmailAddress.objects.filter(email__iexact=email).exists():
        link = settings.SITE_URL + reverse("members:invitation", args=[invitation.token])
        outbox.compose(
            kind="members.invitation", template="members/invitation", to=email, context={"link": link}, now=now
        )
    return invitation


@transaction.atomic
def ask_for_copy(member, *, now):
    """The member wants a copy of everything that is theirs: made in the background, the one before it is gone."""
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    copy = DataCopy.objects.filter(member=member).first()
    if copy and copy.is_being_made:
        return copy
    if copy:
        copy.drop_file()
        copy.delete()
    transaction.on_commit(copying.wake, robust=True)
    return DataCopy.objects.create(member=member, asked_at=now)


@transaction.atomic
def take_copy(member, *, now):
    """The copy's file, once; None where there is none to take any more."""
    copy = DataCopy.objects.select_for_update().filter(member=member).first()
    if copy is None or not copy.is_ready(now):
        return None
    try:
        return copy.take(now=now)
    except FileNotFoundError:
        # The storage has lost it: whoever asks again gets another one.
        copy.fail()
        return None


def mail_link(member, *, page, now):
    """A link that shows who asks, for people without a password; it leads to `page` (see `privacy.proof`)."""
    outbox.compose(
        kind="members.link",
        template="members/link",
        to=member.email,
        context={"link": link_for(member, page)},
        language=member.language,
        secret=True,
        now=now,
    )


def mail_link_to_suspended(address, *, now):
    """The same for somebody who is shut out of their account, and for nobody else."""
    member = User.objects.people().filter(email__iexact=address, is_active=True, suspended_at__isnull=False).first()
    if member:
        mail_link(member, page="data", now=now)


@transaction.atomic
def close(member, *, kept, now):
    """Close an account for good: all that is kept of the person goes, by the rules of every room (`members.privacy`).

    `kept`: slugs of what of theirs stays here without their name; EVERYTHING that others read. Raises StaffStay.
    """
    # A moderator who is at one of their stories may write them a mail meanwhile: that needs the account to be there.
    member = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    if member.is_staff:
        raise StaffStay
    leaver = Leaver.of(member, keeps=ledger.keeper(kept), now=now)
    address, language = member.email, member.language
    ledger.note(leaver, kept)
    forget(leaver)
    outbox.compose(kind=CLOSED, template="members/closed", to=address, language=language, now=now)
    transaction.on_commit(ledger.save_files, robust=True)


def check_merge(kept, gone, *, by):
    """Raises CannotMerge."""
    if kept.pk == gone.pk:
        raise CannotMerge(gettext("Choose two accounts."))
    if by.pk in (kept.pk, gone.pk):
        raise CannotMerge(gettext("Nobody merges their own account: ask another administrator."))
    if any(one.is_staff or one.is_superuser for one in (kept, gone)):
        raise CannotMerge(gettext("Accounts of staff are not merged: take the staff mark away first."))
    if not (kept.is_member and gone.may_sign_in):
        raise CannotMerge(gettext("The account that stays is let in, and neither of the two is shut out."))


@transaction.atomic
def merge(kept, gone, *, by, reason, now):
    """Two accounts of one person: everything of `gone` becomes that of `kept` (`members.privacy.merging`), and `gone`
    is closed. For good, and logged with the reason. Raises CannotMerge."""
    held = User.objects.hold(kept, gone)
    if len(held) < 2:
        raise CannotMerge(gettext("One of the two accounts is not there any more."))
    kept, gone = held[kept.pk], held[gone.pk]
    check_merge(kept, gone, by=by)
    leaver = Leaver.of(gone, keeps=ledger.keeper(ledger.EVERYTHING), now=now)
    address, language = gone.email, gone.language
    ledger.note(leaver, ledger.EVERYTHING, merged_into=kept)
    carry_over(Pair(kept, gone, now))
    forget(leaver)
    entries.refresh(kept.pk)
    log(kept, "members.merge", user=by, data={"reason": reason})
    outbox.compose(kind=CLOSED, template="members/merged_away", to=address, language=language, now=now)
    outbox.compose(kind="members.merged", template="members/merged", member=kept, now=now)
    transaction.on_commit(ledger.save_files, robust=True)
