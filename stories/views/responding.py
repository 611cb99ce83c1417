"""What readers say to a story: thanks, responses, an organisation's answer; and what its teller lets them say."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from design.paging import Keyset
from stories import actions, keeping
from stories.actions import letters
from stories.forms.contributing import ListeningForm, OrganisationResponseForm, ResponseForm, ThanksForm
from stories.models import Letterbox, OrganisationResponse, Responding, Response, Story, Thanks
from stories.views.own import authors_only, keep_and_sign_in

NEWEST_FIRST = Keyset("-created_at", "-pk", size=20)
SHOWN = _("It stands beside the story now. You can take it away again at any time.")
WAITS = _("A moderator reads it first. Until then only you see it.")
CLOSED = _("The teller takes no more responses to this story. Your words are still in the boxes: copy what you need")
MOST_THANKS = 100


def published_story(user, slug):
    return get_object_or_404(Story.objects.readable_by(user).for_listing(), slug=slug)


def members_answer(view):
    """Gives the view a published story that this member reads; words typed in an ended session wait for them."""

    @never_cache
    @wraps(view)
    def guarded(request, slug):
        if not request.user.is_authenticated:
            return keep_and_sign_in(request) if request.method == "POST" else redirect_to_login(request.path)
        story = published_story(request.user, slug)
        if not request.user.is_member:
            return render(request, "stories/respond_not_yet.html", {"story": story})
        return view(request, story)

    return guarded


def write(request, contribution, form_class, template, *, story, **form_options):
    """One page on which something is added: what was typed is kept, and it is added once."""
    typed = request.POST if request.method == "POST" else keeping.kept_answers(request)
    token = keeping.new_form_token()
    form = form_class(typed, instance=contribution, member=request.user, form_token=token, **form_options)
    if request.method == "POST" and form.is_valid():
        try:
            key = keeping.form_key_of(form.cleaned_data["form_key"])
            added = actions.add(form.fill(form_key=key), by=request.user, now=timezone.now())
        except actions.Closed:
            form.add_error(None, CLOSED)
        else:
            messages.success(request, SHOWN if added.is_live else WAITS)
            return keeping.forget(request, redirect(added))
    return render(request, template, {"story": story, "form": form})


@members_answer
def respond(request, story):
    if story.responding != Responding.OPEN and request.method != "POST":
        return render(request, "stories/respond_closed.html", {"story": story})
    return write(request, Response(story=story), ResponseForm, "stories/respond.html", story=story)


@members_answer
def organisation(request, story):
    """Only where the teller wants it, and only beside what everybody can read: else there is no such page."""
    get_object_or_404(Story.objects.open_to_organisations(), pk=story.pk)
    answer = OrganisationResponse(story=story)
    return write(request, answer, OrganisationResponseForm, "stories/organisation.html", story=story)


@members_answer
def thank(request, story):
    given = Thanks.objects.filter(story=story, member=request.user)
    before = {"kinds": [one.kind for one in given], "named": "yes" if any(one.named for one in given) else "no"}
    form = ThanksForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        kinds, named = form.cleaned_data["kinds"], form.cleaned_data["named"] == "yes"
        try:
            actions.thank(story, kinds=kinds, named=named, by=request.user, now=timezone.now())
        except actions.Closed:
            form.add_error(None, gettext("The teller takes no more responses to this story, or the story is your own"))
        else:
            messages.success(
                request, gettext("Thank you for saying so.") if kinds else gettext("Your thanks are taken back.")
            )
            return redirect(story)
    return render(request, "stories/thank.html", {"story": story, "form": form})


def responses(request, slug):
    """All that readers said to a story, the newest first; its teller sees each of the thanks as well."""
    story = published_story(request.user, slug)
    own = Story.objects.editable_by(request.user).filter(pk=story.pk).exists()
    shown = Response.objects.readable_by(request.user).filter(story=story)
    if story.responding == Responding.HIDDEN and not own:
        shown = shown.none()
    context = {"story": story, "page": NEWEST_FIRST.page(shown.for_listing(), request.GET), "own": own}
    if own:
        thanks = Thanks.objects.filter(story=story).select_related("member", "role")
        context["thanks"] = thanks.order_by("-created_at", "-pk")[:MOST_THANKS]
    return render(request, "stories/responses.html", context)


@authors_only
def listening(request, story):
    """Who may respond: changed at once, both ways."""
    organisations = "yes" if story.organisations_may_respond else "no"
    letters_before = "yes" if Letterbox.objects.filter(story=story).exists() else "no"
    before = {"responding": story.responding, "organisations": organisations, "letters": letters_before}
    posted = request.POST if request.method == "POST" else None
    form = ListeningForm(posted, initial=before, unnamed=story.is_unnamed)
    if form.is_valid():
        actions.set_listening(
            story,
            responding=form.cleaned_data["responding"],
            organisations_may_respond=form.cleaned_data["organisations"] == "yes",
            by=request.user,
            now=timezone.now(),
        )
        if wish := form.cleaned_data.get("letters"):
            letters.set_letters(story, wish == "yes", by=request.user, now=timezone.now())
        messages.success(request, gettext("Your choice counts from now on."))
        return redirect("stories:draft", story.slug)
    return render(request, "stories/listening.html", {"story": story, "form": form})
