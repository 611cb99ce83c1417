import pytest
from django.urls import reverse

from members.tests.factories import MemberFactory
from stories.models import KeptText, Story
from stories.tests.factories import edit_of
from stories.tests.pages import SAFE, TOLD, at, fresh, jot_page, post, text

pytestmark = pytest.mark.django_db


# --- Two windows ------------------------------------------------------------------------------------------------------


def two_windows(client, story, here, section="noticed", **there):
    number = fresh(story).edit_number
    edit_of(story, **there)
    return client.post(at("write", story, section), {**here, "edit_number": number})


def test_the_second_window_is_shown_both_texts(teller, story):
    response = two_windows(teller, story, {"noticed": "From here", "flex": ""}, noticed="From there")
    assert response.status_code == 200
    assert response.context["form"]["noticed"].value() == "From here"
    assert [row["value"] for row in response.context["elsewhere"]] == ["From there"]
    assert "From there" in text(response)
    assert fresh(story).noticed == "From there"


def test_keeping_the_boxes_saves_what_was_typed_here(teller, story):
    response = two_windows(teller, story, {"noticed": "From here"}, noticed="From there")
    number = response.context["form"]["edit_number"].value()
    teller.post(at("write", story, "noticed"), {"noticed": "From here", "edit_number": number})
    assert fresh(story).noticed == "From here"


def test_keeping_both_puts_one_text_after_the_other(teller, story):
    response = two_windows(teller, story, {"noticed": "From here", "flex": "Same"}, noticed="From there", flex="Same")
    number = response.context["form"]["edit_number"].value()
    answers = {"noticed": "From here", "flex": "Same", "edit_number": number, "both": "1"}
    assert teller.post(at("write", story, "noticed"), answers).url == at("write", story, "noticed")
    assert (fresh(story).noticed, fresh(story).flex) == ("From there\n\nFrom here", "Same")


def test_keeping_both_keeps_the_ticks_of_both(teller, story):
    edit_of(story, practices=["borrow-a-view"])
    answers = {"boundaries": ["police"], "place": "wales", "both": "1"}
    post(teller, at("write", story, "where"), answers, story)
    saved = fresh(story)
    assert [boundary.slug for boundary in saved.boundary_list] == ["housing", "mental-health", "police"]
    assert [practice.slug for practice in saved.practices.all()] == ["borrow-a-view"]
    assert saved.place.slug == "wales"


def test_the_same_page_sent_twice_is_simply_saved(teller, story):
    answers = {**TOLD["where"], "edit_number": fresh(story).edit_number}
    for _ in range(2):
        assert teller.post(at("write", story, "where"), answers).url == at("check", story)
    assert [boundary.slug for boundary in fresh(story).boundary_list] == ["housing", "mental-health"]


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 400, "a\x00b"])
def test_an_edit_number_that_makes_no_sense_overwrites_nothing(teller, story, number):
    response = teller.post(at("write", story, "noticed"), {"noticed": "From here", "edit_number": number})
    assert [row["value"] for row in response.context["elsewhere"]] == [story.noticed]
    assert fresh(story).noticed == story.noticed


def test_safety_too_tells_of_another_window(teller, story):
    number = fresh(story).edit_number
    edit_of(story, content_note="From there")
    response = teller.post(at("safety", story), {**SAFE, "content_note": "From here", "edit_number": number})
    rows = {row["label"]: row["value"] for row in response.context["elsewhere"]}
    assert rows["Is there something a reader should be warned of?"] == "From there"


def test_whoever_signed_in_as_somebody_else_meanwhile_gets_the_words_and_nothing_of_the_story(client, story):
    client.force_login(MemberFactory())
    for address in (at("write", story, "noticed"), reverse("stories:write", args=["nothing", "noticed"])):
        response = client.post(address, {"noticed": "Typed before", "edit_number": 1})
        assert (response.status_code, response.context["typed"]) == (404, [("Noticed", "Typed before")])
        assert "Nothing to see at this address" in text(response)
    assert fresh(story).noticed == story.noticed


# --- While a moderator has it -----------------------------------------------------------------------------------------


def test_a_sent_story_is_not_changed_and_the_words_are_kept(client, sent):
    response = post(client, at("write", sent, "noticed"), {"noticed": "From here"}, sent)
    assert "A moderator has this story now" in text(response)
    assert response.context["form"]["noticed"].value() == "From here"
    assert fresh(sent).noticed == sent.noticed


def test_taking_it_back_saves_the_words_in_the_same_step(client, sent):
    response = post(client, at("write", sent, "noticed"), {"noticed": "From here", "take_back": "1"}, sent)
    assert response.url == at("write", sent, "tried")
    assert (fresh(sent).noticed, fresh(sent).standing) == ("From here", "Draft")


def test_taking_it_back_with_another_window_open_changes_nothing(client, sent):
    response = client.post(at("write", sent, "noticed"), {"noticed": "From here", "take_back": "1", "edit_number": 1})
    assert [row["value"] for row in response.context["elsewhere"]] == [sent.noticed]
    assert fresh(sent).is_in_moderation


def test_a_sent_story_is_taken_back_from_its_page(client, sent):
    assert client.post(at("take_back", sent)).url == at("draft", sent)
    assert fresh(sent).standing == "Draft"


# --- Session ended ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "answers"),
    [("noticed", {"noticed": "Typed when signed out", "flex": ""}), ("where", {"boundaries": ["police", "housing"]})],
)
def test_after_the_session_ended_the_text_is_there_again_once_signed_in(client, story, page, answers):
    address = at("write", story, page)
    response = post(client, address, answers, story)
    assert response.url == f"{reverse('account_login')}?next={address}"
    client.force_login(story.author)
    form = client.get(address).context["form"]
    assert {name: form[name].value() for name in answers} == answers
    assert "You were signed out while you wrote" in text(client.get(address))
    saved = client.post(address, {**answers, "edit_number": form["edit_number"].value()})
    assert saved.status_code == 302
    assert saved.cookies["kept_text"].value == ""
    assert not KeptText.objects.exists()


def test_text_kept_for_one_person_is_not_shown_to_the_next(client, story):
    address = at("write", story, "noticed")
    post(client, address, {"noticed": "Typed when signed out"}, story)
    client.force_login(MemberFactory())
    assert client.get(address).status_code == 404
    client.get(reverse("stories:mine"))
    assert KeptText.objects.count() == 1


def test_text_of_a_story_that_is_not_there_is_treated_alike(client):
    address = reverse("stories:write", args=["nothing", "noticed"])
    assert client.post(address, {"noticed": "A"}).url == f"{reverse('account_login')}?next={address}"


def test_text_too_long_to_keep_is_shown_for_copying(client, story):
    response = post(client, at("write", story, "noticed"), {"noticed": "long " * 100_000}, story)
    assert "Copy your words from below" in text(response)
    assert "long long long" in text(response)
    assert not KeptText.objects.exists()


def test_kept_text_with_a_sign_that_cannot_be_shown_is_kept_too(client, story):
    address = at("write", story, "noticed")
    post(client, address, {"noticed": "a\x00b"}, story)
    client.force_login(story.author)
    assert client.get(address).context["form"]["noticed"].value() == "a\x00b"


def test_a_jot_and_a_kept_page_wait_side_by_side(client, story):
    post(client, at("write", story, "noticed"), {"noticed": "Typed when signed out"}, story)
    client.post(reverse("stories:new"), jot_page(client))
    client.force_login(story.author)
    client.get(reverse("stories:attach"))
    assert Story.objects.count() == 2
    assert client.get(at("write", story, "noticed")).context["form"]["noticed"].value() == "Typed when signed out"
