"""The teller's page for photos, the address that shows one, and what readers and moderators are shown of them."""

import pytest
from django.core.files.storage import default_storage, storages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from confidentiality import pictures
from confidentiality.tests.pictures import KINDS, laden, photo, upload, upload_of
from members.models import Photo
from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from practices.models import Boundary
from stories import actions
from stories.models import Story
from stories.tests.desk import now, review, send_edit
from stories.tests.factories import NOTES, StoryFactory, edit_of, photo_in, pictured
from stories.tests.pages import at, text

pytestmark = pytest.mark.django_db

GOOD = {"alt": "A wall of notes.", "nobody_seen": "on"}
LARGEST = 10 * 1024 * 1024


def give(client, story, file=None, **answers):
    return client.post(at("photos", story), {"photo": file or upload(photo()), **GOOD, **answers})


def address(story):
    return at("photo", story, story.photos.first().photo.name)


def errors(response):
    return dict(response.context["form"].errors)


def sensitive():
    return Boundary.objects.filter(sensitive=True).first()


def make_sensitive(story):
    edit_of(story, boundaries=["housing", sensitive()])


# --- The page ---------------------------------------------------------------------------------------------------------


def test_a_photo_is_added_from_the_drafts_own_page(teller, story):
    assert at("photos", story) in text(teller.get(at("draft", story)))
    assert give(teller, story).url == at("photos", story)
    page = text(teller.get(at("photos", story)))
    assert "Only you can see it until a moderator has read your story." in page
    assert f'src="{address(story)}" alt="A wall of notes." width="64" height="48"' in page
    assert "Add another photo" in page


def test_the_form_is_sent_as_files_are(teller, story):
    page = text(teller.get(at("photos", story)))
    assert 'enctype="multipart/form-data"' in page
    assert 'accept="image/jpeg,' in page


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        (
            {"alt": "", "nobody_seen": ""},
            {
                "photo": ["Choose a photo"],
                "alt": ["Say what is in the photo"],
                "nobody_seen": [
                    "Tick this when no person, badge, letter, screen or place name can be seen. "
                    "If one can, choose another photo"
                ],
            },
        ),
        (
            {"photo": "not a file", "alt": "a\x00b"},
            {
                "photo": ["Choose a photo"],
                "alt": ["Take out the sign that cannot be shown. It often comes along with pasted text."],
                "nobody_seen": [
                    "Tick this when no person, badge, letter, screen or place name can be seen. "
                    "If one can, choose another photo"
                ],
            },
        ),
        (
            {"alt": "x" * 60_000, "nobody_seen": "on"},
            {
                "photo": ["Choose a photo"],
                "alt": ["Keep this to 250 characters or fewer. It has 60000 now."],
            },
        ),
    ],
)
def test_what_is_missing_or_odd_is_said_in_words(teller, story, answers, found):
    response = teller.post(at("photos", story), answers)
    assert response.status_code == 200
    assert errors(response) == found
    assert not Photo.objects.exists()


def test_the_tick_is_needed_and_the_words_stay(teller, story):
    response = give(teller, story, nobody_seen="")
    assert set(errors(response)) == {"nobody_seen", "photo"}
    assert "Choose the photo once more" in text(response)
    assert "A wall of notes." in text(response)
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (upload(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "image/svg+xml"), pictures.DRAWING),
        (upload(b"Dear all", "a.jpg"), pictures.NOT_A_PICTURE),
        (upload(photo("PNG"), "a.jpg"), pictures.MISLABELLED),
        (upload(photo(size=(800, 600))[:-2000], "a.jpg"), pictures.BROKEN),
        (upload(b"", "a.jpg"), pictures.EMPTY),
    ],
)
def test_a_refused_file_comes_back_with_its_sentence_and_the_words(teller, story, file, sentence):
    file.seek(0)
    response = give(teller, story, file)
    assert errors(response) == {"photo": [sentence]}
    assert "A wall of notes." in text(response)
    assert not Photo.objects.exists()


@pytest.mark.parametrize("size", [LARGEST + 1, 3 * LARGEST])
def test_more_than_ten_megabytes_come_back_with_the_words(teller, story, size):
    response = give(teller, story, upload(photo() + bytes(size - len(photo()))))
    assert errors(response) == {"photo": [pictures.TOO_LARGE]}
    assert "A wall of notes." in text(response)


def test_too_many_files_are_a_bad_request(teller, story):
    many = {f"photo{number}": upload(photo()) for number in range(5)}
    assert teller.post(at("photos", story), {**GOOD, **many}).status_code == 400


def test_sent_twice_is_one_photo(teller, story):
    give(teller, story)
    give(teller, story)
    assert story.photos.count() == 1


def test_two_photos_are_enough(teller, story):
    photo_in(story)
    photo_in(story)
    page = text(teller.get(at("photos", story)))
    assert "These are the two that a story can have." in page
    assert "Add this photo" not in page
    assert give(teller, story).url == at("photos", story)
    assert story.photos.count() == 2


@pytest.mark.long
def test_very_many_tries_are_put_off_in_words(teller, story):
    for _ in range(40):
        teller.post(at("photos", story), {"photo": upload(b"no"), **GOOD})
    response = give(teller, story)
    assert errors(response) == {"photo": ["That is very many photos in an hour. Try again in a while"]}
    assert "A wall of notes." in text(response)


def test_while_a_moderator_reads_the_page_says_so_and_keeps_the_words(client, sent):
    page = text(client.get(at("photos", sent)))
    assert "A moderator has this story now" in page
    assert "Add this photo" not in page
    response = give(client, sent)
    assert "Take it back before you change its photos" in text(response)
    assert "A wall of notes." in text(response)
    assert not Photo.objects.exists()


def test_words_typed_after_the_session_ended_wait_for_their_writer(teller, story):
    teller.logout()
    assert give(teller, story).url.startswith(reverse("account_login"))
    teller.force_login(story.author)
    assert "A wall of notes." in text(teller.get(at("photos", story)))


def test_a_sensitive_story_says_why_it_has_no_photos(teller, story):
    make_sensitive(story)
    page = text(teller.get(at("photos", story)))
    assert "This story is told without photos" in page
    assert "Add this photo" not in page
    assert give(teller, story).url == at("photos", story)
    assert not Photo.objects.exists()


GONE_SOON = "Its photos are shown to nobody any more"


def test_photos_of_a_story_that_became_sensitive_can_only_be_taken_out(teller, story):
    photo_in(story)
    make_sensitive(story)
    page = text(teller.get(at("photos", story)))
    assert "The one below goes for good when a moderator approves the story." in page
    assert "<img" not in page
    name = story.photos.get().photo.name
    assert teller.get(at("change_photo", story, name)).url == at("photos", story)
    teller.post(at("remove_photo", story, name))
    assert not Photo.objects.exists()


@pytest.mark.parametrize("page", ["check", "send"])
def test_before_sending_the_teller_is_told_that_the_photos_go(teller, story, page):
    shown = photo_in(story)
    assert GONE_SOON not in text(teller.get(at(page, story)))
    make_sensitive(story)
    assert GONE_SOON in text(teller.get(at(page, story)))
    actions.remove_photo(shown, by=story.author, now=now())
    assert GONE_SOON not in text(teller.get(at(page, story)))


@pytest.mark.parametrize("page", ["check", "send"])
def test_the_teller_is_told_too_where_only_the_live_story_is_sensitive(client, page):
    story = pictured()
    client.force_login(story.author)
    edit_of(story, boundaries=["police", "prisons-and-probation"])
    assert GONE_SOON not in text(client.get(at(page, story)))
    Boundary.objects.filter(slug="housing").update(sensitive=True)
    assert GONE_SOON in text(client.get(at(page, story)))


def test_an_edit_that_names_something_sensitive_takes_the_photo_from_every_page_at_once(client):
    story = pictured(audience="public")
    edit_of(story, boundaries=["housing", sensitive()])
    for user in (None, story.author, MemberFactory()):
        if user:
            client.force_login(user)
        assert "<img" not in text(client.get(story.get_absolute_url()))
        assert client.get(address(story)).status_code == 404
    client.force_login(story.author)
    assert "<img" not in text(client.get(at("preview", story)))


def test_a_moderator_is_shown_no_photo_beside_an_edit_that_names_something_sensitive(client):
    story = pictured(audience="public")
    send_edit(story, boundaries=["housing", sensitive()])
    sign_in_staff(client, ModeratorFactory())
    page = text(client.get(review(story)))
    assert "Shown to nobody" in page
    assert address(story) not in page


def test_a_photo_is_taken_out_with_one_button_and_by_no_link(teller, story):
    name = photo_in(story).photo.name
    assert teller.get(at("remove_photo", story, name)).status_code == 405
    page = teller.post(at("remove_photo", story, name), follow=True)
    assert "The photo is taken out." in text(page)
    assert not Photo.objects.exists()
    assert teller.post(at("remove_photo", story, name)).status_code == 404


def test_words_and_picture_are_changed_on_one_page(teller, story):
    shown = photo_in(story)
    change = at("change_photo", story, shown.photo.name)
    assert NOTES in text(teller.get(change))
    teller.post(change, {"alt": "A door.", "nobody_seen": "on"})
    assert (story.photos.get().alt, story.photos.get().photo_id) == ("A door.", shown.photo_id)
    teller.post(change, {"alt": "A desk.", "nobody_seen": "on", "photo": upload(photo(size=(90, 30)))})
    assert (story.photos.get().alt, story.photos.get().photo.width) == ("A desk.", 90)
    assert teller.post(change, {"alt": "A door.", "nobody_seen": "on"}).status_code == 404


def test_a_change_needs_the_tick_and_a_picture_that_we_take(teller, story):
    change = at("change_photo", story, photo_in(story).photo.name)
    response = teller.post(change, {"alt": "A door.", "photo": upload(b"no")})
    assert set(errors(response)) == {"photo", "nobody_seen"}
    assert "A door." in text(response)


def test_the_check_page_and_the_task_list_tell_of_the_photos(teller, story):
    assert "Up to two, if you have any." in text(teller.get(at("draft", story)))
    photo_in(story, alt="A door without a handle.")
    assert "1. A door without a handle." in text(teller.get(at("check", story)))
    assert address(story) in text(teller.get(at("preview", story)))


@pytest.mark.parametrize("name", ["photos", "change_photo", "remove_photo"])
@pytest.mark.parametrize("who", [MemberFactory, ModeratorFactory, EditorFactory])
def test_anothers_photos_have_no_such_pages(client, story, name, who):
    more = [] if name == "photos" else [photo_in(story).photo.name]
    client.force_login(who())
    assert client.get(at(name, story, *more)).status_code == (405 if name == "remove_photo" else 404)
    assert client.post(at(name, story, *more), GOOD).status_code == 404


def test_a_photo_of_another_story_has_no_page_here(teller, story):
    name = photo_in(StoryFactory(author=story.author)).photo.name
    assert teller.get(at("change_photo", story, name)).status_code == 404
    assert teller.get(at("photo", story, name)).status_code == 404


# --- The picture ------------------------------------------------------------------------------------------------------


def test_a_public_photo_comes_with_headers_under_which_nothing_can_run(client):
    story = pictured(audience="public")
    response = client.get(address(story))
    assert response.status_code == 200
    assert response.content == story.photos.get().photo.read()
    assert {
        name: response.get(name)
        for name in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control")
    } == {
        "Content-Type": "image/jpeg",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Cache-Control": "no-cache",
    }


def test_a_browser_that_has_it_is_told_so_only_while_it_may_see_it(client):
    story = pictured(audience="public")
    there = address(story)
    etag = client.get(there)["ETag"]
    assert client.get(there, headers={"If-None-Match": etag}).status_code == 304
    actions.withdraw(story, by=story.author, now=now())
    assert client.get(there, headers={"If-None-Match": etag}).status_code == 404


@pytest.mark.parametrize("audience", ["members", "coalition"])
def test_what_is_not_public_is_stored_by_nobody(client, audience):
    story = pictured()
    Story.objects.update(audience=audience)
    assert client.get(address(story)).status_code == 404
    client.force_login(story.author)
    response = client.get(address(story))
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response


def test_a_waiting_photo_of_a_public_story_is_stored_by_nobody(client):
    story = StoryFactory(live=True, audience="public")
    photo_in(story)
    assert client.get(address(story)).status_code == 404
    client.force_login(story.author)
    response = client.get(address(story))
    assert response["Cache-Control"] == "private, no-store"


def test_narrowing_hides_the_photo_at_once(client):
    story = pictured(audience="public")
    there = address(story)
    actions.set_reach(story, byline="role", audience="members", by=story.author, now=now())
    assert client.get(there).status_code == 404
    client.force_login(MemberFactory())
    assert client.get(there).status_code == 200


def test_a_photo_whose_file_was_lost_is_missing(client):
    story = pictured(audience="public")
    storages["private"].delete(story.photos.get().photo.file.name)
    assert client.get(address(story)).status_code == 404


@pytest.mark.parametrize("name", ["%00", "nothing", "x" * 300, "1"])
def test_a_photo_that_does_not_exist_is_missing(client, name):
    story = pictured(audience="public")
    assert client.get(f"/stories/{story.slug}/photos/{name}/").status_code == 404


# --- Readers and moderators -------------------------------------------------------------------------------------------


def test_readers_see_the_approved_photo_in_the_story(client):
    story = pictured(audience="public")
    photo_in(story, alt="Nobody has approved this.")
    page = text(client.get(story.get_absolute_url()))
    assert f'<img src="{address(story)}" alt="{NOTES}" width="64"' in page
    assert 'loading="lazy"' in page
    assert "Nobody has approved this." not in page
    assert page.count('class="photo"') == 1


def test_photos_cost_the_story_page_no_query(client):
    plain, full = StoryFactory(live=True, audience="public"), StoryFactory(audience="public")
    photo_in(full)
    photo_in(full)
    actions.send(full, by=full.author, now=now())
    actions.approve(full, by=ModeratorFactory(), now=now())
    asked = []
    for story in (plain, full):
        client.get(story.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get(story.get_absolute_url()))
        asked.append((page.count('class="photo"'), len(queries)))
    (none, before), (two, after) = asked
    assert (none, two) == (0, 2)
    assert before == after


def test_lists_have_no_thumbnails(client):
    pictured(audience="public")
    assert "<img" not in text(client.get(reverse("stories:list")))


def test_the_queue_and_the_review_page_tell_of_a_new_photo(desk):
    story = StoryFactory(live=True)
    send_edit(story, tried="Again")
    assert "Adds a photo" not in text(desk.get(reverse("stories_staff:queue")))
    actions.take_back(story, by=story.author, now=now())
    photo_in(story, alt="A door without a handle.")
    assert "A door without a handle." not in text(desk.get(review(story)))
    actions.send(story, by=story.author, now=now())
    assert "Adds a photo" in text(desk.get(reverse("stories_staff:queue")))
    page = desk.get(review(story))
    assert "New photo" in text(page)
    assert address(story) in text(page)
    assert address(story) in text(desk.get(page.context["preview_url"]))
    assert desk.get(address(story)).status_code == 200


def test_the_preview_of_a_live_version_shows_no_photo_that_was_not_sent(desk):
    story = pictured()
    photo_in(story, alt="Nobody has sent this.")
    page = desk.get(review(story))
    assert "Nobody has sent this." not in text(page)
    preview = text(desk.get(page.context["preview_url"]))
    assert NOTES in preview
    assert "Nobody has sent this." not in preview


# --- Nothing of the original anywhere ---------------------------------------------------------------------------------


def everything_stored():
    """Every byte in both storages and in every table."""
    for storage, folder in ((storages["private"], "photos"), (default_storage, "")):
        for name in storage.listdir(folder)[1] if storage.exists(folder) else []:
            with storage.open(f"{folder}/{name}".lstrip("/")) as file:
                yield file.read()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            yield from (row.encode() for (row,) in cursor.fetchall())


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_came_beside_the_pixels_is_stored_or_answered(teller, story, kind):
    data, canaries = laden(kind)
    assert [place for place, told in canaries.items() if told not in data] == []
    file = upload_of(kind, data)
    file.name = f"CANARY-{kind}-file-name{file.name}"
    canaries["file name"] = f"CANARY-{kind}-file-name".encode()
    give(teller, story, file)
    assert story.photos.count() == 1
    actions.send(story, by=story.author, now=now())
    moderator = sign_in_staff(Client(), ModeratorFactory())
    pages = [at("photos", story), at("draft", story), at("check", story), at("preview", story)]
    answers = [teller.get(page) for page in [*pages, address(story)]]
    answers += [moderator.get(page) for page in (review(story), address(story))]
    told = [answer.content + str(answer.headers).encode() for answer in answers]
    assert {answer.status_code for answer in answers} == {200}
    places = {"storage and database": b"\x00".join(everything_stored()), "responses": b"\x00".join(told)}
    found = [(where, name) for where, held in places.items() for name, canary in canaries.items() if canary in held]
    assert found == []
    assert all(f"CANARY-{kind}".encode() not in held for held in places.values())
