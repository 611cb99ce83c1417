"""In the Wagtail admin: people who wait to be let in, and mail that did not go."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component

from members import actions, suppressing
from members.models import Invitation, Notice, Suppression, User

may_let_in = permission_required("members.approve_user", raise_exception=True)
may_see_mail = permission_required("members.view_notice", raise_exception=True)


@may_let_in
def people_waiting(request):
    page = Paginator(User.objects.in_queue(), 50).get_page(request.GET.get("page"))
    words = words_for(page.object_list)
    lines = [(person, words.get(person.pk, [])) for person in page]
    return render(request, "members/admin/people_waiting.html", {"people": page, "lines": lines})


def words_for(people):
    """By account: who vouched, each once, and whether they have for somebody suspended since. For staff alone."""
    given = Invitation.objects.for_people(list(people)).select_related("invited_by").order_by("created_at", "pk")
    regretting = regretting_among([one.invited_by_id for one in given])
    words, told = {}, set()
    emails = {person.email: person.pk for person in people}
    for one in given:
        for key in (emails.get(one.email.lower()), one.taken_by_id):
            if key and (key, one.invited_by_id) not in told:
                told.add((key, one.invited_by_id))
                words.setdefault(key, []).append((one.invited_by, one.invited_by_id in regretting))
    return words


def regretting_among(keys):
    """Those of these members who have vouched for somebody who was suspended since."""
    regretted = Invitation.objects.regretted().filter(invited_by__in=keys)
    return set(regretted.values_list("invited_by", flat=True))


@may_let_in
@require_POST
def approve_person(request, public_id):
    person = get_object_or_404(User.objects.people(), profile__public_id=public_id)
    actions.approve(person, by=request.user, now=timezone.now())
    messages.success(request, gettext("%(person)s is in and has been told.") % {"person": person})
    return redirect("members_staff:people_waiting")


@may_see_mail
def mail(request):
    page = Paginator(Notice.objects.in_trouble(), 50).get_page(request.GET.get("page"))
    left_alone = Paginator(Suppression.objects.order_by("address"), 50).get_page(request.GET.get("addresses"))
    return render(request, "members/admin/mail.html", {"notices": page, "left_alone": left_alone})


@may_see_mail
@require_POST
def lift(request):
    """Mail may go to this address again; where it is not on the list, nothing changes."""
    suppressing.lift(request.POST.get("address", ""))
    messages.success(request, gettext("Mail may go to that address again."))
    return redirect("members_mail")


class PeopleWaiting(Component):
    """The home panel: how many wait, and since when."""

    order = 110
    template_name = "members/admin/home_panel.html"

    def get_context_data(self, parent_context):
        waiting = User.objects.in_queue()
        oldest = waiting.order_by("date_joined").first()
        return {"count": waiting.count(), "oldest": oldest}
