"""What a member wants of their mail: asked when it is written, and again right before it goes."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from members import kinds, quiet, suppressing
from members.models import MailChoice, Notice, User

Answer = MailChoice.Answer
signer = Signer(salt="members.mail", sep=".")
APART = "~"  # in no slug and in no public id


# --- The wishes -------------------------------------------------------------------------------------------------------


def answers_of(member):
    """What this member said of each group that they get mails of and can switch off."""
    said = dict(member.mail_choices.values_list("group", "answer"))
    return {group.slug: said.get(group.slug, Answer.NOW) for group in kinds.WISHED if group.is_for(member)}


@transaction.atomic
def choose(member, *, answers, time_zone, words_by_mail=False, language=None):
    """The member's own answers, one for each group that they were asked about; they count for what waits in the outbox
    too. The weekly letter has a page of its own."""
    for slug, answer in answers.items():
        MailChoice.objects.update_or_create(member=member, group=slug, defaults={"answer": answer})
    member.time_zone, member.words_by_mail = time_zone, words_by_mail
    if language is not None:
        member.language = language
    member.save(update_fields=["time_zone", "words_by_mail", "language"])


def stop(member, group):
    """No more mails of this one group. Doing it twice changes nothing."""
    MailChoice.objects.update_or_create(member=member, group=group.slug, defaults={"answer": Answer.NEVER})


def take_break(member, *, until):
    """No mails but those that cannot be switched off, no introductions and no reminders before the morning of a day."""
    member.break_ends_at = quiet.morning(until, member)
    member.save(update_fields=["break_ends_at"])


def end_break(member):
    member.break_ends_at = None
    member.save(update_fields=["break_ends_at"])


# --- The way out in each mail -----------------------------------------------------------------------------------------


def stop_url(member, group):
    """Signed, and made of the random name of a profile: a forwarded mail gives no address away."""
    token = signer.sign(f"{member.profile.public_id}{APART}{group.slug}")
    return settings.SITE_URL + reverse("members:stop_mail", args=[token])


def read_stop_token(token):
    """Whose mails of which group; None when nobody here signed it, or there is no such account any more."""
    try:
        public_id, _, slug = signer.unsign(token).partition(APART)
    except BadSignature:
        return None
    member = User.objects.filter(profile__public_id=public_id).first()
    group = kinds.BY_SLUG.get(slug)
    return (member, group) if member and group and group.is_wished else None


def headers_of(notice):
    """One click in the mail program stops this one kind (RFC 8058)."""
    group = kinds.group_of(notice.kind)
    if notice.member is None or group is None or not group.is_wished:
        return {}
    return {
        "List-Unsubscribe": f"<{stop_url(notice.member, group)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


# --- Right before it goes ---------------------------------------------------------------------------------------------

ASKED_FIRST = {}


def asked_first(pattern):
    """A room above says whether a mail of these kinds may still go: `may_go(notice, now=)`. What may not is deleted."""

    def register(may_go):
        ASKED_FIRST[pattern] = may_go
        return may_go

    return register


def is_still_right(notice, *, now):
    """By the room that wrote it: rights and days may have changed since."""
    return all(may_go(notice, now=now) for pattern, may_go in ASKED_FIRST.items() if kinds.fits(notice.kind, pattern))


PUT_IN_LAST = {}


def put_in_last(kind):
    """A room above puts private words into mails of this kind as they leave, where their reader has asked for it:
    `words(notice)` gives text and HTML, or None. They never lie in the outbox."""

    def register(words):
        PUT_IN_LAST[kind] = words
        return words

    return register


def words_of(notice):
    """Text and HTML of a mail as it leaves."""
    words = PUT_IN_LAST.get(notice.kind)
    return (words and words(notice)) or (notice.text, notice.html)


def settle(notice, *, now):
    """Whether this claimed mail may go now. Where it may not, its row says what became of it instead."""
    if stopped := suppressing.stops(notice):
        _leave_alone(notice, stopped)
        return False
    group, reader = kinds.group_of(notice.kind), notice.reader
    if group and group.is_wished and reader and not _is_wanted_now(notice, group, reader, now):
        return False
    if notice.secret or kinds.is_at_once(notice.kind):
        return True
    return _is_day(notice, quiet.awake_at(now, reader), now)


def _leave_alone(notice, stopped):
    """Staff see which mailbox is missing; that somebody called our mail unwanted is no trouble to look after."""
    if stopped.reason == suppressing.Reason.BOUNCED:
        notice.mark_failed(gettext("%(reason)s: an earlier mail came back.") % {"reason": stopped.get_reason_display()})
    else:
        notice.mark_unwanted()


def _is_wanted_now(notice, group, reader, now):
    choice = reader.mail_choices.filter(group=group.slug).first()
    answer = choice.answer if choice else Answer.NOW
    gets_letter = bool(reader.profile.weekly_letter)
    if answer == Answer.NEVER or (answer == Answer.LETTER and not gets_letter):
        notice.mark_unwanted()
        return False
    resting = reader.is_on_break(now)
    if answer == Answer.LETTER or (resting and gets_letter and not group.reminds):
        notice.keep_for_letter()
        return False
    return _is_day(notice, reader.break_ends_at, now) if resting else True


def _is_day(notice, until, now):
    if until > now:
        notice.hold(until)
        return False
    return True


# --- In the letter ----------------------------------------------------------------------------------------------------


def waiting_for_letter(member):
    """What was kept back for the next letter: a line a group, each with its page. Never what the mails say."""
    count = {}
    for kind in Notice.objects.for_letter(member).values_list("kind", flat=True):
        group = kinds.group_of(kind)
        count[group] = count.get(group, 0) + 1
    return [
        {
            "words": group.one if count[group] == 1 else group.many.format(count=count[group]),
            "url": settings.SITE_URL + reverse(group.page),
        }
        for group in kinds.WISHED
        if group in count
    ]
