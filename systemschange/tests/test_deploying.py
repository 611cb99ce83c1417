"""What a deploy does to a running site: migrations that wait for nobody, servers that end what they began."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from systemschange.embedded import places, processes
from systemschange.tests import lint_migrations

# --- Migrations -------------------------------------------------------------------------------------------------------

FIRST = """
from django.db import migrations, models
class Migration(migrations.Migration):
    initial = True
    fields = [("id", models.BigAutoField(primary_key=True)), ("old", models.TextField())]
    operations = [migrations.CreateModel("Thing", fields)]
"""
LATER = """
from django.db import migrations, models
class Migration(migrations.Migration):
    atomic = {atomic}
    dependencies = [("insights", "0001_initial")]
    operations = [migrations.{operation}]
"""
CONCURRENTLY = (
    'RunSQL("CREATE INDEX CONCURRENTLY thing_old ON insights_thing (old)", "DROP INDEX CONCURRENTLY thing_old")'
)


@pytest.fixture
def migration(tmp_path, settings, monkeypatch):
    """Puts one migration after the first of a room that has none, as a branch would."""
    name = f"migrations_of_{tmp_path.name}"

    def write(operation, atomic=True):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "__init__.py").touch()
        (folder / "0001_initial.py").write_text(FIRST)
        (folder / "0002_later.py").write_text(LATER.format(operation=operation, atomic=atomic))
        monkeypatch.syspath_prepend(tmp_path)
        settings.MIGRATION_MODULES = {"insights": name}

    yield write
    for module in [one for one in sys.modules if one.startswith(name)]:
        del sys.modules[module]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("operation", "why"),
    [
        ('RemoveField("thing", "old")', "DROPPING columns"),
        ('RenameField("thing", "old", "new")', "RENAMING columns"),
        ('RenameModel("Thing", "Other")', "RENAMING tables"),
        ('DeleteModel("Thing")', "DROPPING table"),
        ('AlterField("thing", "old", models.IntegerField())', "ALTERING columns"),
        ('AddField("thing", "new", models.TextField(default="x"))', "NOT NULL constraint on columns"),
        ('AddIndex("thing", models.Index(fields=["old"], name="by_old"))', "CREATE INDEX locks table"),
    ],
)
def test_a_migration_that_a_running_site_cannot_bear_is_found(migration, capsys, operation, why):
    migration(operation)
    assert lint_migrations.lint({"insights": 1}) == 1
    assert why in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("operation", "atomic"),
    [
        ('AddField("thing", "new", models.TextField(null=True))', True),
        ('AddField("thing", "new", models.TextField(db_default="x"))', True),
        (CONCURRENTLY, False),
    ],
)
def test_its_safe_form_passes(migration, operation, atomic):
    migration(operation, atomic)
    assert lint_migrations.lint({"insights": 1}) == 0


@pytest.mark.django_db
def test_what_came_before_the_baseline_is_history(migration):
    migration('RemoveField("thing", "old")')
    assert lint_migrations.lint({"insights": 2}) == 0


@pytest.mark.django_db(transaction=True)
def test_a_migration_waits_for_no_lock_longer_than_the_setting_says(settings):
    settings.MIGRATION_LOCK_TIMEOUT = 1
    usual = connection.settings_dict
    other = psycopg2.connect(host=usual["HOST"], user=usual["USER"], dbname=usual["NAME"])
    with contextlib.closing(other), other.cursor() as cursor:
        cursor.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        with pytest.raises(CommandError, match="held a lock for more than 1 seconds"):
            call_command("migrate", verbosity=0, skip_checks=True)
        assert time.monotonic() - began < 10
        other.rollback()
    call_command("migrate", verbosity=0, skip_checks=True)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


# --- Servers ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def environment(transactional_db, tmp_path):
    """For processes of the site's own, on this test's database."""
    database = places.database_url(Path(os.environ["TEST_SERVICES"]), connection.settings_dict["NAME"])
    given = {"DJANGO_SETTINGS_MODULE": "systemschange.tests.settings", "DATABASE_URL": database}
    return {**os.environ, **given, "STATE": str(tmp_path)}


def wait_for(condition, patience=60):
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


class Web:
    """Gunicorn as deploy/ runs it, on a socket that somebody else holds, as systemd does."""

    def __init__(self, environment, log):
        self.environment, self.log = environment, log
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def start(self, *words):
        number = self.socket.fileno()
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "2"]
        output = self.log.open("ab")
        self.process = subprocess.Popen(
            [*command, "--bind", f"fd://{number}", *words, "systemschange.wsgi"],
            env=self.environment,
            pass_fds=[number],
            stdout=output,
            stderr=output,
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )
        output.close()

    def get(self, path, **headers):
        request = urllib.request.Request(self.url + path, headers={"Host": "localhost", **headers})  # noqa: S310
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read().decode()

    def is_up(self):
        return "Booting worker" in self.log.read_text()

    def close(self):
        processes.stop(self.process)
        self.socket.close()


@pytest.fixture
def web(environment, tmp_path):
    made = Web(environment, tmp_path / "web.log")
    yield made
    made.close()


def in_background(function):
    got = []
    thread = threading.Thread(target=lambda: got.append(function()))
    thread.start()
    return thread, got


@pytest.mark.long
@pytest.mark.fault
def test_a_web_server_that_is_told_to_end_answers_what_it_began(web):
    web.environment["ROOT_URLCONF_FOR_A_TEST"] = "systemschange.tests.slow"
    web.start()
    assert web.get("/healthz") == (200, "ok")
    thread, got = in_background(lambda: web.get("/slow/"))
    time.sleep(1)
    web.process.send_signal(signal.SIGTERM)
    thread.join(30)
    assert got == [(200, "the end")]
    assert web.process.wait(30) == 0


@pytest.mark.long
@pytest.mark.fault
def test_a_restart_under_requests_refuses_nobody(web):
    """Ten requests a second while the web server is stopped and started: the socket waits, as systemd holds it."""
    web.start()
    assert web.get("/healthz") == (200, "ok")
    statuses, threads = [], []

    def ask():
        for _ in range(20):
            statuses.append(web.get("/stories/")[0])
            time.sleep(0.1)

    for _ in range(2):
        threads.append(threading.Thread(target=ask))
        threads[-1].start()
    time.sleep(0.5)
    web.process.send_signal(signal.SIGTERM)
    assert web.process.wait(40) == 0
    web.start()
    for thread in threads:
        thread.join(90)
    assert statuses == [200] * 40


@pytest.mark.long
def test_counts_of_all_web_processes_add_up(web, tmp_path):
    token = "a token of thirty random signs"
    web.environment |= {"METRICS_TOKEN": token, "METRICS_FOLDER": str(tmp_path / "metrics")}
    web.start()
    for _ in range(30):
        web.get("/robots.txt")
    told = web.get("/metrics", Authorization=f"Bearer {token}")[1]
    assert 'http_requests_total{method="GET",route="robots",status="200"} 30.0' in told
    booted = len(re.findall("Booting worker", web.log.read_text()))
    assert len({path.stem.rpartition("_")[2] for path in (tmp_path / "metrics").glob("counter_*.db")}) <= booted


@pytest.mark.long
@pytest.mark.fault
def test_a_worker_that_is_told_to_end_ends_its_task_first(environment, tmp_path):
    from systemschange.tests.slow import write

    log, began, ended = tmp_path / "worker.log", tmp_path / "began", tmp_path / "ended"
    words = ["-A", "systemschange", "worker", "--queues", "celery,letters", "--concurrency", "1", "-l", "INFO"]
    with log.open("wb") as output:
        worker = processes.start(
            [sys.executable, "-W", "ignore", "-m", "celery", *words, "-I", "systemschange.tests.slow"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=settings.BASE_DIR,
        )
    try:
        wait_for(lambda: " ready." in log.read_text())
        write.delay(str(began), str(ended))
        write.delay(str(tmp_path / "second"), str(tmp_path / "second-ended"))
        wait_for(began.exists)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    finally:
        processes.stop(worker)
    assert ended.exists()
    # What it had not begun waits for the next worker.
    assert not (tmp_path / "second").exists()
