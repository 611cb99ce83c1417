"""A form that came without the right token: its words are put back into the boxes, and nothing is saved.

Signing in or out in one window changes the token of every page that stands open in another. What another site could
have sent is not shown either.
"""

from django.shortcuts import render
from django.views.decorators.cache import never_cache

from design import errors
from stories.forms import SAFETY, JotForm, section_of
from stories.views import sending, writing
from stories.views.own import tellers_only


def csrf_failure(request, reason=""):
    match = request.resolver_match
    again = AGAIN.get(match.view_name) if match else None
    if again and came_from_here(request):
        response = again(request, **match.kwargs)
        response.status_code = 403 if response.status_code == 200 else response.status_code
        return response
    return errors.csrf_failure(request, reason)


def came_from_here(request):
    """By what the browser says of itself, which no other site can make it say."""
    here = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    return origin == here if origin else request.headers.get("Referer", "").startswith(f"{here}/")


@never_cache
def jot(request):
    return render(request, "stories/jot.html", {"form": JotForm(request.POST), "unsure": True})


@tellers_only(keeps_text=True)
def safety(request, story):
    return page(request, story, SAFETY)


@tellers_only(keeps_text=True)
def write(request, story, section):
    return page(request, story, section_of(section))


def page(request, story, section):
    if section is None:
        return errors.page_not_found(request)
    form = section.form(request.POST, instance=story.get_latest_revision_as_object(), later=True)
    return writing.show(request, story, section, form, unsure=True)


@tellers_only(keeps_text=True)
def send(request, story):
    newest = story.get_latest_revision_as_object()
    return sending.show(request, story, newest, sending.form_with_words(request.POST, newest), unsure=True)


AGAIN = {"stories:new": jot, "stories:safety": safety, "stories:write": write, "stories:send": send}
