"""How a moderator finds the queue at once: on the admin's first page and in its menu."""

from collections import Counter

from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from stories import added
from stories.models import Story
from stories.staff.trusting import to_be_read
from stories.staff.waiting import waiting_for


class StoriesWaiting(Component):
    """How many stories wait, and since when the oldest does."""

    name = "stories_waiting"
    template_name = "stories/admin/home_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        stories = waiting_for(parent_context["request"].user)
        return {
            "to_be_read": to_be_read(parent_context["request"].user).count(),
            "count": stories.count(),
            "oldest": stories.values_list("sent_at", flat=True).first(),
        }


class StoriesOverdue(Component):
    """Stories whose tellers were promised an answer by now, counted by first reader."""

    name = "stories_overdue"
    template_name = "stories/admin/overdue_panel.html"
    order = 40

    def get_context_data(self, parent_context):
        late = waiting_for(parent_context["request"].user).filter(first_reading__due_at__lt=timezone.now())
        names = [str(story.first_reading.moderator or gettext("nobody yet")) for story in late]
        return {"count": len(names), "readers": sorted(Counter(names).items())}


class StoriesUnanswered(Component):
    """How many stories silence has hidden: a number, for nobody but their tellers may see which."""

    name = "stories_unanswered"
    template_name = "stories/admin/unanswered_panel.html"
    order = 60

    def get_context_data(self, parent_context):
        return {"count": Story.objects.filter(hidden_for_review=True).count()}


class ModerationMenuItem(MenuItem):
    """ "Moderation (3)", for moderators only."""

    def __init__(self):
        super().__init__(
            "Moderation", reverse_lazy("stories_staff:queue"), name="moderation", icon_name="edit", order=90
        )

    def is_shown(self, request):
        return request.user.is_moderator

    def render_component(self, request):
        count = waiting_for(request.user).count() + added.waiting().count()
        label = f"{self.label} ({count})" if count else self.label
        return LinkMenuItem(self.name, label, str(self.url), icon_name=self.icon_name)


class LookUpsMenuItem(MenuItem):
    """The log of look-ups, among the reports, for administrators."""

    def __init__(self):
        super().__init__(
            "Look-ups", reverse_lazy("stories_staff:look_ups"), name="look-ups", icon_name="key", order=900
        )

    def is_shown(self, request):
        return request.user.is_superuser and request.user.is_moderator
