"""Writing to the teller of an unnamed story: only where they chose it, and without learning who they are."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import actions as accounts
from members.tests.factories import ListedMemberFactory, UserFactory, send_mail
from networks.models import Conversation, Message
from stories.actions import letters
from stories.models import Letterbox, TellerConversation
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def at(member):
    client = Client()
    client.force_login(member)
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def asha():
    return ListedMemberFactory(first_name="Asha", email="asha@example.org")


@pytest.fixture
def story(asha):
    return StoryFactory(author=asha, byline="hidden", live=True, title="The first call")


def write(story):
    return reverse("stories:write_to_teller", args=[story.slug])


def test_the_teller_chooses_it_and_a_member_writes_without_learning_who_they_are(asha, story, mailbox):
    ben = ListedMemberFactory(first_name="Ben", email="ben@example.org")
    assert "Write to the teller" not in text_of(at(ben).get(story.get_absolute_url()))
    assert at(ben).get(write(story)).status_code == 404
    choice = reverse("stories:listening", args=[story.slug])
    assert "Can members write to you about it?" in text_of(at(asha).get(choice))
    at(asha).post(choice, {"responding": "open", "organisations": "no", "letters": "yes"})
    assert Letterbox.objects.exists()

    assert "Write to the teller" in text_of(at(ben).get(story.get_absolute_url()))
    assert at(asha).get(write(story)).status_code == 404
    assert at(UserFactory()).get(write(story)).status_code == 404
    assert "Take these words out" in text_of(at(ben).post(write(story), {"reason": "Ring me on 07700 900123."}))
    answer = at(ben).post(write(story), {"reason": "How did you begin?", "form_key": "one"})
    page = text_of(at(ben).get(answer.url))
    assert "A frontline worker" in page
    assert "The first call" in page
    assert "Asha" not in page
    send_mail()
    assert [mail["Subject"] for mail in mailbox.to("asha@example.org")][-1:] == ["You have a message"]
    theirs = text_of(at(asha).get(answer.url))
    assert "Ben" in theirs
    assert "They know you as “A frontline worker”" in theirs
    at(asha).post(answer.url, {"text": "With the kettle.", "form_key": "two"})
    send_mail()
    assert not [mail for mail in mailbox.to("ben@example.org") if "Asha" in mail.as_string()]
    assert "Asha" not in text_of(at(ben).get(reverse("conversations:list")))
    # Once a story: after that one goes on where one began.
    assert at(ben).get(write(story)).url == answer.url
    at(ben).post(write(story), {"reason": "And then?", "form_key": "three"})
    assert Conversation.objects.count() == 1
    assert Message.objects.count() == 3


def test_a_block_by_name_changes_nothing_for_whoever_writes(asha, story, mailbox):
    letters.set_letters(story, True, by=asha, now=NOW)
    ben = ListedMemberFactory(first_name="Ben")
    accounts.block(ben, known_as="Ben", by=asha, now=NOW)
    answer = at(ben).post(write(story), {"reason": "How did you begin?", "form_key": "one"})
    assert "How did you begin?" in text_of(at(ben).get(answer.url))
    assert at(asha).get(answer.url).status_code == 404
    send_mail()
    assert "You have a message" not in [mail["Subject"] for mail in mailbox.messages]


def test_named_draft_and_withdrawn_stories_take_no_letters_and_nobody_begins_many(asha):
    ben = ListedMemberFactory()
    named = StoryFactory(author=asha, byline="name", live=True)
    draft = StoryFactory(author=asha, byline="hidden")
    for story in (named, draft):
        Letterbox.objects.create(story=story, opened_at=NOW)
        assert at(ben).get(write(story)).status_code == 404
    assert "Can members write" not in text_of(at(asha).get(reverse("stories:listening", args=[named.slug])))
    for _ in range(4):
        story = StoryFactory(author=asha, byline="hidden", live=True)
        letters.set_letters(story, True, by=asha, now=NOW)
        page = at(ben).post(write(story), {"reason": "How did you begin?"})
    assert "You have begun three of these today" in text_of(page)
    assert TellerConversation.objects.count() == 3
