"""Evidence packs: read by whoever holds the link, made for a group by its convenors."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from insights import packing
from insights.forms import GroupPackForm
from insights.models import EvidencePack
from networks.models import Coalition, Membership
from networks.views.guard import for_members


def by_link(view):
    """With the pack that this link leads to, for this reader: kept by nobody on the way, and in no search engine."""

    @never_cache
    @wraps(view)
    def found(request, key):
        response = view(request, get_object_or_404(EvidencePack.objects.readable_by(request.user), key=key))
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return found


@by_link
def pack(request, pack):
    """Of public stories it shows the same to all who hold its link, signed in or not."""
    words, stories = pack.shown_words(request.user), pack.shown_stories(request.user)
    context = {"pack": pack, "words_at_rest": words[0], "words": words[1]}
    return render(request, "insights/pack.html", {**context, "at_rest": stories[0], "others": stories[1]})


@for_members
def of_group(request, key):
    """The packs of what one group was told, for who is in it; its convenors make them."""
    group = get_object_or_404(Coalition.objects.joined_by(request.user), key=key)
    convenes = group.goes_on and Membership.objects.convenors().filter(coalition=group, member=request.user).exists()
    form = GroupPackForm(request.POST if request.method == "POST" and convenes else None, group=group)
    if form.is_valid() and (made := form.freeze(by=request.user, now=timezone.now())):
        messages.success(request, gettext("The pack is made. Who is in this group can read it."))
        return redirect(made)
    context = {"group": group, "convenes": convenes, "form": form, "packs": group.evidence_packs.all()}
    return render(request, "insights/group_packs.html", context)


@require_POST
@for_members
def take_back(request, key, pack_key):
    """By a convenor of its group."""
    convened = Membership.objects.convenors().filter(member=request.user, coalition__key=key)
    groups = Coalition.objects.joined_by(request.user).filter(pk__in=convened.values("coalition"))
    packing.take_back(get_object_or_404(EvidencePack, group__in=groups, key=pack_key))
    messages.success(request, gettext("The pack is gone, and its link leads nowhere."))
    return redirect("group_evidence:list", key)
