"""What readers without an account do: ask for new stories by mail, confirm, leave."""

from allauth.core import ratelimit
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from digests import reader_mails, readers
from digests.forms import MailingListForm, SubscribeForm
from practices import words
from stories.views.crossings import find_crossing
from stories.views.places import find_place

TOO_OFTEN = _("Too many addresses were entered from your network. Wait an hour and try again.")


def subscribe_to_crossing(request, a, b):
    return subscribe(request, find_crossing(a, b))


def subscribe_to_place(request, slug):
    return subscribe(request, find_place(slug, words.places()))


@never_cache
def subscribe(request, about):
    """The answer is the same for every address: whoever types one learns nothing about it."""
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not ratelimit.consume(request, action="subscribe"):
        form.add_error(None, TOO_OFTEN)
    if form.is_valid():
        readers.subscribe(address=form.cleaned_data["address"], about=about, now=timezone.now())
        return redirect("digests:asked")
    return render(request, "digests/subscribe.html", {"form": form, "about": about})


@never_cache
def mailing_list(request):
    """Reports, the public letter, a crossing or a place; other pages lead here with one of them chosen."""
    form = MailingListForm(request.POST if request.method == "POST" else None, chosen=request.GET.get("list", ""))
    if form.is_valid() and not ratelimit.consume(request, action="subscribe"):
        form.add_error(None, TOO_OFTEN)
    if form.is_valid():
        readers.subscribe(address=form.cleaned_data["address"], about=form.about, now=timezone.now())
        return redirect("digests:asked")
    return render(request, "digests/mailing_list.html", {"form": form})


def asked(request):
    return render(request, "digests/asked.html")


def by_mail(view):
    """The token of the mail is the proof: no sign-in, no cookie. GET shows one button, since scanners open links."""
    return never_cache(csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(view)))


@by_mail
def confirm(request, token):
    key = opened(reader_mails.confirm_signer, token)
    name = readers.name_of(key)
    if request.method != "POST":
        return render(request, "digests/confirm.html", {"name": name})
    done = readers.confirm(key, now=timezone.now())
    return render(request, "digests/confirm.html", {"name": name, "done": done, "ended": not done})


@by_mail
def leave(request, token):
    key = opened(reader_mails.leave_signer, token)
    if request.method == "POST":
        readers.leave(key)
    return render(request, "digests/leave_news.html", {"left": request.method == "POST"})


@by_mail
def leave_one(request, token):
    """One list of several. The page names it no more than the mail did, and shows nothing else."""
    key = opened(reader_mails.leave_one_signer, token)
    name = readers.name_of(key)
    if request.method == "POST":
        readers.leave_one(key)
    return render(request, "digests/leave_one.html", {"name": name, "left": request.method == "POST"})


def opened(signer, token):
    key = reader_mails.unsigned(signer, token)
    if key is None:
        raise Http404
    return key
