"""The letter as it arrives: its words, its headers, and what must never be in it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from digests import actions, emails
from digests.models import Issue
from members.models import Profile
from members.tests.factories import MemberFactory
from practices.models import Boundary
from reports.models import ReportPage
from reports.tests.factories import ReportFactory
from stories.models import Story

KEPT = Path(__file__).parent / "emails"


def raw(message):
    """All of it as a person could dig it up: headers, and both bodies decoded."""
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return "\n".join([str(message), *parts])


def plain(message):
    return message.get_body(("plain",)).get_content()


@pytest.fixture
def full(world, reader, mailbox):
    """A letter with everything in it, the same each time."""
    Profile.objects.filter(user=reader).update(public_id="asha-profile")
    told = [
        {
            "title": "Nobody is discharged to nowhere on a Friday",
            "summary": "The ward rings the housing team on Wednesday, and there is a key on Friday.",
            "boundaries": ["hospital", "housing"],
            "byline_role": "housing-officer",
            "place": "salford",
            "period_part": "early",
            "period_year": 2029,
        },
        {
            "title": "We stopped <asking> the same five questions & wrote one page",
            "summary": "",
            "boundaries": ["mental-health", "police", "drug-and-alcohol"],
            "byline": "name",
            "author": MemberFactory(first_name="Moira", last_name="O'Neill"),
        },
        {"title": "One form instead of three", "summary": "It stalled in May.", "boundaries": ["debt"], "demo": True},
    ]
    for number, fields in enumerate(told):
        fields["boundaries"] = [Boundary.objects.get(slug__startswith=slug) for slug in fields["boundaries"]]
        story = world.story(**fields)
        Story.objects.filter(pk=story.pk).update(slug=f"story-{number}")
    ReportFactory(title="What stops a discharge", slug="discharge", introduction="It was rarely a bed.")
    ReportPage.objects.update(first_published_at=datetime(2030, 1, 8, 12, tzinfo=UTC))
    Issue.objects.next_draft()
    Issue.objects.update(note="Three of you will speak in Leeds next week.\n\nCome if you can.")
    world.send_now()
    return mailbox.messages[0]


@pytest.mark.parametrize("kind", ["html", "txt"])
def test_the_letter_reads_as_it_did(full, kind):
    body = full.get_body(("html" if kind == "html" else "plain",)).get_content()
    kept = KEPT / f"letter.{kind}"
    if not kept.exists():
        kept.write_text(body)
        pytest.fail(f"{kept.name} was missing: look at the new one, and keep it.")
    assert body == kept.read_text()


def test_its_headers(full):
    assert full["Subject"] == "Your weekly letter: 3 stories you have not read"
    assert full["From"] == settings.DEFAULT_FROM_EMAIL
    assert full["To"] == "asha@example.org"
    assert full["List-Id"] == "Systems Change weekly letter <weekly-letter.testserver>"
    assert full["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert full["List-Unsubscribe"].strip().startswith("<http://testserver/letter/leave/asha-profile.")
    assert full["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[0-9a-f]{40,64}@testserver>", full["Message-ID"])


def test_a_message_id_belongs_to_one_member_and_issue(world, reader):
    other = MemberFactory()
    first, second = Issue(pk=1), Issue(pk=2)
    ids = [emails.headers(member, issue, "")["Message-ID"] for member in (reader, other) for issue in (first, second)]
    again = [emails.headers(member, issue, "")["Message-ID"] for member in (reader, other) for issue in (first, second)]
    assert ids == again
    assert len(set(ids)) == 4


def test_the_subject_holds_no_word_of_a_story(world, reader, mailbox):
    world.story(title="Xylophone")
    world.send_now()
    assert mailbox.messages[0]["Subject"] == "Your weekly letter: 1 story you have not read"


@pytest.mark.parametrize("byline", ["role", "hidden"])
def test_an_unnamed_tellers_name_is_nowhere_in_the_mail(world, reader, mailbox, byline):
    teller = MemberFactory(
        first_name="Canaria", last_name="Canarson", email="canary@example.org", profile__organisation="Canary Trust"
    )
    world.story(author=teller, byline=byline)
    world.send_now()
    source = raw(mailbox.messages[0])
    assert "canar" not in source.lower()
    assert teller.profile.public_id not in source


def test_a_named_teller_is_named(world, reader, mailbox):
    world.story(author=MemberFactory(first_name="Moira", last_name="O'Neill"), byline="name")
    world.send_now()
    assert "Moira O'Neill" in plain(mailbox.messages[0])


def test_nothing_is_fetched_and_nothing_follows_the_reader(full):
    html = full.get_body(("html",)).get_content()
    assert "<img" not in html
    assert "<link" not in html
    assert set(re.findall(r'href="(http[^"/]*//[^"/]*)', html)) == {"http://testserver"}
    assert "?" not in "".join(re.findall(r'href="([^"]*)"', html))
    assert len(full.as_bytes()) < 60_000


def test_html_in_a_story_or_a_name_stays_text(world, mailbox):
    MemberFactory(first_name="<b>Asha</b>", profile__weekly_letter=True)
    world.story(title="<script>alert(1)</script>")
    world.send_now()
    html = mailbox.messages[0].get_body(("html",)).get_content()
    assert "<script" not in html
    assert "<b>Asha" not in html
    assert "Hello <b>Asha</b>," in plain(mailbox.messages[0])


def test_a_name_cannot_write_a_header(world, mailbox):
    MemberFactory(first_name="Asha\r\nBcc: all@example.org", email="a@example.org", profile__weekly_letter=True)
    world.story()
    world.send_now()
    assert mailbox.messages[0]["Bcc"] is None
    assert [message["To"] for message in mailbox.messages] == ["a@example.org"]


def test_a_story_of_no_service_names_none(world, reader, mailbox):
    story = world.story(title="Nowhere in particular")
    story.tagged_boundaries.all().delete()
    world.send_now()
    told = plain(mailbox.messages[0]).partition("Nowhere in particular")[2].split("\n")[1:4]
    assert told == [story.summary, "A frontline worker", f"http://testserver/stories/{story.slug}/"]


def test_the_colours_of_the_families_are_those_of_the_house():
    css = get_template("digests/email/letter.css").render()
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    light, dark = tokens.partition("prefers-color-scheme: dark")[::2]
    for name in ["health", "care", "home", "justice", "money", "community"]:
        for colours, rule in zip([light, dark], re.findall(rf"family-{name} {{(.*?)}}", css), strict=True):
            for token in [name, f"{name}-tint"]:
                assert re.search(rf"--{token}: (#\w+)", colours)[1] in rule


def test_the_token_opens_one_thing(world, reader):
    token = emails.leave_token(reader)
    assert emails.read_leave_token(token) == reader.profile.public_id
    assert reader.email not in token
    for forged in [token[:-1], token + "x", reader.profile.public_id, "", actions.emails.signer.sep]:
        assert emails.read_leave_token(forged) is None
