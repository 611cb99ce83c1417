"""Where a member is signed in: what is kept of a device, when it was last seen, and a mark to name a sign-in by.

A browser's own words about itself and the address of its connection are never stored: only "Firefox on Android", since
when, and in which hour it was last here. That is enough to notice a stranger and too little to follow anybody.
"""

import time

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.utils import timezone
from django.utils.crypto import salted_hmac

from members import suppressing
from members.templatetags.members import device

SEEN = "seen"
AN_HOUR = 3600
NO_ADDRESS = "192.0.2.0"  # the column must hold one: this is nobody's, reserved for examples


def keep_little(sender, instance, **kwargs):
    """Before a row is written; the library has no other hook."""
    instance.ip = NO_ADDRESS
    # What a browser says of itself holds strokes, what we say of it does not: the second time it stays.
    if "/" in instance.user_agent or " on " not in instance.user_agent:
        instance.user_agent = device(instance.user_agent)


def begin(sender, request, user, **kwargs):
    """Whoever typed a code from the mailbox has one: that a mail came back once counts no more."""
    request.session[SEEN] = time.time()
    for how in get_authentication_records(request, user):
        if how["method"] == "code" and how.get("email"):
            suppressing.lift(how["email"], only=suppressing.Reason.BOUNCED)


class LastSeen:
    """Once an hour, of a request that read its session anyway."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        session = request.session
        if session.accessed and time.time() - session.get(SEEN, time.time()) > AN_HOUR:
            session[SEEN] = time.time()
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())
        return response


def places(request):
    """The member's sign-ins that still hold, this one first, then the latest seen; each with a mark to name it by."""
    found = UserSession.objects.purge_and_list(request.user)
    for session in found:
        session.current = session.session_key == request.session.session_key
        session.mark = salted_hmac("members.signed_in", session.session_key).hexdigest()[:16]
    return sorted(found, key=lambda session: (not session.current, -session.last_seen_at.timestamp()))
