"""Who wants the letter."""

from members.models import Profile, User


def leave(public_id: str) -> None:
    """No more letters to this member. Doing it twice, or for somebody who is gone, changes nothing."""
    Profile.objects.filter(public_id=public_id).update(weekly_letter=False)


def choose(member: User, *, wants: bool) -> None:
    """The member's own answer to "Send me the weekly letter?"."""
    Profile.objects.filter(user=member).update(weekly_letter=wants)
