"""An introduction as one of those whom it concerns is shown it: never more than what they may know of it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from networks.models import Side

FORMER = _("Somebody who is not here any more")


@dataclass(frozen=True)
class Shown:
    """`state`: waiting, said_yes, said_no, missed (for whoever was asked); asked, taken_back, ended (for whoever
    asked, the same whatever was answered); met."""

    introduction: object
    state: str
    title: str
    is_mine: bool
    by: str = ""

    @property
    def url(self):
        return self.introduction.get_absolute_url()


def show(introduction, member, *, now):
    own, others = introduction.side_of(member), introduction.others_than(member)
    is_mine = introduction.made_by_id == member.pk
    met = introduction.met_at is not None and own is not None
    by = "" if is_mine or introduction.asked_for_oneself else str(introduction.made_by)
    return Shown(
        introduction,
        "met" if met else _asked(introduction, now) if is_mine else _answered(introduction, own, now),
        _title(others, by_name=is_mine, met=met),
        is_mine,
        by,
    )


def _asked(introduction, now):
    if introduction.taken_back_at:
        return "taken_back"
    return "asked" if introduction.answer_until > now else "ended"


def _answered(introduction, own, now):
    if own.answer == Side.Answer.NO:
        return "said_no"
    if introduction.answer_until <= now:
        return "ended" if own.answer == Side.Answer.YES else "missed"
    return "said_yes" if own.answer == Side.Answer.YES else "waiting"


def _title(others, *, by_name, met):
    """Whoever asked knows whom, by the name under which they met them; everybody else once both have said yes."""
    names = [str(side.member) if met else side.known_as if by_name else side.described for side in others]
    return " and ".join(map(str, names)) or str(FORMER)
