"""The directory: members who chose to be found, for members only."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from confidentiality import serving
from design.compiled import compiled, one_or_404
from members import actions
from members.models import Profile, SeenBy
from networks.finding import Finding
from networks.results import Results


@login_required
def people(request):
    if not request.user.is_member:
        return redirect("members:home")  # which says what they wait for
    own = one_or_404(_own(request.user))
    results = Results(Finding(request.GET, own), request.user)
    return render(request, "networks/people.html", {"finding": results.finding, "results": results})


@compiled
def _page(reader, public_id):
    return Profile.objects.visible_to(reader).for_one_page().filter(public_id=public_id)


@compiled
def _own(reader):
    return Profile.objects.select_related("place__parent").filter(user=reader)


@login_required
def person(request, public_id):
    """As this reader is shown it; one's own as other members are, or as one's connections are."""
    person = one_or_404(_page(request.user, public_id))
    person.bring_shared()
    own, closer = person.user == request.user, request.GET.get("as") == SeenBy.CONNECTIONS
    circle = SeenBy.CONNECTIONS if own and closer else person.circle_of(request.user)
    context = {"person": person, "seen": person.seen_by(circle), "own": own, "closer": own and closer}
    return render(request, "networks/person.html", context)


@require_safe
@login_required
def photo(request, public_id, name):
    """A member's photo, asked for anew each time: what is hidden or taken away is gone at once."""
    person = get_object_or_404(Profile.objects.visible_to(request.user).for_page(), public_id=public_id)
    own = person.user == request.user
    shown = person.photo if own else person.seen_by(person.circle_of(request.user)).photo
    if shown is None or shown.name != name:
        raise Http404
    try:
        return serving.private(shown.read())
    except FileNotFoundError as gone:
        raise Http404 from gone


@login_required
def block(request, public_id):
    """Somebody whose page this member opens; nobody blocks themselves."""
    person = get_object_or_404(Profile.objects.visible_to(request.user).select_related("user"), public_id=public_id)
    own = person.user == request.user
    if request.method != "POST" or own:
        return render(request, "networks/block.html", {"person": person, "own": own})
    actions.block(person.user, known_as=str(person), by=request.user, now=timezone.now())
    messages.success(request, gettext("You will not meet them here any more. They are not told."))
    return redirect("members:blocked")
