"""Whether the site is well: each part is broken for real, and the answer names it and nothing else."""

import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from digests.models import Delivery, Issue
from digests.running import RELAY_FAILS
from members import outbox
from members.models import Notice
from members.tests.factories import MemberFactory
from systemschange.embedded import places, processes
from systemschange.operations import heartbeats, readiness
from systemschange.tests import services
from systemschange.tests.test_embedded_cache import OwnValkey
from systemschange.tests.test_faults import OwnPostgres

pytestmark = pytest.mark.django_db
TOKEN = "a token of thirty random signs"
PARTS = ["database", "migrations", "valkey", "worker", "beat", "outbox", "letter"]


@pytest.fixture
def alive():
    """As if a worker and beat had just said that they live."""
    heartbeats._noted.clear()
    for name in ("beat", "worker.celery", "worker.letters"):
        heartbeats.note(name)
    yield
    heartbeats._noted.clear()


def wrong(answer):
    return [name for name, state in answer.json()["checks"].items() if state != "ok"]


def test_a_site_that_is_well_says_so_and_no_more(client, alive):
    answer = client.get("/readyz")
    assert answer.json() == {"ready": True, "checks": dict.fromkeys(PARTS, "ok")}
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_healthz_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").text == "ok"


@pytest.mark.parametrize("gone", ["beat", "worker.celery", "worker.letters"])
def test_a_heartbeat_that_is_old_is_wrong(client, alive, gone, monkeypatch):
    ages = {"beat": 1, "worker.celery": 1, "worker.letters": 1}
    monkeypatch.setattr(heartbeats, "age", (ages | {gone: 600}).get)
    answer = client.get("/readyz")
    assert (answer.status_code, wrong(answer)) == (503, [gone.partition(".")[0]])
    assert client.get("/readyz?for=pages").json() == {"ready": True, "checks": {"database": "ok", "migrations": "ok"}}


def test_a_migration_that_is_not_applied_is_wrong(client, alive):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'stories' AND name LIKE '0001%%'")
    answer = client.get("/readyz?for=pages")
    assert (answer.status_code, wrong(answer)) == (503, ["migrations"])


def test_mail_that_waits_too_long_is_wrong_and_mail_that_waits_for_the_morning_is_not(client, alive):
    now = timezone.now()
    outbox.post(kind="members.code", subject="Hello", text="Hello", to="a@example.org", now=now)
    Notice.objects.update(due_at=now + timedelta(hours=8), created_at=now - timedelta(hours=8))
    assert client.get("/readyz").status_code == 200
    Notice.objects.update(due_at=now - timedelta(minutes=11))
    assert wrong(client.get("/readyz")) == ["outbox"]


def test_a_letter_that_stands_is_wrong_and_one_that_moves_is_not(client, alive):
    now = timezone.now()
    issue = Issue.objects.create(week=now.date(), state=Issue.State.SENDING, began_at=now - timedelta(hours=2))
    long_ago = now - timedelta(hours=1)
    for finished_at in (now, None):
        state = Delivery.State.SENT if finished_at else Delivery.State.PLANNED
        issue.deliveries.create(
            member=MemberFactory(), state=state, due_at=long_ago, planned_at=long_ago, finished_at=finished_at
        )
    assert client.get("/readyz").status_code == 200
    issue.deliveries.filter(state=Delivery.State.SENT).update(finished_at=long_ago)
    assert wrong(client.get("/readyz")) == ["letter"]
    Issue.objects.update(state=Issue.State.PAUSED, paused_at=now, paused_because="A mistake in the note")
    assert client.get("/readyz").status_code == 200, "staff paused it"
    Issue.objects.update(paused_because=RELAY_FAILS)
    assert wrong(client.get("/readyz")) == ["letter"]


def test_outsiders_are_told_which_part_and_whoever_holds_the_token_why(client, settings):
    settings.METRICS_TOKEN = TOKEN
    for headers in ({}, {"authorization": "Bearer of bad news"}):
        answer = client.get("/readyz", headers=headers)
        assert set(answer.json()) == {"ready", "checks"}
        assert set(answer.json()["checks"].values()) == {"ok", "wrong"}
    told = client.get("/readyz", headers={"authorization": f"Bearer {TOKEN}"}).json()["said"]
    assert told["worker"] == "no worker looks after celery and letters"
    assert told["database"].startswith("PostgreSQL 18")


@pytest.mark.fault
def test_a_lost_valkey_is_named(client, settings, alive):
    own = OwnValkey()
    location = places.redis_url(own.folder) + "?db=1"
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "LOCATION": location}}
    own.stop()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    # Without Valkey nobody knows how old the heartbeats are.
    assert wrong(answer) == ["valkey", "worker", "beat"]
    assert client.get("/readyz?for=pages").status_code == 200
    heartbeats._noted.clear()
    heartbeats.note("beat")  # does not raise


@pytest.mark.fault
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_lost_database_is_named_and_the_process_is_alive_all_the_same():
    own, usual = OwnPostgres(), dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= {"HOST": str(own.folder / "postgres"), "NAME": services.TEMPLATE}
    try:
        assert Client().get("/readyz?for=pages").status_code == 200
        own.stop()
        answer = Client().get("/readyz?for=pages")
        assert (answer.status_code, wrong(answer)) == (503, ["database", "migrations"])
        assert str(own.folder) not in answer.text
        assert Client().get("/healthz").status_code == 200
    finally:
        connection.close()
        connection.settings_dict |= usual


def seen(name, patience=20):
    deadline = time.monotonic() + patience
    while heartbeats.age(name) is None and time.monotonic() < deadline:
        time.sleep(0.1)
    return heartbeats.age(name)


@pytest.mark.long
def test_a_real_worker_and_a_real_beat_say_that_they_live(celery_worker, tmp_path):
    assert seen("worker.celery") < 20
    assert seen("worker.letters") < 20
    assert heartbeats.age("beat") is None
    schedule = tmp_path / "schedule"
    words = ["-A", "systemschange", "beat", "--schedule", schedule, "--pidfile", ""]
    beat = processes.start(
        [sys.executable, "-m", "celery", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert seen("beat") < 20
    finally:
        processes.stop(beat)
    assert readiness.worker().well
    assert readiness.beat().well


# --- Metrics ----------------------------------------------------------------------------------------------------------


def test_metrics_are_not_there_without_the_token(client, settings):
    missing = client.get("/no-such-page/").content
    for token, headers in [
        ("", {}),
        ("", {"authorization": "Bearer "}),
        (TOKEN, {}),
        (TOKEN, {"authorization": TOKEN}),
    ]:
        settings.METRICS_TOKEN = token
        answer = client.get("/metrics", headers=headers)
        assert (answer.status_code, answer.content) == (404, missing)


def test_metrics_count_requests_by_route_and_tell_how_the_queues_stand(settings, alive):
    settings.METRICS_TOKEN = TOKEN
    settings.MIDDLEWARE = ["systemschange.operations.metrics.Requests", *settings.MIDDLEWARE]
    now = timezone.now()
    outbox.post(kind="members.code", subject="Hello", text="Hello", to="a@example.org", now=now - timedelta(hours=1))
    client = Client()
    member = MemberFactory()
    for address in (reverse("networks:people"), "/people/canary-secret/", f"/no-such/{member.email}/"):
        client.get(address)
    told = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
    assert 'http_requests_total{method="GET",route="networks:people",status="302"} 1.0' in told
    assert 'site_ready{part="outbox"} 0.0' in told
    assert 'site_ready{part="worker"} 1.0' in told
    assert "outbox_due 1.0" in told
    assert "canary" not in told
    assert member.email not in told
    age = next(line for line in told.splitlines() if line.startswith("outbox_age_seconds "))
    assert 3600 <= float(age.split()[1]) < 3700
