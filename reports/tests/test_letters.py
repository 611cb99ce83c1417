"""Writing back to a report: by anybody, to whoever writes reports, and forgotten once answered."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members import mail
from members.models import Notice
from members.tests.factories import (
    AdminFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
    send_mail,
    sign_in_staff,
)
from reports.models import Letter
from reports.tests.factories import ReportFactory

pytestmark = pytest.mark.django_db
SAID = {"wish": "quote", "text": "May we print the kettle rule?", "contact": "reader@example.org"}


def address(report):
    return reverse("reports:write_back", args=[report.slug])


def test_anybody_writes_back_and_an_editor_puts_it_away(client):
    report = ReportFactory()
    assert client.get(report.url).text.count(address(report)) == 2
    assert client.post(address(report), SAID).url == "/reports/"
    editor = sign_in_staff(client, EditorFactory())
    assert SAID["text"] in editor.get(reverse("report_letters")).text
    put_away = reverse("report_letters_answered", args=[Letter.objects.get().pk])
    assert editor.post(put_away).url == reverse("report_letters")
    letter = Letter.objects.get()
    assert (letter.contact, letter.answered_at is None) == ("", False)
    assert SAID["text"] not in editor.get(reverse("report_letters")).text
    assert editor.post(put_away).status_code == 404


@pytest.mark.parametrize("wrong", [{"text": ""}, {"wish": "else"}, {"contact": "nobody"}])
def test_what_is_missing_is_asked_for(client, wrong):
    response = client.post(address(ReportFactory()), {**SAID, **wrong})
    assert response.status_code == 200
    assert not Letter.objects.exists()


def test_a_draft_takes_no_letters(client):
    assert client.post(address(ReportFactory(live=False)), SAID).status_code == 404


def test_the_way_from_a_quote_is_chosen_already(client):
    report = ReportFactory()
    for asked, wish in [("", "answer"), ("?about=quote", "quote"), ("?about=x", "answer")]:
        assert client.get(address(report) + asked).context["form"]["wish"].value() == wish


def test_other_staff_read_no_letters(client):
    sign_in_staff(client, ModeratorFactory())
    assert client.get(reverse("report_letters")).status_code == 404


def test_too_many_letters_wait(client, monkeypatch):
    monkeypatch.setattr("reports.views.letters.ratelimit.consume", lambda *args, **kwargs: None)
    assert client.post(address(ReportFactory()), SAID).status_code == 429
    assert not Letter.objects.exists()


# --- Whoever writes reports hears of it -------------------------------------------------------------------------------


@pytest.fixture
def desk(db):
    """Two who write reports, and two who do not."""
    return EditorFactory(first_name="Edith"), AdminFactory(), ModeratorFactory(), MemberFactory()


def told():
    return sorted(Notice.objects.filter(kind="reports.letter_waits").values_list("to", flat=True))


def test_whoever_writes_reports_is_told_and_not_a_word_of_it(client, desk, mailbox):
    report = ReportFactory(title="A canary of a title")
    client.post(address(report), SAID)
    assert told() == sorted(person.email for person in desk[:2])
    send_mail()
    [sent] = mailbox.to(desk[0].email)
    words = sent.get_body(("plain",)).get_content()
    assert reverse("report_letters") in words
    for part in (str(sent), words, sent.get_body(("html",)).get_content()):
        assert not any(private in part for private in (report.title, report.slug, *SAID.values()))
    assert "List-Unsubscribe" in sent


def test_one_mail_while_a_letter_of_the_day_waits_and_the_next_after_it(client, desk):
    report = ReportFactory()
    for count, before in [(2, None), (2, None), (4, "put away"), (6, "a day later")]:
        if before == "put away":
            for letter in Letter.objects.all():
                letter.answer(by=desk[0], now=timezone.now())
        elif before:
            Letter.objects.update(written_at=timezone.now() - timedelta(days=1))
        client.post(address(report), SAID)
        assert len(told()) == count


def test_whoever_wants_none_gets_none(client, desk, mailbox):
    editor, admin, *_ = desk
    mail.choose(editor, answers={"reports": "never"}, time_zone="Europe/London")
    client.post(address(ReportFactory()), SAID)
    send_mail()
    assert [len(mailbox.to(person.email)) for person in (editor, admin)] == [0, 1]


@pytest.mark.parametrize("change", ["it is put away", "they write no reports any more"])
def test_nobody_is_called_to_a_desk_that_is_empty_or_no_longer_theirs(client, desk, mailbox, change):
    editor = desk[0]
    client.post(address(ReportFactory()), SAID)
    if change == "it is put away":
        Letter.objects.get().answer(by=desk[1], now=timezone.now())
    else:
        editor.groups.clear()
    send_mail()
    assert mailbox.to(editor.email) == []


def test_only_whoever_writes_reports_is_asked_whether_they_want_these(client, desk):
    for person, asked in zip(desk, [True, True, False, False], strict=True):
        client.force_login(person)
        assert ("For whoever writes reports" in client.get(reverse("members:mail")).text) is asked
