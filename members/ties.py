"""Groups and blocks, in which most rights of a member end: known with the account that a session brings, so that what
is asked for whoever has neither need not look for them (docs/decisions/0087)."""

from django.contrib.auth.middleware import get_user
from django.db.models import Exists, Q
from django.utils.functional import SimpleLazyObject

from members.models import Block, User

READING = {"GET", "HEAD", "OPTIONS"}


def account(key):
    """The account with this key, and what it lacks: `is_in_no_group`, `is_behind_no_block`."""
    groups = User.memberships.rel.related_model.objects.now().filter(member=key)
    blocks = Block.objects.filter(Q(blocker=key) | Q(blocked=key))
    return User.objects.filter(pk=key).annotate(is_in_no_group=~Exists(groups), is_behind_no_block=~Exists(blocks))


class AskForTies:
    """What is known holds while nothing changes: for a request that may change something, rights ask each time."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in READING:
            request.user = SimpleLazyObject(lambda: _asking(get_user(request)))
        return self.get_response(request)


def _asking(account):
    if account.is_authenticated:
        account.ask_for_ties()
    return account
