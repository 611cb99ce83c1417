"""The mails that telling together and asking again bring: their words, and that they hold nothing of the story."""

from datetime import timedelta

import pytest
from django.conf import settings

from members import actions as accounts
from members.models import Notice
from members.tests.factories import ModeratorFactory, without_tokens
from stories import actions, emails
from stories.models import Asking, Story
from stories.tests.factories import CoAuthorFactory
from stories.tests.pages import fresh
from stories.tests.test_emails import NOW, SNAPSHOTS, WORD, live, told

pytestmark = pytest.mark.django_db
NAME = "Coauthorcanary"


def with_person(**fields):
    story = told()
    return CoAuthorFactory(story=story, member__first_name=NAME, member__email="jo@example.org", **fields)


def invited():
    actions.invite(story := told(), email="ash@example.org", what="lived", by=story.author, now=NOW)


def typed_for():
    answers = {"title": WORD, "noticed": WORD}
    actions.tell_for(email="ash@example.org", answers=answers, by=ModeratorFactory(), now=NOW, key="k")


def quoted():
    story = live()
    actions.quote(story, field="tried", words=story.tried, by=ModeratorFactory(), now=NOW)
    return story


def reported():
    emails.words_in_report(live(), title="What we heard", address="http://testserver/reports/what-we-heard/", now=NOW)


def packed():
    emails.words_in_pack(live(), title="Between two services", path="/evidence/the-key/", now=NOW)


def joined():
    person = with_person()
    asking = actions.invite(person.story, email="ash@example.org", what="write", by=person.story.author, now=NOW)
    actions.accept(asking, by=ModeratorFactory(first_name=NAME), now=NOW)


def left():
    person = with_person()
    actions.part(person, by=person.member, now=NOW)


def ended():
    person = with_person()
    actions.part(person, by=person.story.author, now=NOW)


def handed_on():
    person = with_person()
    accounts.close(person.story.author, kept=[person.story.slug], now=NOW)


def word_asked():
    person = with_person(lived_experience=True)
    actions.ask_for_word(person.story, by=person.story.author, now=NOW)


def word_given():
    person = with_person(lived_experience=True)
    version = fresh(person.story).version_key
    actions.give_word(person, answer="not_yet", reason=WORD, version=version, by=person.member, now=NOW)


def consent(days):
    def step():
        story = live()
        for day in (0, days) if days > 0 else (days,):
            actions.ask_again(now=NOW + timedelta(days=365 + day))
        return story

    return step


STEPS = {
    "invitation": (invited, "invitation", "ash@example.org", "An invitation from Systems Change"),
    "told_for": (typed_for, "invitation", "ash@example.org", "An invitation from Systems Change"),
    "coauthor_joined": (joined, "coauthor_joined", "sam@example.org", "Somebody has joined you"),
    "coauthor_left": (left, "parted", "sam@example.org", "A change in who writes with you"),
    "coauthor_ended": (ended, "parted", "jo@example.org", "A change in who writes with you"),
    "handed_on": (handed_on, "handed_on", "jo@example.org", "Something that you wrote with somebody is yours now"),
    "word_asked": (word_asked, "word_asked", "jo@example.org", "Something for you to read"),
    "quote_asked": (quoted, "quote_asked", "sam@example.org", "Somebody would like to quote you"),
    "words_in_report": (reported, "words_in_report", "sam@example.org", "Your story is in a report"),
    "words_in_pack": (packed, "words_in_pack", "sam@example.org", "Your words are in an evidence pack"),
    "word_given": (word_given, "word_given", "sam@example.org", "You have an answer"),
    "consent_near": (consent(-14), "consent_asked", "sam@example.org", "A question about something you wrote"),
    "consent_day": (consent(0), "consent_asked", "sam@example.org", "A question about something you wrote"),
    "consent_silent": (consent(30), "consent_asked", "sam@example.org", "A question about something you wrote"),
}


def last_mail(kind):
    notice = Notice.objects.filter(kind=f"stories.{kind}").latest("pk")
    text, html = without_tokens(notice.text), without_tokens(notice.html)
    for asking in Asking.objects.select_related("story"):
        text, html = (words.replace(asking.token, "the-token") for words in (text, html))
    for slug in {*notice.text.split("/")} & slugs():
        text, html = (words.replace(slug, "the-slug") for words in (text, html))
    return notice, text, html


def slugs():
    return set(Story.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("name", STEPS)
def test_each_step_is_told_in_these_words(name):
    """To renew a snapshot delete the file and run the test twice; read what changed."""
    step, kind, to, subject = STEPS[name]
    step()
    notice, text, html = last_mail(kind)
    assert (notice.to, notice.subject) == (to, subject.replace("Systems Change", settings.SITE_NAME))
    for ending, words in {"txt": text.replace(NAME, "Jo"), "html": html.replace(NAME, "Jo")}.items():
        snapshot = SNAPSHOTS / f"{name}.{ending}"
        if not snapshot.exists():
            snapshot.write_text(words)
            pytest.fail(f"There was no {snapshot.name}: it is written now. Read it.")
        assert words == snapshot.read_text()


@pytest.mark.parametrize("name", STEPS)
def test_no_mail_holds_a_word_of_the_story_or_the_name_of_another(name):
    step, kind, to, _ = STEPS[name]
    step()
    notice = Notice.objects.filter(kind=f"stories.{kind}").latest("pk")
    words = notice.subject + notice.text + notice.html
    greeted = {"sam@example.org": ["Sam"], "jo@example.org": [NAME]}.get(to, [])
    assert WORD not in words
    assert [name for name in ("Sam", NAME) if name in words] == greeted
