"""Open data as one file: little at once, much by a worker, and never with what a teller has taken back."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from insights import exporting, tasks
from insights.models import OpenFile
from insights.tests.test_open_data import told
from members.models.photo import files_in, private_files
from stories import actions
from stories.models import Story
from stories.search import reindex

pytestmark = pytest.mark.django_db
PAGE = "/api/files/csv/"


@pytest.fixture(autouse=True)
def little_is_much(monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    monkeypatch.setattr("insights.open_data.CHUNK", 1)
    yield
    for path in files_in(OpenFile.FOLDER):
        private_files().delete(path)


@pytest.fixture
def three():
    return [told(title=f"Zqopen {number}") for number in range(3)]


def whole(client, ending="csv"):
    return client.get(reverse(f"api:stories_{ending}"))


def status(client):
    response = whole(client)
    if response.streaming:
        response.getvalue()  # closes the file
    return response.status_code


def titles(response, ending="csv"):
    text = response.getvalue().decode("utf-8-sig")
    rows = json.loads(text)["stories"] if ending == "json" else csv.DictReader(io.StringIO(text))
    return sorted(row["title"] for row in rows)


def made(client, ending="csv"):
    assert client.post(reverse("api:file", args=[ending])).status_code == 302
    tasks.make_files()
    return OpenFile.objects.get(ending=ending)


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_little_is_written_at_once_and_keeps_no_file(client, ending):
    told(title="Zqopen 0")
    assert titles(whole(client, ending), ending) == ["Zqopen 0"]
    assert client.post(reverse("api:file", args=[ending])).status_code == 200
    assert not OpenFile.objects.exists()


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_much_is_asked_for_made_and_taken_by_anybody(client, three, ending):
    told(title="Zqclosed", open_data=False)
    before = whole(client, ending)
    assert (before.status_code, before["Retry-After"]) == (503, "60")
    assert "Make the file" in before.content.decode()
    made(client, ending)
    assert "The file is ready" in client.get(reverse("api:file", args=[ending])).text
    response = whole(client, ending)
    assert re.fullmatch(rf'attachment; filename="stories-[\d-]+\.{ending}"', response["Content-Disposition"])
    assert titles(response, ending) == ["Zqopen 0", "Zqopen 1", "Zqopen 2"]


def test_looking_asks_for_nothing(client, three):
    client.get(PAGE)
    whole(client)
    assert not OpenFile.objects.exists()


def test_however_often_it_is_asked_for_there_is_one_file(client, three):
    name = made(client).file.name
    for _ in range(3):
        client.post(PAGE)
    tasks.make_files()
    assert OpenFile.objects.get().file.name == name
    assert files_in(OpenFile.FOLDER) == [name]


def taken_back(story):
    actions.withdraw(story, by=story.author, now=timezone.now())


def narrowed(story):
    Story.objects.filter(pk=story.pk).update(audience="members")


def closed(story):
    Story.objects.filter(pk=story.pk).update(open_data=False)


def deleted(story):
    story.delete()


def reworded(story):
    Story.objects.filter(pk=story.pk).update(title="Other words")
    reindex()


@pytest.mark.parametrize("change", [taken_back, narrowed, closed, deleted, reworded])
def test_a_file_with_what_is_open_no_more_is_handed_out_to_nobody(client, three, change):
    told(title="Zqopen 3")
    made(client)
    assert status(client) == 200
    change(three[0])
    assert status(client) == 503
    assert "is not true any more" in client.get(PAGE).text
    made(client)
    assert "Zqopen 0" not in titles(whole(client))


def test_what_changes_while_it_is_written_makes_it_untrue(client, three, monkeypatch):
    def parts(ending, noted):
        closed(three[0])
        yield "Zqopen 0"

    told(title="Zqopen 3")
    monkeypatch.setattr(exporting, "parts", parts)
    made(client)
    assert status(client) == 503


def test_it_lies_on_the_disk_no_longer_than_it_is_true(client, three, django_capture_on_commit_callbacks):
    told(title="Zqopen 3")
    made(client)
    tasks.clear_files()
    assert len(files_in(OpenFile.FOLDER)) == 1
    closed(three[0])
    with django_capture_on_commit_callbacks(execute=True):
        tasks.clear_files()
    assert files_in(OpenFile.FOLDER) == []


def test_it_is_gone_after_a_day(client, three, django_capture_on_commit_callbacks):
    made(client)
    OpenFile.objects.update(made_at=timezone.now() - timedelta(hours=24, minutes=1))
    assert status(client) == 503
    with django_capture_on_commit_callbacks(execute=True):
        tasks.clear_files()
    assert files_in(OpenFile.FOLDER) == []


def test_whoever_waits_sees_how_far_it_is_with_and_without_javascript(client, three, monkeypatch):
    seen = []
    parts = exporting.parts

    def watched(ending, noted):
        def tell(done):
            noted(done)
            seen.append((client.get(f"{PAGE}progress/").json(), client.get(PAGE).text))

        return parts(ending, tell)

    client.post(PAGE)
    assert "It begins in a moment" in client.get(PAGE).text
    monkeypatch.setattr(exporting, "parts", watched)
    tasks.make_files()
    told_of = [told for told, _ in seen]
    assert {"being_made": True, "done": 2, "all": 4} in told_of
    assert '<progress value="2" max="4"' in seen[1][1]
    assert "Look again" in seen[1][1]
    assert client.get(f"{PAGE}progress/").json()["being_made"] is False


def test_a_file_that_the_storage_has_lost_can_be_asked_for_again(client, three):
    private_files().delete(made(client).file.name)
    assert status(client) == 503
    made(client)
    assert status(client) == 200


def test_one_that_cannot_be_made_says_so_and_keeps_words_out_of_the_log(client, three, monkeypatch, caplog):
    def broken(ending, noted):
        raise ValueError("Zqopen")

    monkeypatch.setattr(exporting, "parts", broken)
    made(client)
    assert "could not be made" in client.get(PAGE).text
    assert "Zqopen" not in caplog.text


def test_no_other_ending_is_there(client):
    assert client.get("/api/files/exe/").status_code == 404
    assert client.get("/api/files/csv/progress/").status_code == 404
