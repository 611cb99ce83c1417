"""A member's own pages: the account, the welcome, the profile, vouching."""

from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from members import actions, signed_in, terms
from members.adapter import INVITATION
from members.forms.profile import PortraitForm, ProfileForm, VouchForm, WelcomeForm
from members.models import Invitation

FOR_MEMBERS = {
    "attempts:list",
    "introductions:list",
    "conversations:list",
    "members:vouch",
    "rules:own",
    "members:blocked",
}


def member_required(view):
    """For people who were let in; for others the page is not there."""

    @login_required
    @wraps(view)
    def for_members(request, *args, **kwargs):
        if not request.user.is_member:
            raise Http404
        return view(request, *args, **kwargs)

    return for_members


def next_or_home(request):
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if get_adapter(request).is_safe_url(wanted) else reverse("members:home")


def posted(request):
    return request.POST if request.method == "POST" else None


@login_required
def home(request):
    links = [
        (gettext("Your stories"), "stories:mine", gettext("Drafts, what a moderator is reading, and what is live.")),
        (
            gettext("What you are trying"),
            "attempts:list",
            gettext("A log for yourself: what you expect, and what happened."),
        ),
        (
            gettext("Kept for later"),
            "stories:kept_for_later",
            gettext("Stories for a quieter moment. Only you see them."),
        ),
        (
            gettext("What you follow"),
            "stories:following",
            gettext("Crossings, searches and stories, and what is new there."),
        ),
        (gettext("Introductions"), "introductions:list", gettext("Who asked to meet you, and whom you asked.")),
        (gettext("Conversations"), "conversations:list", gettext("With those you have met here.")),
        (gettext("Rule or habit?"), "rules:own", gettext("What you asked and answered, unnamed.")),
        (gettext("Your profile"), "members:profile", gettext("What others see, and whether they find you.")),
        (gettext("Vouch for a colleague"), "members:vouch", gettext("Your word lets somebody in sooner.")),
        (
            gettext("People you blocked"),
            "members:blocked",
            gettext("Whom you do not want to meet here. Only you see them."),
        ),
        (gettext("Weekly letter"), "digests:letter", gettext("Whether you get it.")),
        (gettext("Your mail"), "members:mail", gettext("What comes, when, and a break from all of it.")),
        (
            gettext("Sign-in and security"),
            "members:security",
            gettext("Your address, a password, passkeys, a second factor."),
        ),
        (gettext("Where you are signed in"), "usersessions_list", gettext("Sign out of a computer you left.")),
        (gettext("House rules and privacy"), "members:terms", gettext("What you agreed to, and when.")),
        (gettext("My data"), "members:data", gettext("A copy of everything that is yours.")),
        (gettext("Close my account"), "close_account", gettext("What goes, what stays, and what you decide.")),
        (gettext("Sign out"), "account_logout", ""),
    ]
    shown = [link for link in links if request.user.is_member or link[1] not in FOR_MEMBERS]
    tasks = [{"title": title, "href": reverse(name), "hint": hint} for title, name, hint in shown]
    return render(request, "members/home.html", {"tasks": tasks, "approval": settings.SIGNUP_MODE == "approval"})


@login_required
def security(request):
    user = request.user
    return render(
        request,
        "members/security.html",
        {
            "address": EmailAddress.objects.get_primary_email(user) or user.email,
            "has_password": user.has_usable_password(),
            "has_totp": is_mfa_enabled(user, [Authenticator.Type.TOTP]),
            "has_provider": user.socialaccount_set.exists(),
            "passkeys": user.authenticator_set.filter(type=Authenticator.Type.WEBAUTHN).count(),
        },
    )


@login_required
def sessions(request):
    places = signed_in.places(request)
    wanted = request.POST.get("session")
    if wanted:
        ended = [place for place in places if not place.current and wanted in (place.mark, "others")]
        for place in ended:
            place.end()
        if ended:
            messages.success(request, gettext("Signed out there."))
        else:
            messages.info(request, gettext("You are signed out there already."))
        return redirect("usersessions_list")
    return render(request, "usersessions/usersession_list.html", {"sessions": places})


@login_required
def terms_page(request):
    user, then, current = request.user, next_or_home(request), terms.current()
    if "later" in request.POST:
        request.session[terms.LATER] = current.number
        return redirect(then)
    # A version that came between reading and pressing is asked about by itself.
    if request.POST.get("version") == str(current.number):
        actions.agree(user, version=current.number, now=timezone.now())
        return redirect(then)
    known = {version.number: version for version in terms.versions()}
    agreements = [(agreement, known.get(agreement.version)) for agreement in user.agreements.all()]
    context = {"versions": terms.outstanding(user), "current": current, "agreements": agreements, "next": then}
    return render(request, "members/terms.html", context)


@login_required
def welcome(request):
    then = next_or_home(request)
    if request.user.welcomed_at:
        return redirect(then)
    if "later" in request.POST:
        request.user.mark_welcomed(now=timezone.now())
        return redirect(then)
    form = WelcomeForm(posted(request))
    if form.is_valid():
        form.save(request.user, now=timezone.now())
        return redirect(then)
    return render(request, "members/welcome.html", {"form": form, "next": then})


@login_required
def profile(request):
    """What one says of oneself; whoever is not listed is shown next how it would look to others."""
    form = ProfileForm.about(request.user, posted(request))
    own = request.user.profile
    if form.is_valid():
        form.save(request.user)
        messages.success(request, gettext("Your profile is saved."))
        return redirect("members:profile" if own.listed_at else own)
    return render(request, "members/profile_form.html", {"form": form, "profile": own})


@login_required
def portrait(request):
    """One's own photo: another, or none."""
    own = request.user.profile
    form = PortraitForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and "remove" in request.POST:
        own.show(None)
        messages.success(request, gettext("Your photo is deleted."))
        return redirect("members:portrait")
    if request.method == "POST" and not ratelimit.consume(request, action="add_photo"):
        form.add_error("photo", gettext("That is very many photos in an hour. Try again in a while"))
    if form.is_valid():
        form.save(request.user, now=timezone.now())
        messages.success(request, gettext("Your photo is saved."))
        return redirect("members:portrait")
    return render(request, "members/portrait.html", {"form": form, "profile": own})


@require_POST
@login_required
def listing(request):
    """Into the directory, or out of it: chosen beside how the profile looks to others."""
    wish = request.POST.get("listed") == "yes"
    actions.list_in_directory(request.user, wish, now=timezone.now())
    messages.success(
        request,
        gettext("You are in the list of people.") if wish else gettext("You are not in the list of people any more."),
    )
    return redirect(request.user.profile)


@member_required
def vouch(request):
    form = VouchForm(posted(request))
    if form.is_valid():
        try:
            actions.vouch(by=request.user, email=form.cleaned_data["email"], now=timezone.now())
        except actions.TooManyVouches:
            form.add_error(
                None,
                gettext(
                    "You have vouched for ten people in these thirty days. "
                    "Come back when the first of them is longer ago."
                ),
            )
        else:
            messages.success(
                request, gettext("Thank you. If they are new here, a mail with a link is on its way to them.")
            )
            return redirect("members:vouch")
    return render(request, "members/vouch.html", {"form": form})


@member_required
def blocked(request):
    """Whom one has blocked, and the way back."""
    if request.method == "POST":
        actions.unblock(request.POST.get("key", "").replace("\0", ""), by=request.user)
        messages.success(request, gettext("You no longer block them. They are not told of that either."))
        return redirect("members:blocked")
    return render(request, "members/blocked.html", {"blocks": request.user.blocks.newest_first()})


def invitation(request, token):
    """The link of an invitation's mail opens the sign-up for this browser; following it twice changes nothing."""
    request.session[INVITATION] = get_object_or_404(Invitation.objects.unused(), token=token).token
    return redirect("account_signup")
