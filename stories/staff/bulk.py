"""What Wagtail lets staff do to many snippets at once, as far as stories allow it."""

from django.contrib import messages
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from stories import actions, recognising
from stories.models import Story
from stories.staff import waiting


def why_not(line, moderator):
    """Why this one is not approved among many, or nothing."""
    if line.alone:
        return gettext("It needs a look of its own: open it to decide.")
    reader = line.reading.moderator if line.reading else None
    if reader and reader != moderator:
        return gettext("%(first_name)s reads it first: open it to decide before they do.") % {
            "first_name": reader.first_name
        }
    return ""


def why_not_these_words(line):
    """The check is asked only where somebody is about to approve, not for each line of the queue."""
    if recognising.has_open_words(Revision.objects.get(pk=line.revision).as_object()):
        return gettext("Somebody could be recognised by a word in it: open it to decide.")
    return ""


def refuse_among_many(line, moderator):
    told = why_not(line, moderator) or why_not_these_words(line)
    if told:
        raise actions.CannotDecide(told)


class ApproveStories(SnippetBulkAction):
    """Approves the running task of each ticked story, in the version that was listed."""

    display_name = _("Approve")
    aria_label = _("Approve the ticked stories")
    action_type = "approve"
    template_name = "stories/admin/approve_many.html"
    models = [Story]

    def get_actionable_objects(self):
        keys = [key for key in self.request.GET.getlist("id") if key.isdecimal()]
        stories = list(waiting.waiting_for(self.request.user).filter(pk__in=keys))
        if not stories and self.request.method == "GET":
            raise Http404
        return stories, {"items_with_no_access": []}

    def object_context(self, story):
        line = waiting.lines([story], self.request.user)[0]
        told = why_not(line, self.request.user) or why_not_these_words(line)
        return {"item": story, "line": line, "why_not": told}

    @classmethod
    def execute_action(cls, objects, **kwargs):
        request = kwargs["self"].request
        listed = {int(key) for key in request.POST.getlist("revision") if key.isdecimal()}
        done = 0
        for line in waiting.lines(objects, request.user):
            story = next(story for story in objects if story.pk == line.pk)
            try:
                refuse_among_many(line, request.user)
                revision = line.revision if line.revision in listed else 0
                actions.approve(story, by=request.user, now=timezone.now(), revision=revision)
                done += 1
            except actions.CannotDecide as told:
                messages.warning(request, f"{line.title}: {told}")
        return done, 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        if not num_parent_objects:
            return None
        return gettext("%(num_parent_objects)s approved. The tellers have been told.") % {
            "num_parent_objects": num_parent_objects
        }


class DeleteNoStories(DeleteBulkAction):
    """Nobody deletes stories in the admin; Wagtail's own page would list the titles it may not delete."""

    models = [Story]

    def get_actionable_objects(self):
        raise Http404
