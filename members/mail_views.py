"""A member's mail: what comes, when, a break from it, and the way out in each mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from members import kinds, mail
from members.forms.mail import BreakForm, MailForm


@login_required
def wishes(request):
    member = request.user
    form = MailForm(request.POST if request.method == "POST" else None, member=member, answers=mail.answers_of(member))
    if form.is_valid():
        mail.choose(member, **form.wishes)
        messages.success(request, gettext("Your answers count from now on."))
        return redirect("members:mail")
    return show(request, form=form)


def show(request, *, form=None, break_form=None):
    member, now = request.user, timezone.now()
    context = {
        "form": form or MailForm(member=member, answers=mail.answers_of(member)),
        "break_form": break_form or BreakForm(member=member, now=now),
        "resting": member.is_on_break(now),
        "fixed": [group for group in kinds.GROUPS if shown_as_fixed(group, member)],
    }
    return render(request, "members/mail.html", context)


def shown_as_fixed(group, member):
    return not group.is_wished and group.is_for(member)


@login_required
@require_POST
def take_break(request):
    if "end" in request.POST:
        mail.end_break(request.user)
        messages.success(request, gettext("Welcome back. Your mail comes as before."))
        return redirect("members:mail")
    form = BreakForm(request.POST, member=request.user, now=timezone.now())
    if not form.is_valid():
        return show(request, break_form=form)
    mail.take_break(request.user, until=form.cleaned_data["until"])
    messages.success(request, gettext("Your break has begun. It ends by itself."))
    return redirect("members:mail")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """The way out in a mail. GET shows one button, since scanners open every link; POST acts, whoever sends it: it is
    the mail program that posts, without a cookie. The signed token is the proof, and it opens nothing else."""
    found = mail.read_stop_token(token)
    if found is None:
        raise Http404
    member, group = found
    if request.method == "POST":
        mail.stop(member, group)
    return render(request, "members/stop_mail.html", {"group": group, "stopped": request.method == "POST"})
