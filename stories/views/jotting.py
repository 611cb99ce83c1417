"""Page one, open to anyone, and how a jot finds its writer again."""

from allauth.account import views as account
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from design.paging import Keyset
from networks.models import Coalition
from stories import actions, attaching, keeping
from stories.forms import JotForm
from stories.models import Audience, Story
from stories.views.own import NOT_YOURS

FOUND = _("Here is what you wrote before you signed in. It is a draft now, and only you can see it.")
CROWDED = _(
    "Very many texts came from your network in the last hour. Copy your words, sign in and put them in again, "
    "or try once more in a while"
)
GROUP_KEY = Coalition._meta.get_field("key").max_length
NEWEST_TOUCHED_FIRST = Keyset("-latest_revision__created_at", "-pk", size=20)


@never_cache
def new(request):
    if request.method == "POST":
        form = JotForm(request.POST)
        if form.is_valid():
            return jot(request, form)
    else:
        form = JotForm(initial={"form_key": keeping.new_form_token()})
    return show(request, form)


def show(request, form, status=200):
    """With the group that it is begun for, where whoever asks is in it."""
    group = Coalition.objects.joined_by(request.user).going_on().filter(key=group_asked_for(request)).first()
    return render(request, "stories/jot.html", {"form": form, "group": group}, status=status)


def group_asked_for(request):
    """The key of a group, as it stands in an address; PostgreSQL can hold no NUL."""
    return request.GET.get("group", "").replace("\0", "")[:GROUP_KEY]


def jot(request, form):
    """A draft for whoever is signed in; for anybody else a text that waits."""
    group = group_asked_for(request)
    now, key = timezone.now(), keeping.form_key_of(form.cleaned_data["form_key"])
    title, noticed = form.cleaned_data["title"], form.cleaned_data["noticed"]
    if not request.user.is_authenticated:
        if keeping.can_keep(request):
            typed = QueryDict(urlencode({"title": title, "noticed": noticed} | ({"group": group} if group else {})))
            return keeping.keep(request, redirect("stories:kept"), typed=typed, now=now, key=key)
        form.add_error(None, CROWDED)
        return show(request, form, status=429)
    story = actions.jot(author=request.user, title=title, noticed=noticed, now=now, jot_key=key, group=group)
    tell_of_group(request, story)
    return redirect("stories:safety", story.slug)


def tell_of_group(request, story):
    """It was begun for a group that its writer is not in: then it is for nobody until they choose."""
    if story.audience == Audience.COALITION and not story.coalition_id:
        messages.warning(request, f"{NOT_YOURS}.")


@never_cache
def kept(request):
    """The jot is kept: sign up or sign in. Whoever is signed in already finds it at once."""
    if request.user.is_authenticated:
        return redirect("stories:attach")
    if not keeping.kept_texts(request).exists():
        return redirect("stories:new")
    return render(request, "stories/kept.html")


@never_cache
@login_required
def attach(request):
    story = keeping.attach(request, now=timezone.now())
    if story is None:
        return keeping.go_on(request, redirect("stories:mine"))
    messages.success(request, FOUND)
    tell_of_group(request, story)
    return keeping.go_on(request, redirect("stories:safety", story.slug))


@never_cache
@login_required
def mine(request):
    if keeping.attach(request, now=timezone.now()):
        messages.success(request, FOUND)
    if attaching.attach_experiments(request, now=timezone.now()):
        messages.success(request, gettext("What you tried is sent. You find it under what you added."))
    stories = Story.objects.editable_by(request.user).with_moderation().with_group().select_related("latest_revision")
    page = NEWEST_TOUCHED_FIRST.page(stories.defer("latest_revision__content"), request.GET)
    return keeping.go_on(request, render(request, "stories/mine.html", {"page": page}))


def sign_out(request):
    """allauth's own page; words that still wait in this browser do not wait for the next person at it."""
    leaves = request.method == "POST" and request.user.is_authenticated
    response = account.logout(request)
    return keeping.leave_browser(response) if leaves else response
