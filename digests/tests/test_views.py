"""What members do with the letter, and staff."""

import pytest
from django.test import Client
from django.urls import reverse

from digests import actions, emails
from digests.models import Issue
from digests.tests.conftest import WEEK
from members.models import Profile
from members.tests.factories import (
    AdminFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
    UserFactory,
    sign_in_staff,
)
from stories import actions as telling

pytestmark = pytest.mark.django_db
LETTER = "/letter/"


def wish(member):
    return Profile.objects.get(user=member).weekly_letter


# --- Leaving ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def way_out(reader):
    return reverse("digests:leave", args=[emails.leave_token(reader)])


def test_opening_the_link_changes_nothing(client, reader, way_out):
    response = client.get(way_out)
    assert response.status_code == client.head(way_out).status_code == 200
    assert "Leave the weekly letter?" in response.text
    assert response.text.count("<button") == 1
    assert wish(reader) is True


def test_one_click_leaves_without_login_cookie_or_token(reader, way_out):
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        response = strict.post(way_out, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert response.status_code == 200
        assert "You will get no more weekly letters" in response.text
        assert response.cookies == {}
        assert "no-store" in response.headers["Cache-Control"]
        assert wish(reader) is False


def test_leaving_touches_this_list_and_this_member_only(client, reader, way_out):
    other = MemberFactory(profile__weekly_letter=True)
    before = Profile.objects.filter(user=reader).values().get()
    client.post(way_out)
    after = Profile.objects.filter(user=reader).values().get()
    assert {name for name in before if before[name] != after[name]} == {"weekly_letter"}
    assert wish(other) is True


def test_the_way_out_shows_nobody(client, reader, way_out):
    reader.profile.organisation = "Canary Trust"
    reader.profile.save()
    for text in [client.get(way_out).text, client.post(way_out).text]:
        assert "Asha" not in text
        assert reader.email not in text
        assert "Canary" not in text


def test_a_forged_way_out_is_a_page_that_does_not_exist(client, reader):
    for token in ["x", f"{reader.profile.public_id}.x", emails.leave_token(reader)[:-2]]:
        address = reverse("digests:leave", args=[token])
        assert client.get(address).status_code == client.post(address).status_code == 404
    assert wish(reader) is True


def test_somebody_who_is_gone_can_still_leave(client, reader, way_out):
    reader.delete()
    assert client.post(way_out).status_code == 200


def test_the_link_in_the_mail_is_that_link(client, world, reader, mailbox, way_out):
    world.story()
    world.send_now()
    assert mailbox.messages[0]["List-Unsubscribe"].strip() == f"<http://testserver{way_out}>"


# --- Wanting it -------------------------------------------------------------------------------------------------------


def test_signed_out_one_is_asked_to_sign_in(client):
    for address in [LETTER, LETTER + "last/"]:
        assert client.get(address).status_code == 302


@pytest.mark.parametrize(("answer", "wanted"), [("yes", True), ("no", False)])
@pytest.mark.parametrize("before", [None, True, False])
def test_a_member_says_yes_or_no(client, answer, wanted, before):
    member = MemberFactory(profile__weekly_letter=before)
    client.force_login(member)
    response = client.post(LETTER, {"weekly_letter": answer, "is_staff": "1"}, follow=True)
    assert wish(member) is wanted
    assert response.redirect_chain == [(LETTER, 302)]


@pytest.mark.parametrize(
    "typed", [{}, {"weekly_letter": ""}, {"weekly_letter": "maybe"}, {"weekly_letter": "a" * 9999}]
)
def test_another_answer_is_asked_about(client, typed):
    member = MemberFactory()
    client.force_login(member)
    response = client.post(LETTER, typed)
    assert "Choose yes or no" in response.text
    assert wish(member) is None


def test_nothing_is_chosen_for_a_member_who_was_never_asked(client):
    client.force_login(MemberFactory())
    assert "checked" not in client.get(LETTER).text


def test_somebody_who_waits_can_ask_for_it_already(client):
    waiting = UserFactory()
    client.force_login(waiting)
    client.post(LETTER, {"weekly_letter": "yes"})
    assert wish(waiting) is True


def test_a_strangers_post_without_its_token_is_refused():
    member = MemberFactory()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    assert strict.post(LETTER, {"weekly_letter": "yes"}).status_code == 403
    assert wish(member) is None


# --- The last letter on the web ---------------------------------------------------------------------------------------


def test_the_last_letter_shows_what_may_still_be_read(client, world, reader):
    client.force_login(reader)
    assert client.get(LETTER + "last/").status_code == 404
    staying, leaving = world.story(title="Staying"), world.story(title="Leaving")
    world.send_now()
    telling.hide(leaving, by=leaving.author, now=world.now)
    assert "10 January 2030" in client.get(LETTER).text
    assert list(client.get(LETTER + "last/").context["stories"]) == [staying]
    telling.hide(staying, by=staying.author, now=world.now)
    assert "Nothing of it is left" in client.get(LETTER + "last/").text


def test_a_suspended_member_sees_no_members_story_in_it(client, world, reader):
    world.story()
    world.send_now()
    reader.approved_at = None
    reader.save()
    client.force_login(reader)
    assert list(client.get(LETTER + "last/").context["stories"]) == []


# --- Staff ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def editor(client):
    return sign_in_staff(client, EditorFactory())


def press(client, prepared):
    return client.post(reverse("send_letter_now"), {"prepared": prepared}, follow=True)


def test_an_editor_sends_the_letter_with_a_note(editor, world, reader, mailbox, django_capture_on_commit_callbacks):
    world.story()
    response = editor.post(reverse("letters"), {"note": "See you in Leeds."}, follow=True)
    assert "See you in Leeds." in response.text
    with django_capture_on_commit_callbacks() as woken:
        response = press(editor, response.context["draft"].pk)
    assert woken == [actions.wake]
    assert "The letter is on its way." in response.text
    actions.tick()
    assert "See you in Leeds." in mailbox.to(reader.email)[0].get_body(("plain",)).get_content()
    response = editor.get(reverse("letters"))
    assert "1 sent" in response.text
    assert response.context["draft"].note == ""


def test_pressing_twice_sends_once(editor, world, reader):
    prepared = Issue.objects.next_draft().pk
    press(editor, prepared)
    response = press(editor, prepared)
    assert "Nothing was sent" in response.text
    assert Issue.objects.gone().count() == 1


@pytest.mark.parametrize("prepared", ["", "x", "²", "999999", "9" * 40])
def test_only_what_the_page_showed_is_sent(editor, prepared):
    assert "Nothing was sent" in press(editor, prepared).text
    assert not Issue.objects.gone().exists()


def test_sending_is_a_post(editor):
    assert editor.get(reverse("send_letter_now")).status_code == 405
    assert not Issue.objects.gone().exists()


def test_a_long_note_is_asked_about_and_kept(editor):
    response = editor.post(reverse("letters"), {"note": "a" * 2001})
    assert "Keep the note within 2,000 characters" in response.text
    assert "a" * 2001 in response.text
    assert Issue.objects.next_draft().note == ""


@pytest.mark.parametrize(
    ("factory", "let_in"), [(EditorFactory, True), (AdminFactory, True), (ModeratorFactory, False)]
)
def test_who_sees_the_letters_page(client, factory, let_in):
    sign_in_staff(client, factory())
    assert (client.get(reverse("letters")).status_code == 200) is let_in
    assert (reverse("letters") in client.get("/admin/").text) is let_in


def test_a_member_sees_no_page_of_staff(client, reader):
    client.force_login(reader)
    for response in [client.get(reverse("letters")), press(client, Issue.objects.next_draft().pk)]:
        assert response.status_code in {302, 403, 404}
    assert not Issue.objects.gone().exists()


@pytest.mark.parametrize("issue_count", [1, 3])
def test_the_page_takes_the_same_queries(editor, world, reader, django_assert_max_num_queries, issue_count):
    for _ in range(issue_count):
        world.send_now()
        world.now += WEEK
    editor.get(reverse("letters"))
    with django_assert_max_num_queries(20):
        response = editor.get(reverse("letters"))
    assert len(response.context["gone"]) == issue_count
