"""What becomes of this room's rows when two accounts of one person become one."""

from django.db.models import Q

from members.privacy.merging import by, merges, moves
from networks.models import (
    Attendance,
    BoardNotice,
    CoalitionInvitation,
    Cohort,
    CohortPlace,
    Conversation,
    Gathering,
    Introduction,
    JoinRequest,
    Membership,
    Message,
    RuleAnswer,
    RuleQuestion,
    Seat,
    Side,
)


def join_introductions(pair):
    """Nobody is introduced to themselves, and nobody asks as a third about themselves."""
    kept, gone = pair.both
    between = Introduction.objects.between(kept, gone)
    between.filter(made_by__in=pair.both).delete()
    # Somebody else thought that these two should meet: to them it looks like silence.
    for introduction in between:
        Introduction.objects.filter(pk=introduction.pk).update(unheard=True)
        Side.objects.filter(introduction=introduction, member=gone).delete()
    own = Side.objects.filter(Q(member=gone, introduction__made_by=kept) | Q(member=kept, introduction__made_by=gone))
    brokered = Introduction.objects.filter(pk__in=list(own.values_list("introduction", flat=True)))
    brokered.filter(met_at=None, taken_back_at=None).update(taken_back_at=pair.now)
    Introduction.objects.filter(made_by=gone).update(made_by=kept)
    Side.objects.filter(member=gone).update(member=kept)


def join_seats(pair):
    """Each conversation stays as the others see it, masks too. One with oneself goes; in a group one seat is left."""
    kept, gone = pair.both
    theirs = Seat.objects.filter(member=gone)
    shared = Conversation.objects.filter(pk__in=theirs.values("conversation"), seats__member=kept)
    shared.filter(for_two=True).delete()
    for seat in theirs.filter(conversation__in=shared.values("pk")):
        own = Seat.objects.get(conversation=seat.conversation_id, member=kept)
        Message.objects.filter(seat=seat).update(seat=own)
        if own.left_at and not seat.left_at:
            Seat.objects.filter(pk=own.pk).update(left_at=None)
        seat.delete()
    theirs.update(member=kept)


def join_memberships(pair):
    """In a coalition that both were in they are once, as the one that is still in it. A removal holds for both."""
    kept, gone = pair.both
    for other in Membership.objects.filter(member=gone):
        own = Membership.objects.filter(coalition=other.coalition_id, member=kept).first()
        if own is None:
            Membership.objects.filter(pk=other.pk).update(member=kept)
            continue
        other.delete()
        own.removed_at = own.removed_at or other.removed_at
        own.left_at = max(own.left_at, other.left_at) if own.left_at and other.left_at else None
        if own.removed_at:
            own.left_at = own.left_at or pair.now
            Seat.objects.filter(conversation__coalition=own.coalition_id, member=kept, left_at=None).update(
                left_at=pair.now, draft=""
            )
        own.convenes = own.left_at is None and (own.convenes or other.convenes)
        own.joined_at = min(own.joined_at, other.joined_at)
        own.save()


merges(Introduction, made_by=by(join_introductions))
merges(Side, member=by(join_introductions))
merges(Seat, member=by(join_seats))
merges(Membership, member=by(join_memberships))
merges(JoinRequest, member=moves())
merges(CoalitionInvitation, member=moves(), invited_by=moves())
merges(BoardNotice, author=moves())
merges(Gathering, put_up_by=moves())
merges(Attendance, member=moves())
merges(Cohort, link_by=moves())
merges(CohortPlace, member=moves())
merges(RuleQuestion, author=moves(without="form_key"), decided_by=moves())
merges(RuleAnswer, author=moves(without="form_key"), decided_by=moves())
