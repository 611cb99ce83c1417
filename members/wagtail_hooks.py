"""What this room adds to the Wagtail admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from members import actions, admin_merging, admin_people, admin_views
from members.models import User
from members.models.user import TELLER_EMAIL
from members.privacy.ledger import EVERYTHING


@hooks.register("register_admin_urls")
def people_waiting_urls():
    urls = [
        path("", admin_views.people_waiting, name="people_waiting"),
        path("<slug:public_id>/approve/", admin_views.approve_person, name="approve_person"),
    ]
    people = [
        path("", admin_people.people, name="people"),
        path("csv/", admin_people.csv_export, name="people_csv"),
        path("xlsx/", admin_people.xlsx_export, name="people_xlsx"),
        path("<slug:public_id>/suspend/", admin_people.suspend, name="suspend_person"),
        path("<slug:public_id>/mails/", admin_people.mails, name="mails"),
    ]
    merging = [
        path("<slug:public_id>/", admin_merging.find_other, name="find_other"),
        path("<slug:public_id>/<slug:other_id>/", admin_merging.merge, name="merge"),
    ]
    urls.insert(0, path("members/", include(people)))
    urls.insert(0, path("merging/", include(merging)))
    mail = [
        path("mail/", admin_views.mail, name="members_mail"),
        path("mail/lift/", admin_views.lift, name="lift_suppression"),
    ]
    return [path("people/", include((urls, "members_staff"))), *mail]


class Entry(MenuItem):
    """Shown to those who may open the page."""

    def __init__(self, *args, permission, **kwargs):
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_menu_item")
def people_waiting_entry():
    url = reverse("members_staff:people_waiting")
    return Entry(gettext("People waiting"), url, icon_name="group", order=160, permission="members.approve_user")


@hooks.register("register_admin_menu_item")
def people_entry():
    url = reverse("members_staff:people")
    return Entry(gettext("Members"), url, icon_name="user", order=161, permission="members.approve_user")


@hooks.register("register_log_actions")
def log_who_was_shut_out(actions):
    actions.register_action("members.suspend", gettext("Suspend"), gettext("Shut out"))
    actions.register_action("members.readmit", gettext("Readmit"), gettext("Let in again"))
    actions.register_action("members.merge", gettext("Merge"), gettext("Took over a second account of the same person"))


@hooks.register("register_settings_menu_item")
def mail_entry():
    url = reverse("members_mail")
    return Entry(gettext("Mail that did not go"), url, icon_name="mail", order=700, permission="members.view_notice")


@hooks.register("construct_homepage_panels")
def people_waiting_panel(request, panels):
    if request.user.has_perm("members.approve_user"):
        panels.append(admin_views.PeopleWaiting())


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def leave_the_teller_alone(request, user):
    """The system's own account is nobody's to change; without it nobody could save a story."""
    if user.email == TELLER_EMAIL:
        raise Http404


@hooks.register("before_bulk_action")
def leave_the_teller_alone_among_many(request, action_type, objects, action):
    for chosen in objects:
        if getattr(chosen, "email", "") == TELLER_EMAIL:
            raise Http404


@hooks.register("before_delete_user")
def close_instead_of_deleting(request, user):
    """Wagtail would delete a row and leave everything that it does not know of."""
    if request.method == "POST":
        _close(user)
        messages.success(request, gettext("The account is closed. What others read of it stays without a name."))
        return redirect("wagtailusers_users:index")
    return None


@hooks.register("before_bulk_action")
def close_many_instead_of_deleting(request, action_type, objects, action):
    if action_type == "delete" and action.model is User and request.method == "POST":
        for user in objects:
            _close(user)
        return redirect("wagtailusers_users:index")
    return None


def _close(user):
    try:
        actions.close(user, kept=EVERYTHING, now=timezone.now())
    except actions.StaffStay as refused:
        raise PermissionDenied(gettext("Take the staff mark from the account first.")) from refused
