"""What this room adds to the Wagtail admin."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def figures_urls():
    return [path("figures/", include("insights.staff.urls"))]


@hooks.register("register_reports_menu_item")
def figures_entry():
    return MenuItem(gettext("Figures"), reverse_lazy("insights_staff:figures"), icon_name="table", order=880)
