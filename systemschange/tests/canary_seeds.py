"""Leaks made on purpose, as they happen in sites like this one: the sweep must name each of them.

A seed is given the world and pytest's monkeypatch, and answers with what leaks: (canary, actor, address).
"""

import base64

from django.conf import settings

from confidentiality.tests.pictures import photo
from design import errors
from digests import reading as letter_again
from members import middleware as second_factor
from members.models import Photo
from stories import exporting, feeds, share_picture
from stories.models import Story, StoryPhoto
from stories.models.telling import Telling
from stories.views import reading
from systemschange import middleware
from systemschange.tests import surfaces, sweep
from systemschange.tests.canaries import word


def name_in_a_feed(world, patch):
    entry = feeds.entry
    patch.setattr(feeds, "entry", lambda story: entry(story) | {"author_name": story.author.get_full_name()})
    return "author-name", "visitor", "/stories/feed/"


def draft_title_in_a_meta_tag(world, patch):
    patch.setattr(settings, "SITE_NAME", world.stories["draft"].title)
    return "draft-title", "visitor", world.stories["public"].get_absolute_url()


def alt_text_in_an_admin_list(world, patch):
    alts = property(lambda story: " ".join(shown.newest_alt for shown in StoryPhoto.objects.all()))
    patch.setattr(Telling, "teller", alts)
    return "draft-alt", "editor", "/admin/report_stories/"


def address_in_a_header(world, patch):
    """In base64, as a signed value would carry it."""
    coded = base64.urlsafe_b64encode(f"as={world.author.email}".encode()).decode()
    patch.setitem(middleware.ALWAYS, "Permissions-Policy", coded)
    return "author-email", "waiting", "/places/"


def name_in_an_etag(world, patch):
    patch.setattr(share_picture, "fingerprint", lambda story: story.author.get_full_name())
    return "author-name", "visitor", f"{world.stories['public'].get_absolute_url()}picture.png"


def name_in_a_location(world, patch):
    go = second_factor.go
    patch.setattr(second_factor, "go", lambda name, wanted: go(name, f"{wanted}?for={world.author}"))
    return "author-name", "visitor", "/admin/"


def name_in_a_csv(world, patch):
    patch.setitem(exporting.COLUMNS, "teller", lambda story: str(story.author))
    return "author-name", "editor", "/admin/moderation/table/csv/"


def hidden_story_in_a_workbook(world, patch):
    live = Story.objects.filter(live=True).for_listing().prefetch_related("practices")
    patch.setattr(exporting, "stories_for", lambda user: live)
    return "hidden-title", "editor", "/admin/moderation/table/xlsx/"


def page_kept_from_before_it_was_narrowed(world, patch):
    """A cache that knows the address and not who asks; a member was there first."""
    fetch, kept = reading._for_page, {}

    def fetch_once(reader, slug):
        if slug not in kept:
            kept[slug] = fetch(reader, slug)
        return kept[slug]

    patch.setattr(reading, "_for_page", fetch_once)
    address = world.stories["narrowed"].get_absolute_url()
    list(sweep.answers(world.clients["member"], [address]))
    return "narrowed-title", "visitor", address


def title_on_an_error_page(world, patch):
    render = errors.render

    def tell_all(request, template, context, status):
        response = render(request, template, context, status=status)
        response.content += f"<!-- {Story.objects.filter(title=word('sent-title')).get().title.upper()} -->".encode()
        return response

    patch.setattr(errors, "render", tell_all)
    return "sent-title", "member", "/no-such-page/"


def comment_left_in_a_picture(world, patch):
    patch.setattr(Photo, "read", lambda kept: photo(comment=word("exif").encode()))
    shown = world.stories["members"].photos.get()
    return "exif", "member", f"{world.stories['members'].get_absolute_url()}photos/{shown.photo.name}/"


def letter_read_again_without_rights(world, patch):
    surfaces.send_everything(world)

    def every_one(user, keys):
        return {one.pk: letter_again.shown("story", one, one.title) for one in Story.objects.filter(pk__in=keys)}

    patch.setitem(letter_again.READ, "story", every_one)
    [address] = surfaces.surfaces(world)["in the last letter"]
    return "draft-title", "member", address


SEEDS = [
    name_in_a_feed,
    draft_title_in_a_meta_tag,
    alt_text_in_an_admin_list,
    address_in_a_header,
    name_in_an_etag,
    name_in_a_location,
    name_in_a_csv,
    hidden_story_in_a_workbook,
    page_kept_from_before_it_was_narrowed,
    title_on_an_error_page,
    comment_left_in_a_picture,
    letter_read_again_without_rights,
]
