"""Several people, one story: who tells it, who is asked to, and how each of them can go."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members.adapter import INVITATION
from members.models import Invitation
from stories import actions
from stories.forms.together import AgreementForm, InviteForm, NamingForm
from stories.models import Asking
from stories.views.own import authors_only, tellers_only

TOO_MANY = _("You have asked ten people today. Come back tomorrow.")


@tellers_only
def together(request, story):
    if story.author_id == request.user.pk:
        return of_author(request, story)
    if request.method == "POST":
        raise Http404
    return show(request, story, naming=NamingForm(initial={"wish": own(request, story).wants_name and "yes" or "no"}))


def of_author(request, story):
    if request.method != "POST":
        return show(request, story, invite=InviteForm(own_address=request.user.email))
    form = InviteForm(request.POST, own_address=request.user.email)
    if form.is_valid():
        try:
            actions.invite(story, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.TooManyAskings:
            form.add_error(None, TOO_MANY)
        except actions.NotAMember:
            form.add_error(None, gettext("You can ask somebody once a moderator has let you in."))
        else:
            messages.success(request, gettext("A mail with a link is on its way to them. It opens for 14 days."))
            return redirect("stories:together", story.slug)
    return show(request, story, invite=form)


def show(request, story, **forms):
    """The page with its forms; one that was sent comes back with what was typed."""
    people = list(story.coauthors.current().select_related("member").order_by("joined_at", "pk"))
    context = {
        "story": story,
        "is_author": story.author_id == request.user.pk,
        "mine": next((person for person in people if person.member_id == request.user.pk), None),
        "people": people,
        "now": timezone.now(),
        "left": story.coauthors.asked().exclude(pk__in=[person.pk for person in people]),
        "askings": story.askings.filter(ended_at=None).to_write().order_by("created_at"),
        "agreement": story.agreements.filter(version=story.version_key).first(),
        "agreeing": AgreementForm(),
        **forms,
    }
    return render(request, "stories/together.html", context)


def own(request, story):
    """The co-authorship of who asks; their author has none."""
    return get_object_or_404(story.coauthors.of(request.user))


@require_POST
@authors_only
def take_invitation_back(request, story):
    asking = story.askings.to_write().filter(pk=number(request)).first()
    if asking:
        actions.take_invitation_back(asking, by=request.user, now=timezone.now())
        messages.success(request, gettext("The link opens nothing any more."))
    return redirect("stories:together", story.slug)


@require_POST
@authors_only
def end(request, story):
    person = story.coauthors.current().filter(pk=number(request)).first()
    if person:
        actions.part(person, by=request.user, now=timezone.now())
        messages.success(request, gettext("They can no longer open the story, and have been told."))
    return redirect("stories:together", story.slug)


def number(request):
    sent = request.POST.get("who", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 19 else 0


@tellers_only
def leave(request, story):
    person = own(request, story)
    if request.method != "POST":
        return render(request, "stories/leave.html", {"story": story, "mine": person})
    actions.part(person, by=request.user, now=timezone.now())
    messages.success(
        request, gettext("You have left. The story is no longer among yours, and your name does not stand with it.")
    )
    return redirect("stories:mine")


@require_POST
@tellers_only
def naming(request, story):
    person, form = own(request, story), NamingForm(request.POST)
    if form.is_valid():
        try:
            person = actions.name_coauthor(person, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.InModeration:
            form.add_error(
                "wish", gettext("A moderator is reading the story. Choose your name once they have decided.")
            )
        else:
            later = person.wants_name and not person.named
            told = (
                gettext("Your name shows with the next version that a moderator approves.")
                if later
                else gettext("Your choice counts.")
            )
            messages.success(request, told)
            return redirect("stories:together", story.slug)
    return show(request, story, naming=form)


# --- The link from the mail -------------------------------------------------------------------------------------------


@never_cache
def invited(request, token):
    """Nothing of the story is shown before somebody who is signed in has said yes."""
    asking = get_object_or_404(Asking.objects.standing(timezone.now()).select_related("story"), token=token)
    if not request.user.is_authenticated:
        return ask_to_join(request, asking)
    if asking.story.author_id == request.user.pk:
        return redirect("stories:together", asking.story.slug)
    if asking.what == Asking.What.TELL and asking.asked_by_id == request.user.pk:
        raise Http404
    if asking.is_behind_a_block(request.user):
        raise Http404
    if request.method != "POST":
        return render(request, "stories/invited.html", {"asking": asking})
    try:
        story = actions.accept(asking, by=request.user, now=timezone.now())
    except actions.NotThere:
        raise Http404 from None
    messages.success(request, gettext("It is among your stories now."))
    return redirect("stories:draft", story.slug)


def ask_to_join(request, asking):
    """Sign in or join. Where joining needs a member's word, who asked has given it."""
    if settings.SIGNUP_MODE == "invitation" and asking.asked_by:
        vouched = Invitation.objects.filter(email__iexact=asking.email, invited_by=asking.asked_by).first()
        vouched = vouched or asking.asked_by.invitations.create(email=asking.email, created_at=timezone.now())
        request.session[INVITATION] = vouched.token
    return render(request, "stories/invited_join.html", {"asking": asking, "here": request.path})
