from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from members.models import Notice
from members.tests.factories import MemberFactory, ModeratorFactory, send_mail, without_tokens
from stories import actions
from stories.models import Story
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
SNAPSHOTS = Path(__file__).parent / "emails"
WORD = "zephyr"  # stands in the title and in every answer; no subject may hold it


def told(**answers):
    author = MemberFactory(first_name="Sam", email="sam@example.org")
    answers = dict.fromkeys(("noticed", "tried", "happened", "why_it_matters"), WORD) | answers
    return StoryFactory(author=author, title=WORD, summary=WORD, **answers)


def last_mail(kind, story):
    notice = Notice.objects.filter(kind=f"stories.{kind}").latest("pk")
    text, html = (without_tokens(words).replace(story.slug, "the-slug") for words in (notice.text, notice.html))
    return notice, text, html


def sent():
    story = told()
    actions.send(story, by=story.author, now=NOW)
    return story


def live():
    story = sent()
    actions.approve(story, by=ModeratorFactory(), now=NOW)
    return story


def asked():
    story = sent()
    actions.ask_for_changes(story, by=ModeratorFactory(), now=NOW, comment="Say <more> about the first week.\n\nWhy?")
    return story


def withdrawn():
    story = live()
    actions.withdraw(story, by=story.author, now=NOW)
    return story


def taken_down():
    story = live()
    actions.take_down(story, by=ModeratorFactory(), now=NOW, reason="It names a small service.")
    return story


def questioned():
    story = sent()
    actions.ask(story, text=f"Which {WORD}?", by=ModeratorFactory(), now=NOW)
    return story


def published_first():
    story = sent()
    StoryFactory.create_batch(3, author=story.author, live=True)
    story = StoryFactory(author=story.author, title=WORD)
    actions.send(story, by=story.author, now=NOW, publish_first=True)
    return story


def reminded():
    story = told()
    actions.remind(story, days=2, by=story.author, now=NOW)
    actions.send_reminders(now=NOW + timedelta(days=2))
    return story


def held():
    story = told(audience="public", boundaries=["domestic-abuse"], live=True)
    said = {"kind": "about_me", "text": WORD, "contact": "me@example.org", "sender": "s", "key": "k"}
    actions.raise_concern(story, **said, now=NOW)
    return story


def released():
    story = held()
    actions.release_story(story, by=ModeratorFactory(), now=NOW, reason="Nobody can be recognised in it.")
    return story


STEPS = {
    "story_sent": (sent, "Your story is with a moderator"),
    "story_live": (live, "Your story is live"),
    "changes_asked": (asked, "A moderator asks for a change"),
    "story_published_first": (published_first, "Your story is live"),
    "question_asked": (questioned, "A moderator has a question"),
    "story_reminder": (reminded, "You asked us to remind you"),
    "story_withdrawn": (withdrawn, "Your story is withdrawn"),
    "story_taken_down": (taken_down, "Your story was taken down"),
    "story_held": (held, "Your story is hidden for now"),
    "story_released": (released, "Your story stays as it is"),
}


@pytest.mark.parametrize("kind", STEPS)
def test_each_step_is_told_in_these_words(kind):
    """To renew a snapshot delete the file and run the test twice; read what changed."""
    step, subject = STEPS[kind]
    notice, text, html = last_mail(kind, step())
    assert (notice.to, notice.subject) == ("sam@example.org", subject)
    for ending, words in {"txt": text, "html": html}.items():
        snapshot = SNAPSHOTS / f"{kind}.{ending}"
        if not snapshot.exists():
            snapshot.write_text(words)
            pytest.fail(f"There was no {snapshot.name}: it is written now. Read it.")
        assert words == snapshot.read_text()


@pytest.mark.parametrize("kind", STEPS)
def test_no_mail_holds_a_word_of_the_story(kind):
    notice, text, html = last_mail(kind, STEPS[kind][0]())
    assert WORD not in notice.subject + text + html


@pytest.mark.long
@pytest.mark.parametrize("kind", STEPS)
def test_the_author_can_open_every_link(client, kind):
    story = STEPS[kind][0]()
    client.force_login(story.author)
    notice = Notice.objects.filter(kind=f"stories.{kind}").latest("pk")
    links = [word for word in notice.text.split() if word.startswith("http://testserver/stories/")]
    assert links
    assert {client.get(link.removeprefix("http://testserver")).status_code for link in links} == {200}


def test_an_edit_of_a_live_story_is_told_as_one():
    story = live()
    edit_of(story, tried="Again")
    actions.send(story, by=story.author, now=NOW)
    assert "The story as it was stays live until the edit is approved." in last_mail("story_sent", story)[1]
    actions.approve(story, by=ModeratorFactory(), now=NOW)
    _, text, _ = last_mail("story_live", story)
    assert "A moderator has read what you sent, and it is live." in text
    assert "make this one public?" not in text


def test_an_edit_sent_with_the_story_hidden_says_so():
    story = live()
    edit_of(story, tried="Again")
    actions.send(story, by=story.author, now=NOW, hide=True)
    assert "The story stays hidden until the edit has been read." in last_mail("story_sent", story)[1]


def test_a_public_story_is_not_asked_whether_to_be_public():
    story = told(audience="public")
    actions.send(story, by=story.author, now=NOW)
    actions.approve(story, by=ModeratorFactory(), now=NOW)
    assert "make this one public?" not in last_mail("story_live", story)[1]


def test_the_mail_arrives(mailbox):
    story = told()
    actions.send(story, by=story.author, now=timezone.now())
    send_mail()
    [message] = mailbox.to("sam@example.org")
    assert message["Subject"] == "Your story is with a moderator"


def test_a_story_whose_author_was_erased_tells_nobody():
    story = sent()
    Story.objects.filter(pk=story.pk).update(author=None)
    Notice.objects.all().delete()
    actions.approve(story, by=ModeratorFactory(), now=NOW)
    assert not Notice.objects.exists()
