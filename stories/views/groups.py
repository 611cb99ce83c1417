"""What is told to one group only, for who is in it."""

from django.shortcuts import get_object_or_404, render

from networks.models import Coalition
from networks.views.guard import for_members
from stories.views.reading import NEWEST_FIRST


@for_members
def group_stories(request, key):
    group = get_object_or_404(Coalition.objects.joined_by(request.user), key=key)
    page = NEWEST_FIRST.page(group.stories.readable_by(request.user).for_listing(), request.GET)
    return render(request, "stories/group_stories.html", {"group": group, "page": page})
