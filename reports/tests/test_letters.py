"""Writing back to a report: by anybody, to whoever writes reports, and forgotten once answered."""

import pytest
from django.urls import reverse

from members.tests.factories import EditorFactory, ModeratorFactory, sign_in_staff
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
