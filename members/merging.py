"""What becomes of this room's rows, and of those that libraries keep, when two accounts become one."""

from django.db.models import F, Q

from members.models import (
    Agreement,
    Block,
    Concern,
    Connection,
    DataCopy,
    Entry,
    Invitation,
    MailChoice,
    Notice,
    Profile,
    SeenBy,
    User,
)
from members.privacy.merging import afterwards, by, goes, merges, moves, shown

KEPT_STANDS = "the kept account has its own, and that stands"
KEYS = "each account has its own ways in; a mistake must not open one to the other"


def join_connections(pair):
    """Whom the other account is connected to is connected to the kept one: once, and not to itself."""
    Connection.objects.between(*pair.both).delete()
    for connection in Connection.objects.of(pair.gone).select_related("first", "second"):
        other = connection.second if connection.first_id == pair.gone.pk else connection.first
        Connection.objects.connect(pair.kept, other, now=connection.connected_at)
        connection.delete()


def join_blocks(pair):
    """Both directions stay. Nobody blocks themselves, and what a block parts is not connected any more."""
    kept, gone = pair.both
    Block.objects.filter(Q(blocker=kept, blocked=gone) | Q(blocker=gone, blocked=kept)).delete()
    mine, theirs = Block.objects.filter(blocker=kept), Block.objects.filter(blocked=kept)
    Block.objects.filter(blocker=gone).exclude(blocked__in=mine.values("blocked")).update(blocker=kept)
    Block.objects.filter(blocked=gone).exclude(blocker__in=theirs.values("blocker")).update(blocked=kept)
    for one in Block.objects.parting(kept).annotate(one=F("blocker"), other=F("blocked")):
        Connection.objects.filter(first_id=min(one.one, one.other), second_id=max(one.one, one.other)).delete()


merges(User, approved_by=moves())
merges(Profile, user=goes("the kept account’s profile stands: nobody else writes what somebody says of themselves"))
merges(Entry, member=goes("made from the profile"))
merges(Agreement, member=moves())
merges(MailChoice, member=goes(KEPT_STANDS))
merges(DataCopy, member=moves())
merges(Invitation, invited_by=moves(), taken_by=moves())
merges(Concern, decided_by=moves())
merges(Connection, first=by(join_connections), second=by(join_connections))
merges(Block, blocker=by(join_blocks), blocked=by(join_blocks))
merges(
    Notice,
    member=goes("mails to the other address; what they told of stands on the kept account’s pages"),
    caused_by=moves(),
)

merges("account.EmailAddress", user=goes(KEYS))
merges("mfa.Authenticator", user=goes(KEYS))
merges("socialaccount.SocialAccount", user=goes(KEYS))
merges("usersessions.UserSession", user=goes(KEYS))

# --- Wagtail's records: of somebody who has been staff ----------------------------------------------------------------

for model, columns in {
    "wagtailcore.Revision": ["user"],
    "wagtailcore.ModelLogEntry": ["user"],
    "wagtailcore.PageLogEntry": ["user"],
    "wagtailcore.WorkflowState": ["requested_by"],
    "wagtailcore.TaskState": ["finished_by"],
    "wagtailcore.Page": ["owner", "locked_by"],
    "wagtailcore.Comment": ["user", "resolved_by"],
    "wagtailcore.CommentReply": ["user"],
    "wagtailcore.UploadedFile": ["uploaded_by_user"],
    "wagtailimages.Image": ["uploaded_by_user"],
}.items():
    merges(model, **{column: moves() for column in columns})
merges("wagtailcore.PageSubscription", user=goes(KEPT_STANDS))
merges("wagtailcore.APIToken", user=goes(KEYS))
merges("wagtailadmin.EditingSession", user=goes("a page that was open just now"))
merges("wagtailadmin.FormState", user=goes("a page that was open just now"))
merges("wagtailusers.UserProfile", user=goes(KEPT_STANDS))


@afterwards
def agree_to_the_newest(pair):
    User.objects.filter(pk=pair.kept.pk, agreed_version__lt=pair.gone.agreed_version).update(
        agreed_version=pair.gone.agreed_version
    )


@shown
def profile_as_members_read_it(member, reader):
    if not (member.is_member and member.profile.listed_at):
        return ["Not in the directory"]
    seen = member.profile.seen_by(SeenBy.MEMBERS)
    return [str(one) for one in (seen.role, seen.organisation, seen.place) if one]
