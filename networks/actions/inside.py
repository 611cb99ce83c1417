"""What every action inside a coalition asks first: its row, held, and whether whoever acts is in it or convenes it."""

from networks.models import Coalition, Membership


class NotOpen(Exception):
    """It cannot be done by them, or not any more."""


def held(coalition):
    """Its row is held, so that nobody joins, speaks or answers while they are being removed."""
    return Coalition.objects.select_for_update(no_key=True).get(pk=coalition.pk)


def place_of(member, coalition):
    """Somebody's membership, as long as they are in it. Raises NotOpen."""
    own = Membership.objects.now().filter(coalition=coalition, member=member).first()
    if own is None:
        raise NotOpen
    return own


def acting(by, coalition):
    """The membership of whoever does something there, in good standing. Raises NotOpen."""
    if not by.is_member:
        raise NotOpen
    return place_of(by, coalition)


def convening(by, coalition):
    """The membership of whoever does what only a convenor does. Raises NotOpen."""
    own = acting(by, coalition)
    if not own.convenes:
        raise NotOpen
    return own
