"""The directory: members who chose to be found, for members only."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from design.paging import Keyset, counted
from members import actions
from members.models import Profile
from networks.finding import Finding

BY_NAME = Keyset("by_name", "public_id", size=20)


@login_required
def people(request):
    if not request.user.is_member:
        return redirect("members:home")  # which says what they wait for
    finding = Finding(request.GET)
    found = finding.narrow(Profile.objects.visible_to(request.user).listed())
    page = BY_NAME.page(found.for_listing().annotate(by_name=Lower("user__first_name")), request.GET)
    context = {"finding": finding, "page": page, "count": counted(found, "person", "people", up_to=50)}
    return render(request, "networks/people.html", context)


@login_required
def person(request, public_id):
    person = get_object_or_404(Profile.objects.visible_to(request.user).for_listing(), public_id=public_id)
    return render(request, "networks/person.html", {"person": person, "own": person.user == request.user})


@login_required
def block(request, public_id):
    """Somebody whose page this member opens; nobody blocks themselves."""
    person = get_object_or_404(Profile.objects.visible_to(request.user).select_related("user"), public_id=public_id)
    own = person.user == request.user
    if request.method != "POST" or own:
        return render(request, "networks/block.html", {"person": person, "own": own})
    actions.block(person.user, known_as=str(person), by=request.user, now=timezone.now())
    messages.success(request, "You will not meet them here any more. They are not told.")
    return redirect("members:blocked")
