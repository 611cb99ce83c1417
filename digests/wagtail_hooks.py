"""The weekly letter's page in the Wagtail admin."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from digests.views import staff


class LetterMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("digests.change_issue")


@hooks.register("register_admin_urls")
def letter_urls():
    return [
        path("letter/", staff.letters, name="letters"),
        path("letter/send/", staff.send_now, name="send_letter_now"),
    ]


@hooks.register("register_admin_menu_item")
def letter_menu_item():
    return LetterMenuItem("Weekly letter", reverse("letters"), name="letters", icon_name="mail", order=210)
