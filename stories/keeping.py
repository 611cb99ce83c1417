"""Words typed signed out: kept here for a day, found again only by the browser that sent them.

The browser holds a signed cookie with the keys, set by the POST that brought the words and by nothing else.
"""

from datetime import timedelta

from allauth.core import ratelimit
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from stories import actions
from stories.models import KeptText

COOKIE = "kept_text"
SALT = "stories.kept_text"
LASTS = timedelta(hours=24)
MOST_KEYS = 5  # a browser rarely has more than one; more would only be a way to grow a cookie
LONGEST = 300_000  # characters as sent, where one letter may take nine: more than any of our pages takes


def can_keep(request):
    """Not when it is longer than any of our pages, nor when one network address has sent very many."""
    return len(request.POST.urlencode()) <= LONGEST and ratelimit.consume(request, action="keep_text")


def keep(request, response, *, typed, now, key=None):
    """Keep what was typed into this page, a QueryDict, and give the browser the key. The same `key` replaces it."""
    fields = {"address": request.path, "typed": typed.urlencode(), "created_at": now}
    known = _keys(request)
    if key in known:
        kept, _ = KeptText.objects.update_or_create(key=key, defaults=fields)
    else:
        kept = _kept_anew(key, fields)
    _give_keys(response, [kept.key, *(other for other in known if other != kept.key)])
    return response


def _kept_anew(key, fields):
    """Under the key of its form, unless other words stand there: then somebody else may hold that key, who copied it
    from a page left open on a shared computer."""
    if key:
        kept, made = KeptText.objects.get_or_create(key=key, defaults=fields)
        if made or kept.typed == fields["typed"]:
            return kept
    return KeptText.objects.create(**fields)


def kept_texts(request, *, now=None):
    """What this browser's cookie leads to and has not expired, the newest first."""
    keys = _keys(request)
    if not keys:
        return KeptText.objects.none()
    return KeptText.objects.since((now or timezone.now()) - LASTS).filter(key__in=keys).order_by("-created_at")


def kept_answers(request):
    """What was typed into this very page before the session ended, as its form takes it; None where nothing was."""
    kept = kept_texts(request).filter(address=request.path).first()
    return kept.answers if kept else None


def forget(request, response):
    """The text of this page is saved now: let the copy and its key go."""
    keys = _keys(request)
    if keys:
        KeptText.objects.filter(key__in=keys, address=request.path).delete()
        _give_keys(response, list(kept_texts(request).values_list("key", flat=True)))
    return response


def attach(request, *, now):
    """Make drafts of the jots that wait for this browser, each once; returns the newest one's story, or None."""
    waiting = kept_texts(request, now=now).filter(address=reverse("stories:new"))
    return _draft_of_each(waiting, author=request.user, now=now) if _keys(request) else None


@transaction.atomic
def _draft_of_each(waiting, *, author, now):
    story = None
    for kept in reversed(waiting.select_for_update()):
        title, noticed = kept.answers["title"], kept.answers["noticed"]
        group = kept.answers.get("group", "")
        story = actions.jot(author=author, title=title, noticed=noticed, now=now, jot_key=kept.key, group=group)
        kept.delete()
    return story


def go_on(request, response):
    """Clear the keys of what has been attached from the browser."""
    if COOKIE in request.COOKIES:
        _give_keys(response, list(kept_texts(request).values_list("key", flat=True)))
    return response


def leave_browser(response):
    """Let the browser forget what waits in it: whoever signs in on it next may be somebody else."""
    _give_keys(response, [])
    return response


def clear(*, now):
    """Delete what nobody came back for; returns how many."""
    return KeptText.objects.before(now - LASTS).delete()[0]


def form_key_of(token):
    """The key of a form from its signed token: what nobody here has signed is no key."""
    try:
        return signing.loads(token or "", salt=SALT)
    except signing.BadSignature:
        return None


def new_form_token():
    return signing.dumps(KeptText._meta.get_field("key").get_default(), salt=SALT)


def _keys(request):
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=LASTS)
    return kept.split(".")[:MOST_KEYS] if kept else []


def _give_keys(response, keys):
    path = reverse("stories:list")
    if not keys:
        response.delete_cookie(COOKIE, path=path, samesite="Lax")
        return
    response.set_signed_cookie(
        COOKIE,
        ".".join(keys[:MOST_KEYS]),
        salt=SALT,
        max_age=LASTS,
        path=path,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
