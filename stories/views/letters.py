"""Writing to the teller of an unnamed story, and who takes letters."""

import secrets

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from members.views import posted
from networks import typed
from networks.actions import conversations
from networks.models import Conversation
from networks.views.guard import for_members
from stories.actions import Closed, letters
from stories.forms.letters import LetterForm
from stories.models import Story
from stories.models.letters import takes_letters

MANY = _("You have begun three of these today. Come back tomorrow: your words are still in the box, copy them")
LEFT = _("One of you has left the conversation that began with this story. Your words are still in the box")


@never_cache
@for_members
def write_to_teller(request, slug):
    """Once a story: after that one goes on where one began."""
    stories = Story.objects.readable_by(request.user).filter(takes_letters()).for_listing()
    story = stories.exclude(pk__in=Story.objects.editable_by(request.user).values("pk")).filter(slug=slug).first()
    if story is None:
        raise Http404
    begun = Conversation.objects.visible_to(request.user).filter(teller_conversation__story=story).first()
    if begun and request.method != "POST":
        return redirect(begun)
    form = LetterForm(posted(request) or typed.kept_answers(request), initial={"form_key": secrets.token_urlsafe(12)})
    if request.method == "POST" and form.is_valid():
        said = {"text": form.cleaned_data["reason"], "form_key": form.cleaned_data["form_key"] or secrets.token_hex(8)}
        try:
            written = letters.write_to_teller(story, **said, by=request.user, now=timezone.now())
        except letters.TooManyLetters:
            form.add_error(None, MANY)
        except (conversations.Closed, Closed):
            form.add_error(None, LEFT)
        else:
            typed.forget(request)
            return redirect(written)
    return render(request, "stories/write_to_teller.html", {"story": story, "form": form})
