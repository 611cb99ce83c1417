"""`manage.py doctor`: each thing is broken for real, and its line says what to do."""

import contextlib
import os
import socket
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from members import outbox
from members.models import Notice
from systemschange.embedded import places
from systemschange.operations import doctor, heartbeats
from systemschange.tests.test_embedded_cache import OwnValkey
from systemschange.tests.test_health import alive  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alive")]


@pytest.fixture
def ask(capsys):
    """The doctor's lines by their name, and its exit status."""

    def ask():
        status = 0
        try:
            call_command("doctor")
        except SystemExit as end:
            status = end.code
        *lines, last = capsys.readouterr().out.splitlines()
        return {line.split()[1]: line for line in lines}, last, status

    return ask


def test_a_site_that_is_well_has_a_good_line_for_each_thing_and_ends_with_0(ask):
    lines, last, status = ask()
    assert [line for line in lines.values() if not line.startswith("ok ")] == []
    assert set(lines) == set(doctor.CHECKS)
    assert (last, status) == ("all is well", 0)


def refused_port():
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
        return free.getsockname()[1]


def break_settings(settings, monkeypatch, tmp_path):
    settings.CSRF_FAILURE_VIEW = "no.such.view"


def break_mail(settings, monkeypatch, tmp_path):
    settings.EMAIL_PORT = refused_port()


def break_files(settings, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("where a folder should be")
    private = {**settings.STORAGES["private"]}
    private["OPTIONS"] = {**private["OPTIONS"], "location": tmp_path / "file" / "private"}
    settings.STORAGES = {**settings.STORAGES, "private": private}


def break_static(settings, monkeypatch, tmp_path):
    settings.STATIC_ROOT = tmp_path
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}


def break_disk(settings, monkeypatch, tmp_path):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda place: usage(100 * 1024**3, 98 * 1024**3, 2 * 1024**3))


def break_clock(settings, monkeypatch, tmp_path):
    class Slow(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz or UTC) - timedelta(minutes=2)

    monkeypatch.setattr(doctor, "datetime", Slow)


def break_timezone(settings, monkeypatch, tmp_path):
    settings.TIME_ZONE = "Europe/Atlantis"


def break_migrations(settings, monkeypatch, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'stories' AND name LIKE '0001%%'")


def break_worker(settings, monkeypatch, tmp_path):
    caches["default"].delete("heartbeat.worker.letters")


def break_beat(settings, monkeypatch, tmp_path):
    caches["default"].delete("heartbeat.beat")


def break_outbox(settings, monkeypatch, tmp_path):
    outbox.post(kind="members.code", subject="Hello", text="Hello", to="a@example.org", now=timezone.now())
    Notice.objects.update(due_at=timezone.now() - timedelta(hours=1))


def break_tls(settings, monkeypatch, tmp_path):
    settings.HTTPS, settings.SITE_URL, settings.ALLOWED_HOSTS = True, "https://stories.example.org", ["example.org"]


def break_tls_proxy(settings, monkeypatch, tmp_path):
    break_tls(settings, monkeypatch, tmp_path)
    settings.ALLOWED_HOSTS = ["stories.example.org"]


@pytest.mark.parametrize(
    ("break_it", "name", "said", "mend"),
    [
        (break_settings, "settings", " of the settings want a look: ", "check --deploy"),
        (break_tls, "tls", "is not among ALLOWED_HOSTS", "add stories.example.org to ALLOWED_HOSTS"),
        (break_tls_proxy, "tls", "no proxy is trusted", "TRUSTED_PROXY_COUNT=1"),
        (break_migrations, "migrations", "1 migrations are not applied, stories.0001", "manage.py migrate"),
        (break_mail, "mail", "does not answer (ConnectionRefusedError)", "EMAIL_URL"),
        (break_files, "files", "cannot be kept (NotADirectoryError)", "PRIVATE_ROOT"),
        (break_static, "static", "not gathered", "collectstatic"),
        (break_disk, "disk", "nearly full: 2.0 GiB free", "make room"),
        (break_clock, "clock", "120 seconds apart", "NTP"),
        (break_timezone, "timezone", "Europe/Atlantis", "tzdata"),
        (break_worker, "worker", "no worker looks after letters", "celery -A systemschange worker"),
        (break_beat, "beat", "never seen", "celery -A systemschange beat"),
        (break_outbox, "outbox", "1 mails should have gone", "worker"),
    ],
)
def test_what_is_broken_has_a_line_that_says_how_to_mend_it(
    ask, settings, monkeypatch, tmp_path, break_it, name, said, mend
):
    break_it(settings, monkeypatch, tmp_path)
    lines, last, status = ask()
    assert lines[name].startswith("WRONG ")
    assert said in lines[name]
    assert mend in lines[name].partition(" -> ")[2]
    assert (last, status) == (f"1 wrong: {name}", 1)


@pytest.mark.fault
def test_a_valkey_that_throws_tasks_away_and_one_that_is_lost_are_told(ask, settings):
    own = OwnValkey()
    location = places.redis_url(own.folder) + "?db=1"
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "LOCATION": location}}
    client = caches["default"]._cache.get_client()
    client.config_set("maxmemory", 100_000_000)
    client.config_set("maxmemory-policy", "allkeys-lru")
    heartbeats._noted.clear()
    assert "allkeys-lru" in ask()[0]["valkey"]
    assert "maxmemory-policy noeviction" in ask()[0]["valkey"]
    own.stop()
    lines, last, status = ask()
    assert (last, status) == ("3 wrong: valkey, worker, beat", 1)
    assert "cannot be asked: ConnectionError -> see whether that server runs" in lines["valkey"]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_lost_is_a_line_and_not_a_traceback(ask, monkeypatch):
    usual = dict(connection.settings_dict)
    nowhere = Path(os.environ["TEST_SERVICES"]) / "nowhere"
    connection.close()
    connection.settings_dict |= {"HOST": str(nowhere)}
    try:
        lines, last, status = ask()
    finally:
        connection.close()
        connection.settings_dict |= usual
    assert status == 1
    assert "cannot be asked: OperationalError" in lines["database"]
    assert str(nowhere) not in "\n".join(lines.values())
