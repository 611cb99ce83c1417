"""A moderator and a teller ask each other while a story waits; neither needs it to be sent again."""

import pytest
from django.urls import reverse

from members.models import Notice
from members.tests.factories import EditorFactory, MemberFactory, sign_in_staff
from stories import actions
from stories.models import Question
from stories.tests.desk import fresh, now, page, review, send_edit, verb
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
CANARIES = ["zephyrine", "quillfeather"]


def unnamed(**state):
    teller = MemberFactory(first_name="Zephyrine", last_name="Quillfeather", email="zephyrine@example.org")
    return StoryFactory(author=teller, byline="hidden", **state)


def pages_of(story):
    return reverse("stories:draft", args=[story.slug]), reverse("stories:questions", args=[story.slug])


def mails(kind):
    return list(Notice.objects.filter(kind=kind).order_by("pk"))


def test_a_question_and_its_answer_leave_the_story_in_the_queue(desk, moderator, client):
    story = unnamed(sent=True)
    answer = desk.post(verb("ask", story), {"question": "Which borough was it?"}, follow=True)
    assert "Which borough was it?" in page(answer)
    client.force_login(story.author)
    draft, questions = pages_of(story)
    shown = page(client.get(draft))
    assert ["Which borough was it?" in shown, "Osei" in shown] == [True, False]
    assert "Salford, but leave it out." in page(
        client.post(questions, {"text": "Salford, but leave it out."}, follow=True)
    )
    assert fresh(story).is_in_moderation
    seen = page(sign_in_staff(client, moderator).get(review(story)))
    assert "Salford, but leave it out." in seen
    assert [word for word in CANARIES if word in seen.lower()] == []


def test_each_is_told_by_a_mail_that_says_nothing(desk, moderator):
    story = unnamed(sent=True, title="Canary title")
    actions.ask(story, text="Which borough?", by=moderator, now=now())
    actions.answer(story, text="Salford", by=story.author, now=now())
    [asked], [answered] = mails("stories.question_asked"), mails("moderation.question_answered")
    assert (asked.to, asked.subject) == (story.author.email, "A moderator has a question")
    assert (answered.to, answered.subject) == (moderator.email, "A teller has written back")
    said = (asked.text + asked.html + answered.subject + answered.text + answered.html).lower()
    assert [
        word
        for word in ["canary", "borough", "salford", "maya", "quillfeather"]
        if word in said.replace("hello maya", "")
    ] == []
    assert "zephyrine" not in (answered.text + answered.html).lower()


def test_the_same_words_twice_are_said_once(desk, moderator):
    story = StoryFactory(sent=True)
    for _ in range(2):
        desk.post(verb("ask", story), {"question": "Which week?"})
    for _ in range(2):
        actions.answer(story, text="The first.", by=story.author, now=now())
    assert list(Question.objects.in_order().values_list("text", flat=True)) == ["Which week?", "The first."]
    assert len(mails("stories.question_asked")) == 1


def test_once_decided_it_is_closed_and_kept_for_later_moderators(desk, moderator, client):
    story = StoryFactory(sent=True)
    actions.ask(story, text="Which week?", by=moderator, now=now())
    actions.approve(story, by=moderator, now=now())
    assert "Which week?" in page(desk.get(review(story)))
    assert "no longer waiting" in page(desk.post(verb("ask", story), {"question": "And which day?"}))
    client.force_login(story.author)
    draft, questions = pages_of(story)
    assert "A moderator has decided, so this is closed." in page(client.get(draft))
    late = page(client.post(questions, {"text": "Words that come too late"}))
    assert ["Words that come too late" in late, "A moderator has decided meanwhile" in late] == [True, True]
    assert story.questions.count() == 1


def test_an_answer_for_nobody_is_kept_and_mails_nobody(client):
    story = StoryFactory(sent=True)
    actions.answer(story, text="One more thing.", by=story.author, now=now())
    assert (story.questions.count(), mails("moderation.question_answered")) == (1, [])


def test_whoever_was_a_moderator_when_they_asked_gets_no_mail_later(moderator):
    story = StoryFactory(sent=True)
    actions.ask(story, text="Which week?", by=moderator, now=now())
    moderator.groups.clear()
    actions.answer(story, text="The first.", by=story.author, now=now())
    assert mails("moderation.question_answered") == []


def test_nobody_asks_about_their_own_story(desk, moderator):
    story = StoryFactory(sent=True, author=moderator)
    assert "another moderator asks about it" in page(desk.post(verb("ask", story), {"question": "Is it good?"}))
    assert not story.questions.exists()


@pytest.mark.parametrize("words", ["", "   ", "a" * 2001, "a\x00b"])
def test_words_that_cannot_be_said_come_back_with_a_sentence(desk, client, words):
    story = StoryFactory(sent=True)
    assert desk.post(verb("ask", story), {"question": words}).status_code == 200
    client.force_login(story.author)
    answer = client.post(pages_of(story)[1], {"text": words})
    assert "error" in page(answer).lower()
    assert not story.questions.exists()


def test_other_staff_and_other_members_find_no_thread(client):
    story = StoryFactory(sent=True)
    actions.answer(story, text="Canary words", by=story.author, now=now())
    assert sign_in_staff(client, EditorFactory()).post(verb("ask", story), {"question": "?"}).status_code == 404
    client.force_login(MemberFactory())
    assert [client.get(address).status_code for address in pages_of(story)] == [404, 404]


def test_what_was_typed_when_the_session_had_ended_waits(client):
    story = StoryFactory(sent=True)
    address = pages_of(story)[1]
    client.post(address, {"text": "Typed signed out"})
    client.force_login(story.author)
    assert "Typed signed out" in page(client.get(address))


def test_an_edit_that_waits_shows_what_was_said_before(desk, moderator):
    story = StoryFactory(sent=True)
    actions.ask(story, text="Which week?", by=moderator, now=now())
    actions.approve(story, by=moderator, now=now())
    send_edit(story, tried="Again")
    assert "Which week?" in page(desk.get(review(story)))
