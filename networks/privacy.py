"""What this room keeps about people."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.privacy import by, by_hand, delete, goes_with, keep, nobody, not_told, register, table, unlink
from members.privacy.telling import GONE, Cell, cells
from networks.models import (
    Attendance,
    BoardNotice,
    Coalition,
    CoalitionInvitation,
    Cohort,
    CohortPlace,
    Conversation,
    Gathering,
    GatheringMail,
    Introduction,
    JoinRequest,
    MailAbout,
    Membership,
    Message,
    RuleAnswer,
    RuleQuestion,
    Seat,
    Side,
    WentCount,
)
from networks.models.rules import State

# --- Introductions ----------------------------------------------------------------------------------------------------


def _introductions(copy):
    """Those that one asked for, with one's own words. Whom one asked stands there as one met them."""
    rows = []
    for one in Introduction.objects.filter(made_by=copy.member).with_sides().order_by("asked_at"):
        asked = ", ".join(side.known_as for side in one.others_than(copy.member))
        told = cells(one, ["asked_at", "answer_until", "reason", "may_stay"], copy)
        rows.append([*told, Cell("asked", gettext("Whom you asked"), asked)])
    return rows


def _seats(copy):
    """With whom, and what one has not said yet. Never who sits behind a mask."""
    seats = Seat.objects.filter(member=copy.member).with_others().order_by("joined_at")
    return [
        [
            Cell("with", gettext("With"), seat.title),
            *cells(seat, ["joined_at", "left_at", "muted_at", "masked_as", "draft"], copy),
        ]
        for seat in seats
    ]


def _messages(copy):
    said = Message.objects.filter(seat__member=copy.member).order_by("said_at")
    return [cells(message, ["said_at", "text"], copy) for message in said]


def _empty_messages(leaver):
    """What they said goes; that something was said there stays, from a former member."""
    Message.objects.filter(seat__member=leaver.member).update(text="")


def _leave_seats(leaver):
    """The seat stays without them, and without what they had not said yet."""
    Seat.objects.filter(member=leaver.member).update(draft="", member=None)
    Conversation.objects.filter(for_two=True).exclude(seats__member__isnull=False).delete()


register(
    Introduction,
    made_by=delete(),
    words=goes_with("made_by"),
    export=by_hand(_("Introductions that you asked for"), _introductions),
)
register(
    Side,
    member=delete(),
    words=goes_with("member"),
    export=table(_("Your answers to introductions"), "member", ["answer", "answered_at", "went_at"]),
)
nobody(_("a number of answers"), WentCount)

# --- Conversations ----------------------------------------------------------------------------------------------------

register(Conversation, words=goes_with(_("whatever owns it")), export=not_told("in its seats"))
register(Message, words=by(_empty_messages), export=by_hand(_("What you said in conversations"), _messages))
register(Seat, member=by(_leave_seats), words=goes_with("member"), export=by_hand(_("Your conversations"), _seats))


# --- Coalitions -------------------------------------------------------------------------------------------------------


def _empty_notices(leaver):
    """What they put up goes; that something hung there stays, from a former member."""
    BoardNotice.objects.filter(author=leaver.member).update(text="", may_stay="", author=None)


def _leave_coalitions(leaver):
    """Their places go; a coalition that nobody is in any more goes with what was said there."""
    joined = list(Coalition.objects.filter(memberships__member=leaver.member).values_list("pk", flat=True))
    Membership.objects.filter(member=leaver.member).delete()
    somebody = Membership.objects.now().values("coalition")
    for empty in Coalition.objects.filter(pk__in=joined).exclude(pk__in=somebody).select_related("conversation"):
        empty.delete()
        empty.conversation.delete()


def _coalitions(copy):
    joined = Membership.objects.filter(member=copy.member).select_related("coalition").order_by("joined_at")
    fields = ["joined_at", "left_at", "convenes"]
    return [[Cell("coalition", gettext("Coalition"), one.coalition.name), *cells(one, fields, copy)] for one in joined]


def _notices(copy):
    put_up = BoardNotice.objects.filter(author=copy.member).order_by("said_at")
    return [cells(notice, ["said_at", "text", "may_stay"], copy) for notice in put_up]


register(
    Coalition,
    words=keep(_("they are the coalition’s, and the check looked through them for people")),
    export=not_told("in its memberships"),
)
register(
    JoinRequest,
    member=delete(),
    words=goes_with("member"),
    export=table(
        _("That you asked to join a coalition"),
        "member",
        ["asked_at", "answers", "may_stay", "answer", "taken_back_at"],
    ),
)
register(
    CoalitionInvitation,
    member=delete(),
    invited_by=delete(),
    email=delete(_("an invitation to somebody who has left")),
    export=not_told("whom one invited is theirs; whoever was asked in hears of it by mail"),
)
register(
    Membership,
    member=by(_leave_coalitions),
    words=goes_with("member"),
    export=by_hand(_("Your coalitions"), _coalitions),
)
register(
    BoardNotice,
    author=by(_empty_notices),
    words=goes_with("author"),
    export=by_hand(_("Your notices in coalitions"), _notices),
)

# --- Cohorts ----------------------------------------------------------------------------------------------------------


def _cohorts(copy):
    own = CohortPlace.objects.filter(member=copy.member).select_related("cohort").order_by("joined_at")
    return [[Cell("cohort", gettext("Cohort"), one.cohort.name), *cells(one, ["joined_at"], copy)] for one in own]


register(
    Cohort,
    link_by=unlink(_("the cohort goes on, and who gave its link is forgotten")),
    words=keep(_("staff named it, and it names nobody")),
    export=not_told("in its places"),
)
register(
    CohortPlace,
    member=unlink(_("the place stays taken: a link is never good for more people")),
    export=by_hand(_("Cohorts that you began with"), _cohorts),
)

# --- Gatherings -------------------------------------------------------------------------------------------------------


def _answers(copy):
    """With the title only while one may read it."""
    own = Attendance.objects.filter(member=copy.member).select_related("gathering").order_by("pk")
    seen = set(Gathering.objects.visible_to(copy.member).values_list("pk", flat=True))
    return [
        [
            Cell("gathering", gettext("Gathering"), one.gathering.title if one.gathering_id in seen else GONE),
            *cells(one, ["answer", "answered_at"], copy),
        ]
        for one in own
    ]


register(
    Gathering,
    put_up_by=unlink(_("it is the coalition’s, and others come to it"), blank=["form_key"]),
    words=keep(_("they are the coalition’s, and the check looked through them for people")),
    export=table(
        _("Gatherings that you put up"),
        "put_up_by",
        ["put_up_at", "title", "what_for", "begins_at", "ends_at", "where", "link", "may_stay"],
    ),
)
register(
    Attendance,
    member=delete(),
    words=goes_with("member"),
    export=by_hand(_("Your answers to gatherings"), _answers),
)
nobody(_("a number of a mail, which goes with it"), GatheringMail, MailAbout)

# --- Rule or habit? ---------------------------------------------------------------------------------------------------

STAYS = _("what others read of it stays, and never had a name")
SHOWN = [State.LIVE, State.HELD]


def _leave_rules(model):
    def leave(leaver):
        """What others read stays and points at nobody; what was never shown, or is not any more, goes."""
        own = model.objects.filter(author=leaver.member)
        own.exclude(state__in=SHOWN).delete()
        own.update(author=None, form_key=None, may_stay="", reason="")

    return leave


register(
    RuleAnswer,
    author=by(_leave_rules(RuleAnswer)),
    decided_by=unlink(_("what was decided stays, without who decided")),
    words=keep(STAYS),
    export=table(
        _("What you answered: rule or habit?"),
        "author",
        [
            "created_at",
            "state",
            "kind",
            "text",
            "source",
            "source_url",
            "nation",
            "checked_date",
            "role",
            "place",
            "reason",
        ],
    ),
)
register(
    RuleQuestion,
    author=by(_leave_rules(RuleQuestion)),
    decided_by=unlink(_("what was decided stays, without who decided")),
    words=keep(STAYS),
    export=table(
        _("What you asked: rule or habit?"),
        "author",
        ["created_at", "state", "told", "more", "audience", "boundaries", "practices", "role", "place", "reason"],
    ),
)
