"""One's own data: a copy of it, and the link that shows who asks where no password does."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members import actions
from members.forms.data import AddressForm
from members.models import DataCopy
from members.privacy.proof import PAGES, mark_proved, proved, read_link

GONE = _("There is no copy to take: it has been taken, or a day has passed. Ask for a new one.")


@proved("data")
def data(request):
    if request.method == "POST":
        actions.ask_for_copy(request.user, now=timezone.now())
        return redirect("members:data")
    return render(request, "members/data.html", page_about(request.user))


@require_POST
@proved("data")
def take(request):
    return taken(request.user) or nothing_there(request, "members:data")


def page_about(member, **more):
    now = timezone.now()
    copy = DataCopy.objects.filter(member=member).first()
    return {"copy": copy, "ready": bool(copy and copy.is_ready(now)), "member": member, **more}


def taken(member):
    """The copy as a file, of which no browser keeps a second one (`never_cache`); None where there is none."""
    content = actions.take_copy(member, now=timezone.now())
    if content is None:
        return None
    return FileResponse(content, as_attachment=True, filename="my-data.zip", content_type="application/zip")


def nothing_there(request, *where):
    messages.warning(request, GONE)
    return redirect(*where)


# --- Who asks ---------------------------------------------------------------------------------------------------------


@never_cache
@login_required
def prove(request):
    """Whoever has no password and no second factor is mailed a link; it brings them back to where they were going."""
    then = request.GET.get("then", "")
    if then not in PAGES:
        raise Http404
    if request.method == "POST":
        if ratelimit.consume(request, action="mail_link", key=str(request.user.pk)):
            actions.mail_link(request.user, page=then, now=timezone.now())
        return render(request, "members/link_sent.html", {"own": True})
    return render(request, "members/prove.html", {"then": then})


@never_cache
def by_mail(request):
    """For people who are shut out of their account. Everybody is told the same: nobody learns who has one here."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "members/by_mail.html", {"form": form})
    address = form.cleaned_data["email"]
    if ratelimit.consume(request, action="mail_link", key=address):
        actions.mail_link_to_suspended(address, now=timezone.now())
    return render(request, "members/link_sent.html", {"own": False})


@never_cache
def link(request, token):
    """A mailed link. Signed in, it proves who asks; shut out, it opens the page about one's data and nothing else."""
    member, page = read_link(token)
    if member is None:
        raise Http404
    if member.may_sign_in:
        return _go_on(request, member, page)
    if request.method != "POST":
        return render(request, "members/data.html", page_about(member, token=token))
    if "take" in request.POST:
        return taken(member) or nothing_there(request, "members:link", token)
    actions.ask_for_copy(member, now=timezone.now())
    return redirect("members:link", token)


def _go_on(request, member, page):
    if request.user.is_anonymous:
        return redirect_to_login(request.path)
    if request.user.pk != member.pk:
        raise Http404
    mark_proved(request)
    return redirect(PAGES[page])


def closed(request):
    """Where somebody lands who has closed their account."""
    return render(request, "members/closed.html")
