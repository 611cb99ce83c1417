"""What this room adds to the Wagtail admin."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from networks.staff.rules import RulesWaiting


@hooks.register("register_admin_urls")
def rules_urls():
    return [path("rules/", include("networks.staff.rules_urls"))]


@hooks.register("construct_homepage_panels")
def rules_waiting(request, panels):
    if request.user.is_moderator:
        panels.append(RulesWaiting())


@hooks.register("register_admin_urls")
def introductions_urls():
    return [path("introductions/", include("networks.staff.introductions_urls"))]


@hooks.register("register_reports_menu_item")
def introductions_entry():
    url = reverse_lazy("introductions_staff:went")
    return MenuItem(gettext("How introductions went"), url, icon_name="group", order=900)


@hooks.register("register_admin_urls")
def cohorts_urls():
    return [path("cohorts/", include("networks.staff.cohorts_urls"))]


@hooks.register("register_admin_menu_item")
def cohorts_entry():
    url = reverse_lazy("cohorts_staff:list")
    return CohortsMenuItem(gettext("Cohorts"), url, icon_name="group", order=162)


class CohortsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("members.approve_user")


class RulesMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_moderator


@hooks.register("register_admin_menu_item")
def rules_entry():
    return RulesMenuItem(gettext("Rule or habit?"), reverse_lazy("rules_staff:queue"), icon_name="help", order=91)
