"""Two web servers, three workers, two beats on one database: nothing is kept in one of them alone."""

import contextlib
import os
import subprocess
import sys
import time
from http.client import HTTPConnection

import pytest
from django.conf import settings
from django.utils import timezone
from redis import Redis

from members.tests.factories import MemberFactory
from stories import actions
from stories.tests.factories import StoryFactory
from systemschange import beat, changes
from systemschange.celery import app
from systemschange.embedded import processes, schema
from systemschange.settings.schedule import ROUTES
from systemschange.tests.running import free_port

WORKERS = {"celery": "celery,letters", "mail": "mail", "long": "long,celery"}


def a_beat(path):
    return beat.OneOfMany(app, schedule_filename=str(path), lazy=True)


@pytest.fixture
def no_lock():
    server = Redis.from_url(settings.CACHES["default"]["LOCATION"])
    server.delete(beat.NAME)
    yield server
    server.delete(beat.NAME)


def test_one_beat_of_two_ticks_and_the_other_takes_over_when_it_ends(no_lock, tmp_path):
    first, second = a_beat(tmp_path / "a"), a_beat(tmp_path / "b")
    for one in (first, second):
        one.setup_schedule()
    assert [first.leads(), second.leads(), first.leads()] == [True, False, True]
    assert second.tick() == beat.AGAIN_SECONDS
    first.close()
    assert second.leads()
    second.close()


def test_a_beat_that_was_away_for_too_long_no_longer_ticks(no_lock, tmp_path):
    first, second = a_beat(tmp_path / "a"), a_beat(tmp_path / "b")
    assert first.leads()
    no_lock.delete(beat.NAME)  # as if its minute had passed
    assert second.leads()
    assert not first.leads()
    assert 0 < no_lock.pttl(beat.NAME) <= beat.HELD_SECONDS * 1000


def test_without_valkey_nobody_ticks_and_nobody_fails(monkeypatch, tmp_path):
    alone = a_beat(tmp_path / "a")
    away = Redis(host="127.0.0.1", port=1).lock(beat.NAME, timeout=1)
    monkeypatch.setattr(alone, "make_lock", lambda: away)
    assert not alone.leads()


def test_every_routed_task_exists():
    app.loader.import_default_modules()
    assert set(ROUTES) <= set(app.tasks)


def environment(port):
    from django.db import connection

    name = connection.settings_dict["NAME"]
    url = os.environ["DATABASE_URL"].replace("template_systemschange", name)
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "systemschange.tests.machine",
        "DATABASE_URL": url,
        "QUEUES_BY_KIND": "1",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "KEPT_PAGES": "50",
    }


@contextlib.contextmanager
def running(tmp_path, mail_port):
    """The processes as on several machines; their logs are in `tmp_path`."""
    ports = [free_port(), free_port()]
    commands = {
        f"web{port}": [
            "gunicorn",
            "--workers",
            "1",
            "--threads",
            "2",
            "--no-control-socket",
            "--bind",
            f"127.0.0.1:{port}",
        ]
        + ["systemschange.wsgi"]
        for port in ports
    }
    commands |= {
        f"worker-{name}": [
            "celery",
            "-A",
            "systemschange",
            "worker",
            "-P",
            "solo",
            "-l",
            "INFO",
            "-n",
            name,
            "--queues",
            queues,
        ]
        for name, queues in WORKERS.items()
    }
    commands |= {
        f"beat{number}": ["celery", "-A", "systemschange", "beat", "-l", "INFO", "--pidfile", ""]
        + ["--schedule", str(tmp_path / f"schedule{number}")]
        for number in (1, 2)
    }
    started = {}
    try:
        for name, words in commands.items():
            with (tmp_path / f"{name}.log").open("wb") as log:
                started[name] = subprocess.Popen(
                    [sys.executable, "-m", *words],
                    cwd=schema.BASE_DIR,
                    env=environment(mail_port),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        yield ports, started
    finally:
        for process in started.values():
            processes.stop(process)


def get(port, path, cookie=""):
    line = HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Host": "testserver", **({"Cookie": f"sessionid={cookie}"} if cookie else {})}
    with contextlib.closing(line):
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()


def wait_for(fact, patience=120):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if found := fact():
                return found
        time.sleep(0.2)
    raise AssertionError("it did not happen")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_two_webs_three_workers_and_two_beats_are_one_site(client, mailbox, settings, tmp_path, no_lock):
    story = StoryFactory(live=True, audience="public", title="The Quincunx of a form")
    member = MemberFactory()
    client.force_login(member)
    cookie = client.cookies["sessionid"].value
    app.control.purge()
    with running(tmp_path, settings.EMAIL_PORT) as ((one, other), started):
        for port in (one, other):
            wait_for(lambda port=port: get(port, "/healthz")[0] == 200)
        # Signed in at one, signed in at the other; and a page that both keep is gone from both.
        assert all("Sign out" in get(port, "/stories/", cookie)[1] for port in (one, other))
        assert all("Quincunx" in get(port, "/stories/")[1] for port in (one, other, one, other))
        before = changes.state()
        actions.withdraw(story, by=story.author, now=timezone.now())
        assert changes.state() != before
        assert not any("Quincunx" in get(port, "/stories/")[1] for port in (one, other))
        # Three workers answer, each listening to queues of its own; one of the two beats ticks.
        wait_for(lambda: len(app.control.ping(timeout=2)) == len(WORKERS))
        ticking = wait_for(lambda: [name for name in ("beat1", "beat2") if "ticks now" in log(tmp_path, name)])
        assert len(ticking) == 1
        # The one that ticks is ended: the other goes on.
        processes.stop(started[ticking[0]])
        (standing_by,) = {"beat1", "beat2"} - set(ticking)
        wait_for(lambda: "ticks now" in log(tmp_path, standing_by))
        assert all(process.poll() is None for name, process in started.items() if name not in ticking)


def log(folder, name):
    return (folder / f"{name}.log").read_text()
