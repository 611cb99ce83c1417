"""Who asks for their own data, or to close their account, has shown a moment ago that it is really them.

By password or second factor where they have one (allauth asks); else by a link that is mailed to their address. Whoever
is shut out of their account cannot sign in: to them the link opens the page about their data, and nothing else.
"""

import time
from functools import wraps

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from members.models import User

SALT = "members.privacy.proof"
LINK_LASTS = 60 * 60  # seconds: a mail to a work mailbox may take some of it
PROOF_LASTS = 60 * 60
SESSION = "proved_by_mail_at"
# What a link leads to: the word in it, and the page's name.
PAGES = {
    "data": "members:data",
    "close": "close_account",
    "passkey": "mfa_add_webauthn",
    "app": "mfa_activate_totp",
    "password": "account_set_password",
    "address": "account_email",
    "provider": "socialaccount_connections",
}


def proved(page):
    """A view for whoever has shown that it is them; others are asked, and come back to `page`."""

    def decorate(view):
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if get_reauthentication_flows(request.user):
                return reauthentication_required(view)(request, *args, **kwargs)
            if proved_by_link(request):
                return view(request, *args, **kwargs)
            return ask_by_mail(page)

        return guarded

    return decorate


def proved_by_link(request):
    return time.time() - request.session.get(SESSION, 0) < PROOF_LASTS


def ask_by_mail(page):
    return redirect(f"{reverse('members:prove')}?{urlencode({'then': page})}")


def still_to_prove(request):
    """Before somebody adds a way into an account: whoever has neither password nor second factor must have shown within
    the hour that the mailbox is theirs. Else one left signed in on a shared computer is anybody's to keep.

    Of the others allauth asks for what they have.
    """
    if get_reauthentication_flows(request.user) or proved_by_link(request):
        return False
    records = get_authentication_records(request, request.user)
    return not any(record["method"] == "code" and time.time() - record["at"] < PROOF_LASTS for record in records)


def ways_in(page, view):
    """The view of a library that adds a way in, for whoever has shown that it is them."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        return ask_by_mail(page) if still_to_prove(request) else view(request, *args, **kwargs)

    return guarded


def link_for(member, page):
    token = signing.dumps([member.pk, page], salt=SALT)
    return settings.SITE_URL + reverse("members:link", args=[token])


def read_link(token):
    """Whose link it is and where it leads; (None, "") where it is too old or nobody's."""
    try:
        pk, page = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None, ""
    return User.objects.people().filter(pk=pk, is_active=True).first(), page


def mark_proved(request):
    request.session[SESSION] = time.time()
