"""Each reader's mail is in their language: the weekly letter, every other mail, both bodies, subject and links."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from django.utils import translation

from design import languages
from digests import reader_mails, readers
from digests.models import Subscriber, Subscription
from digests.news import news_for
from digests.tests.conftest import World
from digests.tests.test_draining import SERVICES
from members import actions, outbox, quiet
from members.models import DataCopy, Notice, User
from members.privacy import copying
from members.tests.factories import MemberFactory
from networks.emails import gatherings
from networks.tests.gathered import NOON, coalition_of, gathering_of
from stories import emails
from stories.models import Audience
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 14, 12, tzinfo=UTC)
HEADING = ("What people saw change between services", "Beth y gwelodd pobl yn newid rhwng gwasanaethau")
SUBJECT = ("Your weekly letter", "Eich llythyr wythnosol")
MAIL = "/account/mail/"
CODE = "/account/login/code/"
CLOSED = ("Your account is closed", "Mae eich cyfrif wedi’i gau")


def member_of(language, **fields):
    return MemberFactory(language=language, profile__weekly_letter=True, **fields)


def parts_of(message):
    """(subject, text, page) of what arrived."""
    mail = message_from_bytes(message.as_bytes(), policy=policy.default)
    return [str(mail["Subject"]), *(mail.get_body((kind,)).get_content() for kind in ("plain", "html"))]


def letters(mailbox):
    return {message["To"]: parts_of(message) for message in mailbox.messages}


def send_letters(world):
    for services in SERVICES:
        world.story(boundaries=services)
    world.send_now()


# --- The weekly letter ------------------------------------------------------------------------------------------------


def test_two_who_read_beside_each_other_each_get_the_letter_in_their_language(welsh, mailbox):
    english, cymraeg, silent = member_of("en-gb"), member_of("cy"), member_of("")
    send_letters(World())
    arrived = letters(mailbox)
    assert set(arrived) == {english.email, cymraeg.email, silent.email}
    for member, its, other in ((english, 0, 1), (silent, 0, 1), (cymraeg, 1, 0)):
        subject, *bodies = arrived[member.email]
        assert SUBJECT[its] in subject
        assert SUBJECT[other] not in subject
        for body in bodies:
            assert HEADING[its] in body
            assert HEADING[other] not in body
    assert '<html lang="cy">' in arrived[cymraeg.email][2]
    assert '<html lang="en-GB">' in arrived[english.email][2]
    assert f"{site.SITE_URL}/cy/" in arrived[cymraeg.email][1]
    assert "/cy/" not in "".join(arrived[english.email])


def test_what_is_alike_is_made_once_a_language_and_not_once_a_reader(welsh, mailbox, monkeypatch):
    made = []
    real = languages.spoken
    monkeypatch.setattr("digests.writing.languages.spoken", lambda code: made.append(code) or real(code))
    for language in ("cy", "en-gb"):
        for _ in range(3):
            member_of(language)
    send_letters(World())
    assert len(mailbox.messages) == 6
    few = {code: made.count(code) for code in set(made)}
    made.clear()
    for _ in range(12):
        member_of("cy")
    world = World()
    world.now += timedelta(days=7)
    send_letters(world)
    assert made.count("cy") <= few["cy"] + 1


def test_where_welsh_is_switched_off_again_everybody_reads_english(mailbox):
    member = member_of("cy")
    send_letters(World())
    subject, text, page = letters(mailbox)[member.email]
    assert SUBJECT[0] in subject
    assert HEADING[0] in text
    assert HEADING[0] in page
    assert "/cy/" not in text + page


def test_why_a_story_comes_is_said_in_the_language_of_the_letter(welsh):
    from digests import cards

    with languages.spoken("cy"):
        assert cards.reason("From near you")["words"] == "O’ch ardal chi"
        assert cards.reason("Housing and police, which you follow")["words"].startswith("Housing and police, ")
    assert cards.reason("From near you")["words"] == "From near you"


def test_every_reason_that_the_ranking_gives_can_be_said_in_another_language():
    import ast
    from pathlib import Path

    from digests import cards, ranking

    why = next(
        node
        for node in ast.walk(ast.parse(Path(ranking.__file__).read_text()))
        if isinstance(node, ast.FunctionDef) and node.name == "why"
    )
    body = why.body[1:]
    said = {
        node.value
        for part in body
        for node in ast.walk(part)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    }
    assert len(said) > 4
    assert said <= {*cards.REASONS, cards.FOLLOWS}


# --- Every other mail -------------------------------------------------------------------------------------------------


def last(member):
    return Notice.objects.filter(to=member.email).latest("pk")


def test_a_mail_is_in_the_language_of_its_reader_and_not_of_whoever_caused_it(welsh):
    cymraeg, english = member_of("cy"), member_of("en-gb")
    for speaking in ("cy", "en-gb"):
        with translation.override(speaking):
            for member in (cymraeg, english):
                emails.story_live(StoryFactory(author=member, live=True, audience="public"), first_time=True, now=NOW)
        welsh_mail, english_mail = last(cymraeg), last(english)
        assert f"{site.SITE_URL}/cy/stories/" in welsh_mail.text
        assert f"{site.SITE_URL}/stories/" in english_mail.text
        assert "/cy/" not in english_mail.text + english_mail.html
        assert f'"{site.SITE_URL}/stories' not in welsh_mail.html
        with translation.override("cy"):
            everybody = str(Audience.PUBLIC.label)
        assert '<html lang="cy">' in welsh_mail.html
        assert everybody in welsh_mail.text
        assert '<html lang="en-GB">' in english_mail.html


def test_days_in_a_mail_are_said_in_its_language(welsh):
    cymraeg, english = member_of("cy"), member_of("")
    gathering = gathering_of(coalition_of(english, cymraeg, now=NOON), english)
    Notice.objects.all().delete()
    with translation.override("cy"):
        for member in (cymraeg, english):
            gatherings.reminder(gathering, member=member, now=NOW)
    assert "Ionawr" in last(cymraeg).text
    assert "January" not in last(cymraeg).text
    assert "January" in last(english).text
    assert "Ionawr" not in last(english).text


def test_whoever_leaves_reads_so_in_their_language(welsh):
    for language, its, other in (("cy", 1, 0), ("en-gb", 0, 1)):
        member = member_of(language)
        actions.close(member, kept=(), now=NOW)
        assert CLOSED[its] in last(member).subject
        assert CLOSED[other] not in last(member).subject


def test_a_code_comes_in_the_language_of_its_member_and_to_nobody_known_in_that_of_the_page(welsh):
    cymraeg = member_of("cy")
    Client().post(CODE, {"email": cymraeg.email})
    assert '<html lang="cy">' in last(cymraeg).html
    Client().post("/cy" + CODE, {"email": "nobody@example.org"})
    unknown = Notice.objects.get(to="nobody@example.org")
    assert '<html lang="cy">' in unknown.html
    Client().post(CODE, {"email": "somebody@example.org"})
    assert '<html lang="en-GB">' in Notice.objects.get(to="somebody@example.org").html


def test_whoever_joins_on_a_welsh_page_reads_welsh_mail_from_then_on(welsh):
    for prefix, address, language in (("/cy", "bron@example.org", "cy"), ("", "asha@example.org", "en-gb")):
        client = Client()
        client.post(prefix + "/account/signup/", {"first_name": "Bron", "email": address, "agree": "on"})
        assert User.objects.get(email=address).language == language
        assert f'<html lang="{languages.tag(language)}">' in Notice.objects.get(to=address).html


def test_a_copy_is_told_of_in_the_language_of_who_is_shut_out_too(welsh):
    member = member_of("cy", suspended_at=NOW)
    copying.tell(member, now=NOW)
    assert '<html lang="cy">' in last(member).html
    assert not DataCopy.objects.exists()


def test_an_invitation_is_in_the_language_of_the_page_that_caused_it(welsh):
    member = member_of("en-gb")
    with translation.override("cy"):
        actions.vouch(by=member, email="new@example.org", now=NOW)
    invitation = Notice.objects.get(to="new@example.org")
    assert '<html lang="cy">' in invitation.html
    assert f"{site.SITE_URL}/cy/" in invitation.text


def test_only_this_site_s_own_addresses_are_changed(welsh):
    kept = ["https://elsewhere.example/stories/", "Words", None, 3]
    assert languages.readdressed(kept, "cy") == kept
    own = f"{site.SITE_URL}{reverse('stories:list')}"
    assert languages.readdressed(own, "cy") == f"{site.SITE_URL}/cy{reverse('stories:list')}"
    staff = f"{site.SITE_URL}{reverse('wagtailadmin_home')}"
    assert languages.readdressed(staff, "cy") == staff


# --- Readers without an account ---------------------------------------------------------------------------------------


def test_a_subscriber_reads_the_language_of_the_page_on_which_they_confirmed(welsh):
    StoryFactory(live=True, audience="public", first_published_at=NOW + timedelta(hours=1))
    found = {}
    for address, language in (("cy@example.org", "cy"), ("en@example.org", "en-gb")):
        readers.subscribe(address=address, about=Subscription.Kind.LETTER, now=NOW)
        assert Subscriber.objects.get(address=address).language == ""
        with translation.override(language):
            readers.confirm(Subscription.objects.get(subscriber__address=address).key, now=NOW)
        subscriber = Subscriber.objects.get(address=address)
        assert subscriber.language == language
        found[language] = reader_mails.news(subscriber, news_for(subscriber))
    cymraeg, english = found["cy"], found["en-gb"]
    assert '<html lang="cy">' in cymraeg.alternatives[0][0]
    assert '<html lang="en-GB">' in english.alternatives[0][0]
    assert f"{site.SITE_URL}/cy/" in cymraeg.body
    assert "/cy/" not in english.body
    assert cymraeg.extra_headers["List-Id"] == english.extra_headers["List-Id"]


# --- The wish ---------------------------------------------------------------------------------------------------------


def test_a_member_chooses_the_language_of_their_mail(welsh):
    member = member_of("")
    welsh.force_login(member)
    assert "Which language should your mail be in?" in welsh.get(MAIL).text
    answers = {"stories": "now", "people": "now", "reminders": "now", "time_zone": quiet.HOME}
    page = welsh.get(MAIL)
    fields = {name: field.initial for name, field in page.context["form"].fields.items()}
    assert page.context["form"].initial["language"] == "en-gb"
    asked = {name: "now" for name in fields if name not in {"time_zone", "words_by_mail", "language"}}
    welsh.post(MAIL, {**asked, **answers, "language": "cy"})
    member.refresh_from_db()
    assert member.language == "cy"
    wrong = welsh.post(MAIL, {**asked, **answers, "language": "xx"})
    assert "Choose a language from the list" in wrong.text
    member.refresh_from_db()
    assert member.language == "cy"


def test_with_one_language_nobody_is_asked_and_an_earlier_answer_is_kept(client):
    member = member_of("cy")
    client.force_login(member)
    page = client.get(MAIL)
    assert "Which language" not in page.text
    asked = {name: "now" for name in page.context["form"].fields if name not in {"time_zone", "words_by_mail"}}
    client.post(MAIL, {**asked, "time_zone": "Europe/Paris", "language": "en-gb"})
    member.refresh_from_db()
    assert (member.time_zone, member.language) == ("Europe/Paris", "cy")


def test_with_one_language_a_mail_is_rendered_as_before():
    english, chosen = member_of(""), member_of("cy")
    for member in (english, chosen):
        outbox.compose(kind="members.approved", template="members/approved", member=member, now=NOW)
    assert last(english).subject == last(chosen).subject
    assert '<html lang="en-GB">' in last(chosen).html
