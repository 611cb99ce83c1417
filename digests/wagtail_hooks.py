"""The weekly letter's pages in the Wagtail admin."""

from django.urls import include, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem


class LetterMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("digests.change_issue")


@hooks.register("register_admin_urls")
def letter_urls():
    return [path("letter/", include("digests.views.staff.urls"))]


@hooks.register("register_admin_menu_item")
def letter_menu_item():
    url = reverse_lazy("letters_staff:letters")
    return LetterMenuItem("Weekly letter", url, name="letters", icon_name="mail", order=210)
