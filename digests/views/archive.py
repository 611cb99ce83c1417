"""A member's own letters, to be read again on the web: as far as they may still read what is in them."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from design.paging import Keyset
from digests import reading

NEWEST_FIRST = Keyset("-issue__week", "-pk", size=26)


def letters_of(member):
    return member.deliveries.arrived().select_related("issue")


@never_cache
@login_required
def archive(request):
    page = NEWEST_FIRST.page(letters_of(request.user), request.GET)
    return render(request, "digests/archive.html", {"page": page})


@never_cache
@login_required
def last(request):
    newest = letters_of(request.user).order_by("-issue__week").first()
    if newest is None:
        raise Http404
    return redirect("digests:archived", newest.issue.week)


@never_cache
@login_required
def archived(request, week):
    delivery = get_object_or_404(letters_of(request.user), issue__week=week)
    items = reading.items_for(delivery, request.user)
    return render(request, "digests/archived.html", {"issue": delivery.issue, "items": items})
