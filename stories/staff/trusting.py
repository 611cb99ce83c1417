"""What went live first and is to be read, and ending the trust in the teller of a story."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from stories import actions, trust
from stories.models import PublishedFirst, TrustEnd
from stories.permissions import on_the_desk
from stories.staff.forms import VersionForm
from stories.staff.guard import for_moderators


def beside(story, version, waits):
    """What the review page says about trust: no name, and no other story of the same teller."""
    return {
        "to_be_read": story.published_firsts.to_be_read().first(),
        "reasons_to_wait": trust.reasons_to_wait(version) if waits and trust.is_trusted(story.author) else [],
        "trusted": trust.is_trusted(story.author),
        "trust_ended": TrustEnd.objects.filter(member=story.author_id).exists() if story.author_id else False,
    }


def to_be_read(user):
    """Stories that went live first, the oldest first."""
    unread = PublishedFirst.objects.to_be_read().values("story")
    stories = on_the_desk(user).published().filter(pk__in=unread)
    return stories.select_related("first_reading__moderator").order_by("last_published_at", "pk")


@require_POST
@for_moderators
def mark_read(request, slug):
    form = VersionForm(request.POST)
    version = form.cleaned_data["revision"] if form.is_valid() else 0
    return _act(request, slug, actions.mark_read, gettext("Read. The story stays as it is."), version=version)


@require_POST
@for_moderators
def end_trust(request, slug):
    return _act(request, slug, actions.end_trust, gettext("From now on a moderator reads this teller’s stories first."))


@require_POST
@for_moderators
def trust_again(request, slug):
    return _act(request, slug, actions.trust_again, gettext("This teller’s stories may go live first again."))


def _act(request, slug, act, done, **more):
    story = get_object_or_404(on_the_desk(request.user), slug=slug)
    try:
        act(story, by=request.user, now=timezone.now(), **more)
        messages.success(request, done)
    except actions.CannotDecide as told:
        messages.warning(request, str(told))
    return redirect("stories_staff:review", story.slug)
