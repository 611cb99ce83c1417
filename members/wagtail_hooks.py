"""What this room adds to the Wagtail admin."""

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from members import admin_views


@hooks.register("register_admin_urls")
def people_waiting_urls():
    urls = [
        path("", admin_views.people_waiting, name="people_waiting"),
        path("<slug:public_id>/approve/", admin_views.approve_person, name="approve_person"),
    ]
    return [path("people/", include((urls, "members_staff")))]


class PeopleMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("members.approve_user")


@hooks.register("register_admin_menu_item")
def people_waiting_menu_item():
    return PeopleMenuItem("People waiting", reverse("members_staff:people_waiting"), icon_name="group", order=160)


@hooks.register("construct_homepage_panels")
def people_waiting_panel(request, panels):
    if request.user.has_perm("members.approve_user"):
        panels.append(admin_views.PeopleWaiting())
