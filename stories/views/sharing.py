"""The picture of a public story, for other sites that show where a link leads."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext

from stories import share_picture
from stories.models import Story


def picture(request, slug):
    """Public stories only, also for those who may read more. Whoever keeps a copy asks again each time, so that a
    story that was withdrawn is gone here too."""
    story = get_object_or_404(Story.objects.public().for_listing(), slug=slug)
    etag = f'"{share_picture.fingerprint(story)}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(share_picture.png(story), content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = gettext("public, no-cache")
    response["X-Robots-Tag"] = "noindex"
    return response
