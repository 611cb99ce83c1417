"""The letter as it arrives: its words, its headers, and what must never be in it."""

import email
import logging
import re
from datetime import timedelta
from email import policy
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template

from digests import cards, encoding, kept, names, writing
from digests.models import Issue
from digests.tests.lettered import KEPT, everything, gathering
from members.models import User
from members.tests.factories import MemberFactory
from networks.models import Gathering
from practices.models import Boundary
from stories.models import CoAuthor, Story

pytestmark = pytest.mark.django_db


def reader_like(**fields):
    given = {
        "pk": 1,
        "email": "asha@example.org",
        "first_name": "Asha",
        "public_id": "asha-profile",
        "time_zone": "Europe/London",
        "content_free": False,
        "language": "",
    }
    return SimpleNamespace(**{**given, **fields})


def written(press, items, **fields):
    sent = press.letter(reader_like(**fields), items, message_id="<a@testserver>", date=0)
    assert b"\r\n." not in sent
    assert b"\n" not in sent.replace(b"\r\n", b"")
    assert b"\r" not in sent.replace(b"\r\n", b"")
    assert sent.endswith(b"\r\n")
    assert max(map(len, sent.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 76
    message = email.message_from_bytes(sent, policy=policy.default)
    assert not [part.defects for part in message.walk() if part.defects]
    return message


def body(message, kind):
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


def both(message):
    return body(message, "plain") + body(message, "html")


def story_items(*stories, why=""):
    return [{"kind": "story", "id": story.pk, "why": why} for story in stories]


@pytest.fixture
def issue(world):
    return Issue.objects.next_draft(world.now)


@pytest.fixture
def press(issue):
    return writing.Press(issue)


@pytest.fixture
def full(world, reader):
    """A letter with everything in it, the same each time."""
    issue, items = everything(world, reader)
    return written(writing.Press(issue), items)


@pytest.mark.parametrize(("kind", "name"), [("html", "letter.html"), ("plain", "letter.txt")])
def test_the_letter_reads_as_it_did(full, kind, name):
    found, kept = body(full, kind), KEPT / name
    if not kept.exists():
        kept.write_text(found)
        pytest.fail(f"{name} was missing: look at the new one, and keep it.")
    assert found == kept.read_text()


@pytest.mark.parametrize(
    ("kind", "name"), [("html", "letter_without_words.html"), ("plain", "letter_without_words.txt")]
)
def test_without_words_it_reads_as_it_did(world, reader, kind, name):
    issue, items = everything(world, reader)
    message = written(writing.Press(issue), items, content_free=True)
    found, kept = body(message, kind), KEPT / name
    if not kept.exists():
        kept.write_text(found)
        pytest.fail(f"{name} was missing: look at the new one, and keep it.")
    assert found == kept.read_text()


def test_it_is_the_mail_that_django_would_write(full):
    """The same headers and the same two bodies, in the same order."""
    usual = EmailMultiAlternatives(
        full["Subject"],
        body(full, "plain"),
        settings.DEFAULT_FROM_EMAIL,
        ["asha@example.org"],
        headers={name: full[name] for name in ("Message-ID", "Date")},
    )
    usual.attach_alternative(body(full, "html"), "text/html")
    usual = email.message_from_bytes(usual.message().as_bytes(), policy=policy.default)
    for name in set(usual.keys()) - {"Content-Type"}:
        assert full[name] == usual[name]
    parts = [(part.get_content_type(), part.get_content_charset()) for part in full.walk()]
    assert parts == [(part.get_content_type(), part.get_content_charset()) for part in usual.walk()]
    for kind in ("plain", "html"):
        assert body(full, kind) == body(usual, kind)


def test_its_headers(full):
    assert full["Subject"] == "Your weekly letter: 3 stories you have not read"
    assert full["From"] == settings.DEFAULT_FROM_EMAIL
    assert full["To"] == "asha@example.org"
    assert full["List-Id"] == "Systems Change weekly letter <weekly-letter.testserver>"
    assert full["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert full["List-Unsubscribe"].startswith("<http://testserver/letter/leave/asha-profile.")
    assert full["Auto-Submitted"] == "auto-generated"
    assert full["Date"] == "Thu, 01 Jan 1970 00:00:00 -0000"


def test_nothing_is_fetched_and_nothing_follows_the_reader(full):
    html = body(full, "html")
    assert "<img" not in html
    assert "<link" not in html
    assert set(re.findall(r'href="(http[^"/]*//[^"/]*)', html)) == {"http://testserver"}
    assert "?" not in "".join(re.findall(r'href="([^"]*)"', html))


def test_a_letter_as_long_as_it_can_be_arrives_whole(world, press):
    """Mail programs cut what is longer than 102 kB."""
    services = list(Boundary.objects.values_list("slug", flat=True)[:5])
    told = [
        world.story(title="Ö" * 100, summary="’" * 200, boundaries=services, live=number == 9) for number in range(8)
    ]
    press.issue.note = "Wörter " * 300
    assert len(press.letter(reader_like(), story_items(*told, why="From near you"), message_id="<a@b>")) < 102_000


# --- Encoding ---------------------------------------------------------------------------------------------------------

HOSTILE = [
    "Asha\r\nBcc: all@example.org",
    "‮ahsA‬",
    "אשה",
    "A" * 300,
    ".",
    "..a",
    "<b>Asha</b> & 'co'",
    "\x00\x1b[2J",
    "=C3=A9 =\r\n.",
    "{{ settings.SECRET_KEY }}",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_can_write_neither_a_header_nor_anything_else(world, press, name):
    message = written(press, story_items(world.story()), first_name=name)
    assert message["Bcc"] is None
    assert sorted(message.keys()) == sorted(written(press, story_items(world.story())).keys())
    greeting = body(message, "plain").splitlines()[0]
    assert greeting.startswith("Hello ")
    assert greeting.endswith(",")
    assert len(greeting) < 100
    assert "<b>" not in body(message, "html").partition("Hello")[2].partition("</p>")[0]
    assert not set("‮‬\x00\x1b") & set(both(message))


@pytest.mark.parametrize(
    "text", [*HOSTILE, "." * 200, "a" * 75 + ".", ("x" * 76 + "\n.") * 3, "é" * 100, " \n \n", "", "a" * 76]
)
@pytest.mark.parametrize("joined", [True, False])
def test_what_is_encoded_alone_reads_the_same_joined(text, joined):
    encoded = encoding.quoted(text, joined=joined)
    lines = encoded.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 76 and not line.startswith(b".") for line in lines)
    mail = email.message_from_bytes(b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + encoded + b"end")
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    between = "" if joined or not plain or plain.endswith("\n") else "\n"
    assert mail.get_payload(decode=True).decode().replace("\r\n", "\n") == f"{plain}{between}end"


def test_a_sender_with_other_letters_is_spelt_out(world, issue, settings):
    settings.DEFAULT_FROM_EMAIL = "Änderung <letters@example.org>"
    message = written(writing.Press(issue), story_items(world.story()))
    assert message["From"].addresses[0].display_name == "Änderung"


def test_an_address_that_is_none_is_refused(world, press):
    with pytest.raises(ValueError, match="address"):
        press.letter(reader_like(email="ä@@b"), story_items(world.story()), message_id="<a@b>")


# --- What is in it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("byline", ["role", "hidden"])
def test_an_unnamed_tellers_name_is_nowhere_in_the_mail(world, press, byline):
    teller = MemberFactory(
        first_name="Canaria", last_name="Canarson", email="canary@example.org", profile__organisation="Canary Trust"
    )
    story = world.story(author=teller, byline=byline)
    message = written(press, story_items(story))
    assert "canar" not in (str(message) + both(message)).lower()
    assert teller.profile.public_id not in both(message)
    assert press.shows_names(story_items(story)) == []


def test_a_named_teller_is_named_until_they_want_it_no_more(world, press):
    story = world.story(author=MemberFactory(first_name="Moira", last_name="O'Neill"), byline="name")
    items = story_items(story)
    press.load([items], now=world.now)
    assert "Moira O'Neill" in body(written(press, items), "plain")
    assert press.shows_names(items) == [story.pk]
    Story.objects.filter(pk=story.pk).update(byline="role")
    press.load([items], now=world.now + kept.LASTS)
    assert "Moira" not in both(written(press, items))
    assert press.shows_names(items) == []


def changed_byline(story, beside, world):
    Story.objects.filter(pk=story.pk).update(byline="hidden")


def changed_co_author(story, beside, world):
    CoAuthor.objects.filter(story=story).update(named=False)


def changed_name(story, beside, world):
    User.objects.filter(pk=beside.pk).update(last_name="Smith")


@pytest.mark.parametrize("change", [changed_byline, changed_co_author, changed_name])
def test_a_name_that_changes_while_letters_go_is_not_told_for_long(world, press, change):
    story, beside = world.story(byline="name"), MemberFactory(first_name="Ola", last_name="Xylophone")
    CoAuthor.objects.create(story=story, member=beside, joined_at=world.now, named=True)
    items = story_items(story)
    press.load([items], now=world.now)
    assert "Xylophone" in body(written(press, items), "plain")
    change(story, beside, world)
    press.load([items], now=world.now + kept.LASTS)
    assert "Xylophone" not in both(written(press, items))


def test_a_gathering_that_moves_is_told_as_it_is(world, reader, press):
    one = gathering(world, reader)
    items = [{"kind": "gathering", "id": one.pk, "why": ""}]
    press.load([items], now=world.now)
    assert "15 January" in body(written(press, items), "plain")
    begins = world.now + timedelta(days=6)
    Gathering.objects.update(begins_at=begins, ends_at=begins + timedelta(hours=1))
    press.load([items], now=world.now + kept.LASTS)
    assert "16 January" in body(written(press, items), "plain")
    Gathering.objects.update(called_off_at=world.now)
    press.load([items], now=world.now + 2 * kept.LASTS)
    assert press.fit(items) == []


def test_html_in_a_story_stays_text(world, press):
    message = written(press, story_items(world.story(title="<script>alert(1)</script>")))
    assert "<script" not in body(message, "html")
    assert "<script>alert(1)</script>" in body(message, "plain")


def test_a_story_of_no_service_names_none(world, press):
    story = world.story(title="Nowhere in particular")
    story.tagged_boundaries.all().delete()
    told = body(written(press, story_items(story)), "plain").partition("Nowhere in particular")[2].split("\n")[1:4]
    assert told == [story.summary, "A frontline worker", f"http://testserver/stories/{story.slug}/"]


def test_one_story_that_cannot_be_shown_is_left_out_and_the_others_go(world, press, monkeypatch, caplog):
    good, bad = world.story(title="A good one"), world.story(title="Xylophone")
    told = cards.told
    monkeypatch.setattr(cards, "told", lambda story: told(story) if story.pk == good.pk else story.nothing)
    items = story_items(bad, good)
    with caplog.at_level(logging.ERROR):
        assert press.fit(items) == story_items(good)
    assert "A good one" in body(written(press, items), "plain")
    assert f"story {bad.pk} is left out" in caplog.text
    assert "Xylophone" not in caplog.text


def test_what_was_taken_away_meanwhile_is_left_out(world, press):
    story = world.story()
    Story.objects.filter(pk=story.pk).update(hidden_at=world.now)
    assert press.fit(story_items(story)) == []


def test_without_words_there_are_none(world, reader):
    """Neither in the subject nor in the bodies, and none of what staff wrote, which may speak of a story."""
    issue, items = everything(world, reader)
    issue.question = "Who opened the Xylophone?"
    message = written(writing.Press(issue), items, content_free=True)
    assert message["Subject"] == f"Your weekly letter: {len(items)} things"
    words = both(message).replace("’", "'")
    for word in ("discharged", "Hospital", "Leeds", "Xylophone", "bed", "Lunch", "introduced", "follow"):
        assert word.lower() not in words.lower()
    assert words.count(f"http://testserver/letter/archive/{issue.week}/") == 2


def test_the_question_of_the_issue_stands_before_the_usual_one(world, press):
    press.issue.question = "Who opened a door for you?"
    for kind in ("plain", "html"):
        words = body(written(press, story_items(world.story(title="A story"))), kind)
        asked, _, usual = words.partition("Who opened a door for you?")
        assert "What changed for someone this week?" in usual
        assert "What changed" not in asked


@pytest.mark.parametrize("count", [1, 3])
def test_cards_cost_the_same_however_many(world, press, django_assert_num_queries, count):
    items = story_items(*(world.story() for _ in range(count)))
    with django_assert_num_queries(2):
        press.load([items], now=world.now)
    with django_assert_num_queries(0):
        press.load([items], now=world.now)
    press.letter(reader_like(), items, message_id="<a@b>")
    with django_assert_num_queries(0):
        press.letter(reader_like(), items, message_id="<a@b>")


# --- Names of mails ---------------------------------------------------------------------------------------------------


def test_a_message_id_belongs_to_one_member_and_issue():
    ids = [names.message_id(issue, member) for issue in (1, 2) for member in (1, 2, 12)]
    assert len(set(ids)) == 6
    assert ids[0] == names.message_id(1, 1)
    assert re.fullmatch(r"<[0-9a-f]{40}@testserver>", ids[0])


def test_the_way_out_is_signed_as_it_is_read():
    for name in ("asha-profile", "-_x"):
        assert names.leave_token(name) == names.leave_signer.sign(name)
        assert names.leave_signer.unsign(names.leave_token(name)) == name


def test_what_comes_back_tells_which_letter_it_was():
    envelope = names.envelope_from(12)
    assert envelope.startswith("letters+12-")
    assert names.delivery_of(envelope) == names.delivery_of(envelope.lower()) == 12
    for forged in [names.envelope_from(1).replace("+1-", "+12-"), "letters@example.org", "", "a+1-é@b", "+-@"]:
        assert names.delivery_of(forged) is None


def test_the_colours_of_the_families_are_those_of_the_house():
    css = get_template("digests/email/letter.css").render()
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    light, dark = tokens.partition("prefers-color-scheme: dark")[::2]
    for name in ["health", "care", "home", "justice", "money", "community"]:
        for colours, rule in zip([light, dark], re.findall(rf"family-{name} {{(.*?)}}", css), strict=True):
            for token in [name, f"{name}-tint"]:
                assert re.search(rf"--{token}: (#\w+)", colours)[1] in rule
