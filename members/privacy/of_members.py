"""What this room keeps about people."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import (
    FIELDS,
    Agreement,
    Block,
    Concern,
    Connection,
    DataCopy,
    Entry,
    Erasure,
    Invitation,
    MailChoice,
    MailEvent,
    Notice,
    Photo,
    Profile,
    Suppression,
    User,
)
from members.models.photo import private_files
from members.privacy.rules import blank, by, delete, goes_with, keep, nobody, register, unlink
from members.privacy.telling import Cell, by_hand, cells, not_told, rows_of, table

ACCOUNT = ["first_name", "last_name", "email", "date_joined", "last_login", "approved_at", "suspended_at"]
ACCOUNT += ["time_zone", "language", "break_ends_at", "words_by_mail"]
PROFILE = ["role", "organisation", "place", "works_in", "would_cross_to", "practices", "ask_me_about", "help_with"]
AUDIENCES = [f"{name}_seen_by" for name in FIELDS]
MAIL = ["created_at", "to", "kind", "subject", "text", "state", "sent_at"]


def _account(copy):
    return [cells(copy.member, ACCOUNT, copy)]


def _profile(copy):
    [profile] = rows_of(Profile, "user", [*PROFILE, *AUDIENCES, "listed_at", "weekly_letter"], copy)
    photo = copy.member.profile.photo
    path = copy.attach(f"photos/{photo.name}.jpg", private_files(), photo.file.name) if photo else ""
    return [[*profile, Cell("file", gettext("Your photo"), path)] if path else profile]


def _mails(copy):
    """To the account, and to the address alone: codes, which are empty once they are sent."""
    told = {}
    for name in ("member", "to"):
        told |= {repr(row): row for row in rows_of(Notice, name, MAIL, copy)}
    return sorted(told.values(), key=lambda row: row[0].value)


def _connections(copy):
    found = Connection.objects.of(copy.member).order_by("connected_at").select_related("first", "second")
    return [
        [
            *cells(one, ["connected_at"], copy),
            Cell("with", gettext("With"), str(one.second if one.first_id == copy.member.pk else one.first)),
        ]
        for one in found
    ]


def _drop_copy(leaver):
    """The file goes with the row."""
    for copy in DataCopy.objects.filter(member=leaver.member):
        copy.drop_file()
        copy.delete()


def _drop_profile(leaver):
    """The photo goes with it, and its file."""
    Photo.objects.filter(profile__user=leaver.member).delete()
    Profile.objects.filter(user=leaver.member).delete()


def _drop_invitations(leaver):
    """With the mails to those for whom they vouched: the link in them opens nothing any more."""
    for invitation in Invitation.objects.filter(invited_by=leaver.member):
        Notice.objects.filter(kind="members.invitation", text__contains=invitation.token).delete()
        invitation.delete()


register(
    Entry,
    member=delete(),
    words=goes_with("member"),
    export=not_told("what others may find of the profile, as the profile says"),
)
register(
    User,
    approved_by=unlink(_("that somebody was let in stays")),
    email=goes_with(_("the account")),
    words=goes_with(_("the account")),
    export=by_hand(_("Your account"), _account),
)
register(
    Profile,
    user=by(_drop_profile),
    words=goes_with("user"),
    export=by_hand(_("Your profile"), _profile),
)
register(
    Invitation,
    invited_by=by(_drop_invitations),
    taken_by=unlink(_("the word of whoever vouched stays theirs")),
    email=delete(_("an invitation to somebody who has left")),
    # Not to whom: nobody is told whether an address has come here.
    export=table(_("Colleagues for whom you vouched: when"), "invited_by", ["created_at"]),
)
register(
    Notice,
    member=delete(),
    to=delete(),
    caused_by=unlink(_("the mail tells its reader what happened, without who did it")),
    words=goes_with("to"),
    export=by_hand(_("Mails to you"), _mails),
)
register(
    MailChoice,
    member=delete(),
    words=goes_with("member"),
    export=table(_("What you want of your mail"), "member", ["group", "answer"]),
)
register(
    Suppression,
    address=delete(_("whoever closes their account hears no more from us at that address")),
    export=table(_("Your address gets no mail"), "address", ["reason", "since"]),
)
register(
    MailEvent,
    address=delete(),
    words=goes_with("address"),
    export=table(_("What became of mails to you"), "address", ["happened_at", "kind"]),
)
register(
    Agreement,
    member=delete(),
    export=table(_("House rules that you agreed to"), "member", ["version", "agreed_at"]),
)
register(
    Block,
    blocker=delete(),
    blocked=delete(),
    words=goes_with("blocker"),
    # Never who blocked them: nobody is told.
    export=table(_("People whom you blocked"), "blocker", ["known_as", "blocked_at"]),
)
register(
    Connection,
    first=delete(),
    second=delete(),
    export=by_hand(_("Members whom you are connected to"), _connections),
)
register(
    Concern,
    decided_by=unlink(_("what was decided stays, without who decided")),
    contact=blank(_("what was raised stays with the moderators, without who raised it")),
    object_id=keep(_("it is about something that was said here, never about an account")),
    words=keep(_("the words of somebody who raised something: no account stands beside them")),
    # A concern knows no account: those that wait are found by the address that was left, later nobody can tell.
    export=table(_("Concerns in which you left your address"), "contact", ["raised_at", "kind", "text", "contact"]),
)
register(
    DataCopy,
    member=by(_drop_copy),
    words=goes_with("member"),
    export=table(_("Copies like this one"), "member", ["asked_at"]),
)
nobody(_("it holds keyed hashes only; without it a restored backup would bring people back"), Erasure)
nobody(_("what shows a photo knows whose it is, and takes it along"), Photo)
