from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.tests.factories import MemberFactory, UserFactory
from stories.models import KeptText, Story
from stories.tasks import clear_kept_texts
from stories.tests.pages import JOT, at, jot_page, text

pytestmark = pytest.mark.django_db


# --- The two boxes ----------------------------------------------------------------------------------------------------


def test_a_jot_of_a_member_becomes_a_draft_and_goes_on_to_safety(client):
    author = MemberFactory()
    client.force_login(author)
    response = client.post(reverse("stories:new"), jot_page(client))
    story = Story.objects.get()
    assert (story.author, story.title, story.noticed) == (author, JOT["title"], JOT["noticed"])
    assert response.url == at("safety", story)


def test_a_jot_sent_twice_is_one_story(client):
    client.force_login(MemberFactory())
    page = jot_page(client)
    addresses = [client.post(reverse("stories:new"), page).url for _ in range(2)]
    assert addresses == [at("safety", Story.objects.get())] * 2


def test_whoever_waits_to_be_let_in_may_jot(client):
    client.force_login(UserFactory())
    client.post(reverse("stories:new"), jot_page(client))
    assert Story.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"title": ""}, "Enter a line you will recognise later"),
        ({"noticed": " \n "}, "Enter what you noticed"),
        ({"title": "x" * 101}, "Keep this to 100 characters or fewer. It has 101 now."),
        ({"noticed": "x" * 1_000_000}, "Keep this to 10000 characters or fewer. It has 1000000 now."),
        ({"noticed": "a\x00b"}, "Take out the sign that cannot be shown."),
        ({"title": "a\x00b"}, "Take out the sign that cannot be shown."),
    ],
)
def test_a_jot_that_cannot_be_kept_says_why_and_keeps_what_was_typed(client, answers, sentence):
    response = client.post(reverse("stories:new"), {**JOT, **answers})
    assert response.status_code == 200
    assert sentence in text(response)
    assert "<title>Error: " in text(response)
    assert response.context["form"]["noticed"].value() == {**JOT, **answers}["noticed"]
    assert not KeptText.objects.exists()


def test_an_empty_form_says_both_sentences(client):
    response = client.post(reverse("stories:new"))
    assert response.context["form"].errors == {
        "title": ["Enter a line you will recognise later"],
        "noticed": ["Enter what you noticed"],
    }


def test_fields_that_the_page_does_not_show_are_ignored(client):
    author, other = MemberFactory(), MemberFactory()
    client.force_login(author)
    extra = {"author": other.pk, "live": "1", "slug": "mine", "edit_number": "7", "audience": "public", "demo": "1"}
    client.post(reverse("stories:new"), {**jot_page(client), **extra})
    story = Story.objects.get()
    assert (story.author, story.live, story.audience, story.demo) == (author, False, "members", False)
    assert (story.slug != "mine", story.edit_number) == (True, 1)


@pytest.mark.parametrize("form_key", [None, "", "made up", "a\x00b", "x" * 5000])
def test_a_form_key_that_we_did_not_sign_counts_for_nothing(client, form_key):
    client.force_login(MemberFactory())
    for _ in range(2):
        client.post(reverse("stories:new"), JOT if form_key is None else {**JOT, "form_key": form_key})
    assert Story.objects.filter(jot_key=None).count() == 2


@pytest.mark.parametrize("group", ["%00", "%00a", "a%00", "x" * 5000])
@pytest.mark.parametrize("signed_in", [True, False])
def test_an_odd_group_in_the_address_is_no_group(client, signed_in, group):
    if signed_in:
        client.force_login(MemberFactory())
    address = f"{reverse('stories:new')}?group={group}"
    assert client.get(address).context["group"] is None
    response = client.post(address, jot_page(client), follow=True)
    assert response.status_code == 200
    # Whoever signs in later finds it among their drafts.
    client.force_login(MemberFactory())
    assert client.get(reverse("stories:mine")).status_code == 200
    assert client.get(reverse("stories:attach"), follow=True).status_code == 200


# --- The two boxes, signed out ----------------------------------------------------------------------------------------


def test_a_reader_of_the_two_boxes_gets_no_cookie_of_ours(client):
    client.get(reverse("stories:new"))
    assert set(client.cookies) == {"csrftoken"}


def test_signed_out_the_words_wait_under_a_cookie_set_by_the_post(client):
    response = client.post(reverse("stories:new"), jot_page(client))
    cookie = response.cookies["kept_text"]
    assert response.url == reverse("stories:kept")
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["path"]) == (
        True,
        "Lax",
        86400,
        "/stories/",
    )
    kept = KeptText.objects.get()
    assert kept.answers["noticed"] == JOT["noticed"]
    assert "csrfmiddlewaretoken" not in kept.typed
    page = text(client.get(response.url))
    assert f"?next={reverse('stories:attach')}" in page
    assert JOT["noticed"] not in page


def test_after_signing_in_the_waiting_jot_is_attached_once(client):
    client.post(reverse("stories:new"), jot_page(client))
    author = MemberFactory()
    client.force_login(author)
    response = client.get(reverse("stories:attach"))
    story = Story.objects.get()
    assert (response.url, story.author, story.title) == (at("safety", story), author, JOT["title"])
    assert response.cookies["kept_text"].value == ""
    assert not KeptText.objects.exists()
    assert client.get(reverse("stories:attach")).url == reverse("stories:mine")
    assert Story.objects.count() == 1


def test_the_list_of_ones_stories_finds_a_waiting_jot_too(client):
    client.post(reverse("stories:new"), jot_page(client))
    client.force_login(MemberFactory())
    page = client.get(reverse("stories:mine"))
    assert [story.title for story in page.context["page"].items] == [JOT["title"]]
    assert page.cookies["kept_text"].value == ""


def test_whoever_copied_the_key_of_an_open_form_gets_nothing_that_is_typed_into_it(client):
    page, thief = jot_page(client), Client()
    thief.post(reverse("stories:new"), {**page, "noticed": "A net."})
    client.post(reverse("stories:new"), page)
    thief.post(reverse("stories:new"), {**page, "noticed": "Another net."})
    for browser, found in [(thief, ["Another net."]), (client, [JOT["noticed"]])]:
        author = MemberFactory()
        browser.force_login(author)
        browser.get(reverse("stories:attach"))
        assert [story.noticed for story in author.stories.all()] == found


def test_a_double_click_signed_out_waits_once(client):
    page, second = jot_page(client), Client()
    client.post(reverse("stories:new"), page)
    second.post(reverse("stories:new"), page)
    assert KeptText.objects.count() == 1


def test_the_same_jot_sent_twice_signed_out_waits_once_and_its_last_words_count(client):
    page = jot_page(client)
    client.post(reverse("stories:new"), page)
    client.post(reverse("stories:new"), {**page, "noticed": "Another thing."})
    client.force_login(MemberFactory())
    client.get(reverse("stories:attach"))
    assert Story.objects.get().noticed == "Another thing."


def test_the_form_of_a_jot_that_was_attached_leads_to_its_story(client):
    page = jot_page(client)
    client.post(reverse("stories:new"), page)
    client.force_login(MemberFactory())
    client.get(reverse("stories:attach"))
    assert client.post(reverse("stories:new"), page).url == at("safety", Story.objects.get())


def test_two_jots_of_one_browser_both_wait(client):
    for title in ("One", "Two"):
        client.post(reverse("stories:new"), {**jot_page(client), "title": title})
    client.force_login(MemberFactory())
    assert client.get(reverse("stories:attach")).url == at("safety", Story.objects.get(title="Two"))
    assert Story.objects.count() == 2


def test_a_waiting_jot_is_for_the_browser_that_sent_it(client):
    client.post(reverse("stories:new"), jot_page(client))
    key = KeptText.objects.get().key
    for forged in (key, f"{key}:xxxx", ""):
        client.cookies["kept_text"] = forged
        client.force_login(MemberFactory())
        client.get(reverse("stories:attach"))
    assert not Story.objects.exists()


def test_after_a_day_a_waiting_jot_is_gone(client):
    client.post(reverse("stories:new"), jot_page(client))
    clear_kept_texts()
    assert KeptText.objects.count() == 1
    KeptText.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert client.get(reverse("stories:kept")).url == reverse("stories:new")
    client.force_login(MemberFactory())
    client.get(reverse("stories:attach"))
    clear_kept_texts()
    assert (Story.objects.count(), KeptText.objects.count()) == (0, 0)


def test_signed_in_the_page_of_kept_words_attaches_them(client):
    client.post(reverse("stories:new"), jot_page(client))
    client.force_login(MemberFactory())
    assert client.get(reverse("stories:kept")).url == reverse("stories:attach")


def test_attaching_asks_to_sign_in_first(client):
    assert client.get(reverse("stories:attach")).url.startswith(reverse("account_login"))


def test_very_many_texts_from_one_network_are_refused_and_not_lost(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"keep_text": "1/h/ip"}
    client.post(reverse("stories:new"), jot_page(client))
    response = client.post(reverse("stories:new"), {**jot_page(client), "title": "Another"})
    assert response.status_code == 429
    assert "Very many texts came from your network" in text(response)
    assert response.context["form"]["title"].value() == "Another"
    assert KeptText.objects.count() == 1


def test_signed_in_nobody_is_counted(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"keep_text": "1/h/ip"}
    client.force_login(MemberFactory())
    for _ in range(3):
        client.post(reverse("stories:new"), jot_page(client))
    assert Story.objects.count() == 3


def test_two_windows_that_attach_at_once_make_one_story(transactional_db, client):
    client.post(reverse("stories:new"), jot_page(client))
    author = MemberFactory()

    def attach(_):
        try:
            window = Client()
            window.force_login(author)
            window.cookies["kept_text"] = client.cookies["kept_text"].value
            return window.get(reverse("stories:attach")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as windows:
        assert list(windows.map(attach, range(2))) == [302, 302]
    assert (Story.objects.count(), KeptText.objects.count()) == (1, 0)


def test_what_waits_in_a_browser_does_not_wait_for_the_next_person_at_it(client):
    """The writer signs in without coming back to the jot, and signs out again."""
    client.post(reverse("stories:new"), jot_page(client))
    client.force_login(MemberFactory())
    client.post(reverse("account_logout"))
    client.force_login(MemberFactory())
    client.get(reverse("stories:mine"))
    assert Story.objects.count() == 0


def test_starting_the_sign_up_again_keeps_what_waits(client):
    """The sign-up's own way back posts to the same address, before anybody is signed in."""
    client.post(reverse("stories:new"), jot_page(client))
    client.post(reverse("account_logout"))
    client.force_login(MemberFactory())
    client.get(reverse("stories:mine"))
    assert Story.objects.count() == 1
