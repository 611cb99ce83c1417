"""Conversations: who reads along, what is kept, left, muted, closed by a block, and gone with an account."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import actions as accounts
from members.models import Block, Connection, Notice
from members.tests.factories import AdminFactory, ListedMemberFactory, ModeratorFactory, send_mail
from networks.actions import conversations as actions
from networks.models import Message, Seat
from networks.models.conversation import FORMER
from networks.tests.conftest import text_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def at(member):
    client = Client()
    client.force_login(member)
    return client


def talk(one, other, *texts, now=NOW):
    """A conversation in which the first of the two has said these."""
    conversation = actions.open([one, other], now=now)
    for number, text in enumerate(texts):
        actions.say(conversation, text=text, by=one, now=now + timedelta(seconds=number + 1), form_key=f"k{number}")
    return conversation


def status(member, conversation, *path):
    return at(member).get("/".join([conversation.get_absolute_url().rstrip("/"), *path, ""])).status_code


def test_the_two_read_it_and_nobody_else_finds_it(asha, ben):
    conversation = talk(asha, ben, "What only the two know.")
    others = [ListedMemberFactory(), ModeratorFactory(), AdminFactory()]
    assert [status(member, conversation) for member in (asha, ben)] == [200, 200]
    assert [status(member, conversation) for member in others] == [404, 404, 404]
    for member in others:
        assert "What only" not in text_of(at(member).get(reverse("conversations:list")))
        assert at(member).post(conversation.get_absolute_url(), {"text": "I am here too."}).status_code == 404
    assert Message.objects.count() == 1
    page = at(ben).get(conversation.get_absolute_url())
    assert "no-store" in page["Cache-Control"]


def test_a_block_closes_it_to_both_whoever_blocked_and_it_opens_again_when_it_is_taken_back(asha, ben):
    for blocker, other in ((asha, ben), (ben, asha)):
        conversation = talk(asha, ben, "Hello.")
        accounts.block(other, known_as="Somebody", by=blocker, now=NOW)
        for member in (asha, ben):
            client = at(member)
            answer, nothing = client.get(conversation.get_absolute_url()), client.get("/conversations/nothing/")
            assert (answer.status_code, answer.content) == (404, nothing.content)
            assert conversation.key not in text_of(at(member).get(reverse("conversations:list")))
            with pytest.raises(actions.Closed):
                actions.say(conversation, text="Still here.", by=member, now=NOW, form_key="after")
        Block.objects.all().delete()
        assert status(asha, conversation) == status(ben, conversation) == 200
        conversation.delete()


def test_one_can_block_from_the_conversation_and_a_mail_that_waits_does_not_go(asha, ben, mailbox):
    Connection.objects.connect(asha, ben, now=NOW)
    conversation = talk(asha, ben, "Hello.")
    assert Notice.objects.filter(kind="networks.message").count() == 1
    page = at(ben).get(conversation.get_absolute_url() + "block/")
    assert "Block Asha?" in text_of(page)
    at(ben).post(conversation.get_absolute_url() + "block/")
    assert Block.objects.get().known_as == "Asha"
    assert not Connection.objects.exists()
    send_mail()
    assert mailbox.messages == []


def test_a_mask_hides_who_wears_it_and_a_block_by_name_does_not_tell(asha, ben, mailbox):
    """Asha wears it. Ben blocks Asha where he meets her by name: to him the conversation is as before."""
    conversation = actions.open([ben, asha], masked={asha: "Housing officer"}, now=NOW)
    actions.say(conversation, text="Was it you?", by=ben, now=NOW, form_key="one")
    actions.say(conversation, text="I told it.", by=asha, now=NOW + timedelta(seconds=1), form_key="two")
    before = text_of(at(ben).get(conversation.get_absolute_url()))
    assert "Housing officer" in before
    assert "Asha" not in before
    assert at(ben).get(conversation.get_absolute_url() + "block/").status_code == 404
    assert "Ben" in text_of(at(asha).get(conversation.get_absolute_url()))
    accounts.block(asha, known_as="Asha", by=ben, now=NOW)
    after = text_of(at(ben).get(conversation.get_absolute_url()))
    assert [line for line in after.split() if "value=" not in line] == [
        line for line in before.split() if "value=" not in line
    ]
    actions.say(conversation, text="Are you there?", by=ben, now=NOW + timedelta(seconds=2), form_key="three")
    assert status(asha, conversation) == 404
    send_mail()
    assert mailbox.to("asha@example.org") == []
    asha.delete()
    assert "Housing officer" in text_of(at(ben).get(conversation.get_absolute_url()))
    assert str(FORMER) not in text_of(at(ben).get(conversation.get_absolute_url()))


def test_one_mail_until_they_have_looked_and_none_where_it_is_muted_or_left(asha, ben):
    def mails():
        return Notice.objects.filter(kind="networks.message", member=ben).count()

    conversation = talk(asha, ben, "One.", "Two.", now=timezone.now() - timedelta(hours=1))
    assert mails() == 1
    at(ben).get(conversation.get_absolute_url())
    actions.say(conversation, text="Three.", by=asha, now=timezone.now(), form_key="three")
    assert mails() == 2
    at(ben).get(conversation.get_absolute_url())
    at(ben).post(conversation.get_absolute_url() + "mute/")
    actions.say(conversation, text="Four.", by=asha, now=timezone.now(), form_key="four")
    assert mails() == 2
    at(ben).post(conversation.get_absolute_url() + "mute/")
    assert Seat.objects.get(member=ben).muted_at is None
    at(ben).post(conversation.get_absolute_url() + "leave/")
    assert status(ben, conversation) == 404
    assert "Nobody else is here any more" in text_of(at(asha).get(conversation.get_absolute_url()))
    answer = text_of(at(asha).post(conversation.get_absolute_url(), {"text": "Are you gone?", "form_key": "five"}))
    assert "Are you gone?" in answer
    assert Message.objects.count() == 4


def test_a_draft_is_its_writers_alone_and_goes_when_it_is_said(asha, ben):
    conversation = talk(asha, ben, "Hello.")
    draft = conversation.get_absolute_url() + "draft/"
    said = at(ben).post(draft, {"text": "Half a thought"}).json()
    assert said["say"].startswith("Kept ")
    assert "Half a thought" in text_of(at(ben).get(conversation.get_absolute_url()))
    assert "Half a thought" not in text_of(at(asha).get(conversation.get_absolute_url()))
    assert at(ListedMemberFactory()).post(draft, {"text": "Mine"}).status_code == 404
    assert Client().post(draft, {"text": "Nobody’s"}).status_code == 401
    assert "Too long" in at(ben).post(draft, {"text": "a" * 60_000}).json()["say"]
    at(ben).post(conversation.get_absolute_url(), {"text": "A whole thought", "form_key": "one"})
    assert Seat.objects.get(member=ben).draft == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Enter your message"),
        ("   ", "Enter your message"),
        ("a" * 60_000, "Keep this to 5000 characters or fewer"),
        ("nul\0sign", "Take out the sign that cannot be shown"),
    ],
)
def test_what_cannot_be_said_is_kept_and_says_why(asha, ben, text, sentence):
    conversation = talk(asha, ben)
    page = at(ben).post(conversation.get_absolute_url(), {"text": text, "form_key": "one"}).content.decode()
    assert sentence in page
    assert not Message.objects.exists()


def test_emoji_right_to_left_and_markup_arrive_as_text(asha, ben):
    text = "مرحبا 👩‍🦽 ‮<script>alert(1)</script>"
    conversation = talk(asha, ben)
    at(ben).post(conversation.get_absolute_url(), {"text": text, "form_key": "one"})
    assert Message.objects.get().text == text
    assert "<script>alert" not in at(asha).get(conversation.get_absolute_url()).content.decode()


def test_words_typed_when_the_session_had_ended_wait_for_their_writer(asha, ben):
    conversation, client = talk(asha, ben), Client()
    answer = client.post(conversation.get_absolute_url(), {"text": "Typed for an hour", "form_key": "one"})
    assert answer.url.startswith(reverse("account_login"))
    client.force_login(ben)
    assert "Typed for an hour" in text_of(client.get(conversation.get_absolute_url()))


def test_whoever_closes_their_account_takes_their_words_along_and_leaves_a_former_member(asha, ben):
    conversation = talk(asha, ben, "Words of Asha’s.")
    actions.say(conversation, text="Words of Ben’s.", by=ben, now=NOW + timedelta(hours=1), form_key="one")
    actions.keep_draft(conversation, text="Never said.", by=asha)
    accounts.close(asha, kept=[], now=NOW)
    page = text_of(at(ben).get(conversation.get_absolute_url()))
    assert str(FORMER) in page
    assert "Words of Ben’s." in page
    for gone in ("Asha", "Words of Asha’s.", "Never said."):
        assert gone not in page
    assert set(Message.objects.values_list("text", flat=True)) == {"", "Words of Ben’s."}
    assert set(Seat.objects.values_list("draft", flat=True)) == {""}
    accounts.close(ben, kept=[], now=NOW)
    assert not Message.objects.exists()


def test_a_conversation_of_many_is_not_closed_by_a_block_between_two_of_them(asha, ben):
    """As a coalition has it: who meets whom there is the coalition's."""
    cleo = ListedMemberFactory()
    conversation = actions.open([asha, ben, cleo], title="The Tuesday group", for_two=False, now=NOW)
    accounts.block(ben, known_as="Ben", by=asha, now=NOW)
    assert [status(member, conversation) for member in (asha, ben, cleo)] == [200, 200, 200]
    assert "The Tuesday group" in text_of(at(cleo).get(reverse("conversations:list")))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_and_the_thread_take_the_same_queries(asha, ben, django_assert_num_queries, count):
    for _ in range(count):
        conversation = talk(ListedMemberFactory(), ben, *["Hello."] * count)
    client = at(ben)
    with django_assert_num_queries(4):
        page = text_of(client.get(reverse("conversations:list")))
    assert page.count("Something new") == count
    client.get(conversation.get_absolute_url())
    with django_assert_num_queries(7):
        page = text_of(client.get(conversation.get_absolute_url()))
    assert page.count("Hello.") == count


def test_an_older_part_of_a_long_thread_is_behind_a_cursor(asha, ben):
    conversation = talk(asha, ben, *[f"Message {number}." for number in range(33)])
    first = at(ben).get(conversation.get_absolute_url())
    assert "Message 32." in text_of(first)
    assert "Message 2." not in text_of(first)
    older = first.content.decode().partition('href="?after=')[2].partition('"')[0]
    assert "Message 2." in text_of(at(ben).get(f"{conversation.get_absolute_url()}?after={older}"))
