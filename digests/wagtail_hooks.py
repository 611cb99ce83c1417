"""The weekly letter's pages in the Wagtail admin."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from digests import running
from digests.models import Issue


class LetterMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("digests.change_issue")


class LetterState(Component):
    """Whether a letter is going out, what became of the last one, and whether the next has a note."""

    name = "letter_state"
    template_name = "digests/admin/letter_state.html"
    order = 110

    def get_context_data(self, parent_context):
        last = Issue.objects.gone().first()
        counts = running.counts(last) if last else {}
        return {
            "last": last,
            "sent": counts.get("sent"),
            "to_come": counts.get("still to come"),
            "trouble": counts and counts["failed"] + counts["unknown"],
            "note": Issue.objects.filter(state=Issue.State.DRAFT).exclude(note="").exists(),
        }


@hooks.register("construct_homepage_panels")
def letter_state(request, panels):
    if request.user.has_perm("digests.change_issue"):
        panels.append(LetterState())


@hooks.register("register_admin_urls")
def letter_urls():
    return [path("letter/", include("digests.views.staff.urls"))]


@hooks.register("register_admin_menu_item")
def letter_menu_item():
    url = reverse_lazy("letters_staff:letters")
    return LetterMenuItem(gettext("Weekly letter"), url, name="letters", icon_name="mail", order=210)
