"""Worries about a person: raised without a story and without an account, told at once, read, and logged."""

import re

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from members.models import Concern, Notice
from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from stories import actions
from stories.daily import what_waits
from stories.help_lines import HELP_LINES
from stories.tests.desk import page as shown
from stories.tests.factories import StoryFactory
from stories.tests.pages import at, text

pytestmark = pytest.mark.django_db
PAGE = "/tell-us/"
LIST = "/admin/moderation/concerns/"
LOG = "/admin/moderation/concerns/worries/"
SAID = {"kind": "worried", "text": "He has not been seen since Friday. Worrycanary."}


def form(client, **said):
    key = client.get(PAGE).context["form"]["form_key"].value()
    return {**SAID, "form_key": key, **said}


def raised(**said):
    key = f"key {Concern.objects.count()}"
    return actions.raise_worry(**{**SAID, "contact": "", "sender": "one", "key": key, **said}, now=timezone.now())


def of_worry(concern):
    return reverse("stories_staff:worry", args=[concern.pk])


# --- The page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["page", "story"])
def test_it_says_that_nobody_watches_and_who_helps_in_each_nation(client, where):
    story = StoryFactory(live=True, audience="public")
    page = text(client.get(PAGE if where == "page" else at("concern", story)))
    assert "This site is not watched round the clock" in page
    assert [nation for nation, _ in HELP_LINES if f"<h3>{nation}</h3>" not in page] == []
    lines = [line for _, lines in HELP_LINES for line in lines]
    assert [line for line in lines if f'<a href="tel:{line.dialled}">{line.number}</a>' not in page] == []
    assert {"999", "116 123", "0808 2000 247", "0800 027 1234", "0808 80 10 800", "0808 802 1414"} <= {
        line.number for line in lines
    }
    assert "Protect" in page


def test_every_number_is_dialled_as_it_is_written_and_has_its_source():
    for _, lines in HELP_LINES:
        for line in lines:
            assert re.fullmatch(r"\d{3}|\d{6}|\d{11}", line.dialled), line
            assert line.source.startswith("https://") or line.number in {"999", "101"}, line


def test_anybody_tells_without_an_account_and_without_a_story(client):
    answer = client.post(PAGE, form(client, contact="me@example.org"))
    assert "The moderators have it" in text(answer)
    concern = Concern.objects.get()
    assert (concern.target, concern.kind, concern.state) == (None, "worried", "open")
    assert "127.0.0.1" not in concern.sender


def test_a_worry_knows_no_account(client):
    client.force_login(MemberFactory())
    client.post(PAGE, form(client))
    assert Concern.objects.get().decided_by is None


def test_the_same_form_sent_twice_is_one_worry(client):
    answers = form(client)
    for _ in range(2):
        assert client.post(PAGE, answers).status_code == 200
    assert Concern.objects.count() == 1


def test_worries_and_concerns_share_one_limit_and_no_word_is_lost(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "concern": "1/h/ip"}
    cache.clear()
    story = StoryFactory(live=True, audience="public")
    client.post(at("concern", story), SAID)
    answer = client.post(PAGE, form(client))
    assert answer.status_code == 429
    assert "Worrycanary" in text(answer)
    assert not Concern.objects.worries().exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": ""}, "Enter what we should know"),
        ({"kind": "recognised"}, "Choose one of the answers shown"),
        ({"contact": "a@example.org\nBcc: b@example.org"}, "Enter an e-mail address"),
    ],
)
def test_what_is_wrong_is_said(client, wrong, told):
    assert told in text(client.post(PAGE, form(client, **wrong)))
    assert not Concern.objects.exists()


def test_a_concern_has_its_target_or_none():
    concern = raised()
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(object_id=1)


# --- Who is told ------------------------------------------------------------------------------------------------------


def test_the_safeguarding_lead_is_told_of_each_worry_at_once_and_without_a_word_of_it(client, settings):
    settings.SAFEGUARDING_EMAIL = "lead@example.org"
    for _ in range(2):
        assert "Whoever answers for safeguarding here is told now" in text(client.post(PAGE, form(client)))
    told = Notice.objects.filter(to="lead@example.org")
    assert [notice.subject for notice in told] == ["A concern waits to be read"] * 2
    for notice in told:
        assert LIST in notice.text
        assert "published here" not in notice.text
        assert "canary" not in f"{notice.subject}{notice.text}{notice.html}".lower()


def test_who_is_not_there_is_not_promised(client, settings):
    settings.SAFEGUARDING_EMAIL = ""
    assert "safeguarding here is told" not in text(client.post(PAGE, form(client)))


def test_of_a_story_that_somebody_cannot_open_the_lead_is_not_told(client, settings):
    settings.SAFEGUARDING_EMAIL = "lead@example.org"
    ModeratorFactory()
    client.post(PAGE, form(client, kind="about_me"))
    assert not Notice.objects.filter(to="lead@example.org").exists()
    assert Notice.objects.filter(kind="moderation.concern_raised").exists()


# --- Read and logged --------------------------------------------------------------------------------------------------


def test_a_moderator_reads_it_and_notes_what_they_did(desk, moderator):
    concern = raised(contact="me@example.org")
    assert of_worry(concern) in shown(desk.get(LIST))
    assert "Worrycanary" in shown(desk.get(of_worry(concern)))
    assert "Write what you did." in shown(desk.post(of_worry(concern), {"reason": ""}))
    desk.post(of_worry(concern), {"reason": "I rang the duty team."})
    concern.refresh_from_db()
    assert (concern.state, concern.reason, concern.decided_by, concern.contact) == (
        "read",
        "I rang the duty team.",
        moderator,
        "",
    )
    assert of_worry(concern) not in shown(desk.get(LIST))
    log = shown(desk.get(LOG))
    assert "I rang the duty team." in log
    assert "Worrycanary" not in log
    read = Notice.objects.get(to="me@example.org")
    assert "You wrote to us." in read.text
    assert "canary" not in read.text.lower()


def test_what_one_moderator_has_noted_another_cannot_write_over():
    concern = raised()
    actions.answer_worry(concern.pk, by=ModeratorFactory(), now=timezone.now(), reason="Passed on.")
    with pytest.raises(actions.CannotDecide):
        actions.answer_worry(concern.pk, by=ModeratorFactory(), now=timezone.now(), reason="No.")
    concern.refresh_from_db()
    assert concern.reason == "Passed on."


def test_it_waits_on_the_admins_first_page_and_in_the_mail_at_eight(desk, moderator):
    raised()
    assert "worried about somebody" in shown(desk.get("/admin/"))
    assert "1 worry about a person, to be read" in what_waits(moderator, now=timezone.now())["lines"]


def test_other_staff_find_no_such_page(client):
    concern = raised()
    editor = sign_in_staff(client, EditorFactory())
    assert [editor.get(address).status_code for address in (LOG, of_worry(concern))] == [404, 404]
    assert editor.post(of_worry(concern), {"reason": "Read."}).status_code == 404


def test_a_concern_about_a_story_is_no_worry(desk):
    story = StoryFactory(live=True, audience="public")
    concern = actions.raise_concern(story, **SAID, contact="", sender="one", key="k", now=timezone.now())
    assert desk.get(of_worry(concern)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_takes_the_same_queries(desk, django_assert_num_queries, count):
    for _ in range(count):
        actions.answer_worry(raised().pk, by=ModeratorFactory(), now=timezone.now(), reason="Passed on.")
    desk.get(LOG)
    with django_assert_num_queries(12):
        desk.get(LOG)
