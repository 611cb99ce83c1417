"""Photos of a story: the teller's page for them, and the one address that shows a photo to whoever may see it."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from confidentiality import serving
from stories import actions, keeping
from stories.forms import ChangePhotoForm, PhotoForm
from stories.models import StoryPhoto
from stories.models.photos import MOST
from stories.views.own import tellers_only

IN_MODERATION = _("A moderator is reading your story. Take it back before you change its photos")
TOO_OFTEN = _("That is very many photos in an hour. Try again in a while")


@tellers_only(keeps_text=True)
def photos(request, story):
    """The photos of a draft, and a form for one more while there may be one."""
    newest = story.get_latest_revision_as_object()
    form = typed(request, PhotoForm)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_photo(story, **words_and_picture(form), by=request.user, now=timezone.now())
        except actions.InModeration:
            form.add_error(None, IN_MODERATION)
        except (actions.NoPhotosHere, actions.EnoughPhotos):
            return redirect("stories:photos", story.slug)
        else:
            messages.success(request, what_happens_to_photo(story))
            return keeping.forget(request, redirect("stories:photos", story.slug))
    return show(request, story, newest, form)


def show(request, story, newest, form):
    there = list(story.photos.select_related("photo"))
    sensitive, full = story.is_sensitive or newest.is_sensitive, len(there) >= MOST
    # What was typed while a moderator began to read stays in its box.
    closed = sensitive or full or (story.is_in_moderation and not form.is_bound)
    context = {
        "story": story,
        "photos": there,
        "sensitive": sensitive,
        "full": full,
        "form": None if closed else form,
    }
    return render(request, "stories/photos.html", context)


@tellers_only
def change(request, story, name):
    """Other words for a photo, or another picture in its place."""
    shown = own_photo(story, name)
    if story.is_in_moderation or story.get_latest_revision_as_object().is_sensitive:
        return redirect("stories:photos", story.slug)
    form = typed(request, ChangePhotoForm, alt=shown.newest_alt)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_photo(shown, **words_and_picture(form), by=request.user, now=timezone.now())
        except (actions.InModeration, actions.NoPhotosHere, StoryPhoto.DoesNotExist):
            return redirect("stories:photos", story.slug)
        messages.success(request, what_happens_to_photo(story))
        return redirect("stories:photos", story.slug)
    return render(request, "stories/photo_change.html", {"story": story, "shown": shown, "form": form})


@require_POST
@tellers_only
def remove(request, story, name):
    actions.remove_photo(own_photo(story, name), by=request.user, now=timezone.now())
    messages.success(request, gettext("The photo is taken out. It is gone from every page, and deleted."))
    return redirect("stories:photos", story.slug)


def own_photo(story, name):
    return get_object_or_404(story.photos.select_related("photo", "story"), photo__name=name)


def typed(request, form_class, **initial):
    """The form as it was sent; without its file where somebody sends very many."""
    if request.method != "POST":
        kept = keeping.kept_answers(request)
        return form_class(initial={**initial, "alt": kept.get("alt")} if kept else initial)
    if not request.FILES or ratelimit.consume(request, action="add_photo"):
        return form_class(request.POST, request.FILES)
    form = form_class(request.POST)
    form.fields["photo"].required = False
    form.add_error("photo", TOO_OFTEN)
    return form


def words_and_picture(form):
    return {"picture": form.cleaned_data["photo"], "alt": form.cleaned_data["alt"]}


def what_happens_to_photo(story):
    if story.live:
        return gettext("Kept. Readers see it once a moderator has approved it: send your edit when you are ready.")
    return gettext("Kept. Only you can see it until a moderator has read your story.")


@require_safe
def photo(request, slug, name):
    """The picture itself, asked for anew each time: what was narrowed or taken out is gone at once."""
    visible = StoryPhoto.objects.visible_to(request.user).select_related("photo", "story")
    shown = get_object_or_404(visible, story__slug=slug, photo__name=name)
    try:
        if not shown.is_public:
            return serving.private(shown.photo.read())
        return serving.public(request, shown.photo.read, name=shown.photo.name)
    except FileNotFoundError as gone:
        raise Http404 from gone
