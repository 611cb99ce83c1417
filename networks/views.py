"""The directory: members who chose to be found, for members only."""

from django.contrib.auth.decorators import login_required
from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404, redirect, render

from design.paging import Keyset
from members.models import Profile
from networks.finding import Finding

BY_NAME = Keyset("by_name", "public_id", size=20)
COUNT_UP_TO = 50


@login_required
def people(request):
    if not request.user.is_member:
        return redirect("members:home")  # which says what they wait for
    finding = Finding(request.GET)
    found = finding.narrow(Profile.objects.visible_to(request.user).listed())
    page = BY_NAME.page(found.for_listing().annotate(by_name=Lower("user__first_name")), request.GET)
    return render(request, "networks/people.html", {"finding": finding, "page": page, "count": counted(found)})


def counted(profiles):
    """ "17 people", and no more exact than "50+ people": counting on would cost more than it tells."""
    count = profiles.values("pk")[: COUNT_UP_TO + 1].count()
    if count > COUNT_UP_TO:
        return f"{COUNT_UP_TO}+ people"
    return f"{count or 'No'} {'person' if count == 1 else 'people'}"


@login_required
def person(request, public_id):
    person = get_object_or_404(Profile.objects.visible_to(request.user).for_listing(), public_id=public_id)
    return render(request, "networks/person.html", {"person": person, "own": person.user == request.user})
