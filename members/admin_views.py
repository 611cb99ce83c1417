"""In the Wagtail admin: people who wait to be let in, and mail that did not go."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component

from members import actions
from members.models import Notice, User

may_let_in = permission_required("members.approve_user", raise_exception=True)
may_see_mail = permission_required("members.view_notice", raise_exception=True)


@may_let_in
def people_waiting(request):
    page = Paginator(User.objects.in_queue(), 50).get_page(request.GET.get("page"))
    return render(request, "members/admin/people_waiting.html", {"people": page})


@may_let_in
@require_POST
def approve_person(request, public_id):
    person = get_object_or_404(User.objects.people(), profile__public_id=public_id)
    actions.approve(person, by=request.user, now=timezone.now())
    messages.success(request, f"{person} is in and has been told.")
    return redirect("members_staff:people_waiting")


@may_see_mail
def mail(request):
    page = Paginator(Notice.objects.in_trouble(), 50).get_page(request.GET.get("page"))
    return render(request, "members/admin/mail.html", {"notices": page})


class PeopleWaiting(Component):
    """The home panel: how many wait, and since when."""

    order = 110
    template_name = "members/admin/home_panel.html"

    def get_context_data(self, parent_context):
        waiting = User.objects.in_queue()
        oldest = waiting.order_by("date_joined").first()
        return {"count": waiting.count(), "oldest": oldest}
