"""The weekly letter's page in the Wagtail admin."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from digests.models import Issue
from digests.views import staff


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
        return {
            "last": last and Issue.objects.with_counts().get(pk=last.pk),
            "note": Issue.objects.filter(state=Issue.State.DRAFT).exclude(note="").exists(),
        }


@hooks.register("construct_homepage_panels")
def letter_state(request, panels):
    if request.user.has_perm("digests.change_issue"):
        panels.append(LetterState())


@hooks.register("register_admin_urls")
def letter_urls():
    return [
        path("letter/", staff.letters, name="letters"),
        path("letter/send/", staff.send_now, name="send_letter_now"),
    ]


@hooks.register("register_admin_menu_item")
def letter_menu_item():
    return LetterMenuItem("Weekly letter", reverse("letters"), name="letters", icon_name="mail", order=210)
