"""The parts of `make run`, each by itself and each for real."""

import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import environ
import pytest

from systemschange import embedded, redis_urls
from systemschange.embedded import instance, places, processes, schema
from systemschange.embedded import postgres as postgres_module
from systemschange.embedded.instance import CannotStart, Lock
from systemschange.embedded.log import Log
from systemschange.embedded.postgres import CARELESS, Postgres
from systemschange.tests import services

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]


@pytest.fixture
def short():
    """A folder whose path leaves room for a socket's name, open to the account that PostgreSQL runs as."""
    with tempfile.TemporaryDirectory(prefix="part-", dir=services.short_temp()) as folder:
        yield places.make_private(Path(folder))


@pytest.fixture
def sleeper():
    child = processes.start(SLEEP, stdout=subprocess.PIPE)
    child.stdout.readline()
    yield child
    processes.stop(child)
    child.stdout.close()


# --- What the environment does not say --------------------------------------------------------------------------------


def test_the_defaults_are_the_same_each_time_and_start_nothing(tmp_path):
    first, second = embedded.defaults(tmp_path, 8123), embedded.defaults(tmp_path, 8123)
    assert first == second
    assert first["SITE_URL"] == "http://localhost:8123"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret_key", "static"]
    assert len(first["SECRET_KEY"]) >= 50


def test_a_kept_secret_is_readable_by_its_owner_only_and_the_first_stays(tmp_path):
    assert [places.kept_secret(tmp_path / "secret", word) for word in ("first", "second")] == ["first", "first"]
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_of_two_who_make_a_secret_at_once_the_first_wins_and_no_draft_stays(tmp_path, monkeypatch):
    """Between looking and making, another process made it."""
    path = tmp_path / "secret"
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda self: self != path and exists(self))
    path.write_text("the other's\n")
    assert places.kept_secret(path, "mine") == "the other's"
    assert [found.name for found in tmp_path.iterdir()] == ["secret"]


def test_the_settings_find_the_socket_in_the_database_url():
    found = environ.Env.db_url_config(places.database_url(Path("/Some Where/x"), "name"))
    assert (found["HOST"], found["NAME"], found["USER"]) == ("/Some Where/x/postgres", "name", "systemschange")


@pytest.mark.parametrize("length", [10, 200])
def test_sockets_fit_however_long_the_paths_of_the_state_and_of_the_temp_folder_are(length, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/" + "t" * length)
    folder = places.sockets(Path("/" + "s" * 150))
    assert len(f"{folder}/postgres/.s.PGSQL.5432") <= 103
    assert folder.parent == (Path("/" + "t" * 10) if length == 10 else places.SHORT_TEMP)


def test_each_state_has_sockets_of_its_own():
    assert places.sockets(Path("/a")) != places.sockets(Path("/b"))


def test_a_folder_for_sockets_is_refused_where_others_can_write(tmp_path):
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    with pytest.raises(PermissionError, match="others can write in it"):
        places.make_private(tmp_path / "open")


def test_a_folder_for_sockets_is_refused_when_it_is_a_link(tmp_path):
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(PermissionError):
        places.make_private(tmp_path / "link")


def test_the_fingerprint_is_that_of_the_migrations():
    assert schema.fingerprint() == schema.fingerprint()
    assert len(schema.fingerprint()) == 16


@pytest.mark.parametrize(
    ("url", "broker", "cache"),
    [
        ("unix:///a/b.sock", "redis+socket:///a/b.sock?virtual_host=0", "unix:///a/b.sock?db=1"),
        ("redis://host:6379", "redis://host:6379/0", "redis://host:6379/1"),
        ("rediss://:secret@host:6379/", "rediss://:secret@host:6379/0", "rediss://:secret@host:6379/1"),
    ],
)
def test_one_address_of_valkey_gives_the_queue_and_the_cache_a_database_each(url, broker, cache):
    assert (redis_urls.broker(url), redis_urls.cache(url)) == (broker, cache)


# --- One set for each state, one program for each port ----------------------------------------------------------------


def test_a_lock_is_held_once_and_says_where_its_holder_runs(tmp_path):
    first = Lock(tmp_path, "http://127.0.0.1:8123")
    with pytest.raises(CannotStart, match="^already running at http://127.0.0.1:8123$"):
        Lock(tmp_path, "http://127.0.0.1:8124")
    first.file.close()
    Lock(tmp_path, "http://127.0.0.1:8125").file.close()


def test_a_lock_notices_that_its_folder_was_removed_and_that_it_was_made_again(tmp_path):
    lock = Lock(tmp_path, "http://127.0.0.1:8123")
    assert lock.still_there()
    lock.path.unlink()
    assert not lock.still_there()
    lock.path.touch()
    assert not lock.still_there()
    lock.file.close()


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "80a", "eight"])
def test_a_port_that_is_none_is_named(text):
    with pytest.raises(CannotStart, match="^PORT must be a number from 1 to 65535, not"):
        instance.read_port(text)


def test_a_taken_port_is_named_with_another_one():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(CannotStart, match=f"^Port {port} is taken by another program: .* make run PORT=\\d+$"):
            instance.listen(port)


def test_a_port_taken_on_ipv6_alone_is_taken():
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server, pytest.raises(CannotStart, match="taken"):
        instance.listen(server.getsockname()[1])


def test_both_meanings_of_localhost_are_listened_on():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    sockets = instance.listen(port)
    assert [found.getsockname()[:2] for found in sockets] == [("127.0.0.1", port), ("::1", port)]
    for found in sockets:
        found.close()


def test_without_ipv6_the_other_name_is_enough(monkeypatch):
    create_server = socket.create_server

    def only_ipv4(address, *, family, **options):
        if family == socket.AF_INET6:
            raise OSError(97, "Address family not supported by protocol")
        return create_server(address, family=family, **options)

    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setattr(socket, "create_server", only_ipv4)
    [found] = instance.listen(port)
    found.close()


@pytest.mark.parametrize(("number", "sentence"), [(13, "needs root"), (12, None)])
def test_a_port_that_the_system_refuses_is_explained_where_it_can_be(number, sentence, monkeypatch):
    def refuse(address, **options):
        raise OSError(number, "no")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(CannotStart if sentence else OSError, match=sentence):
        instance.listen(80)


def test_a_state_folder_is_private_and_one_that_cannot_be_made_is_named(tmp_path):
    made = instance.make_state(tmp_path / "a" / "b")
    assert stat.S_IMODE(made.stat().st_mode) & 0o066 == 0
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match=f"^The state folder {tmp_path}/file/state cannot be made: Not a directory.$"):
        instance.make_state(tmp_path / "file" / "state")


def test_a_state_folder_of_somebody_else_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(CannotStart, match="belongs to somebody else: name another with STATE=.$"):
        instance.make_state(tmp_path)


# --- Children ---------------------------------------------------------------------------------------------------------


def test_a_stopped_child_is_gone(sleeper):
    assert processes.members(sleeper.pid) == [sleeper.pid]
    processes.stop(sleeper)
    assert (processes.members(sleeper.pid), sleeper.returncode) == ([], -signal.SIGTERM)


def test_a_child_that_does_not_listen_is_ended_with_all_its_children():
    deaf = (
        "import os, signal, time; signal.signal(15, signal.SIG_IGN); os.fork(); print('up', flush=True); time.sleep(60)"
    )
    child = processes.start([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
    child.stdout.readline()
    child.stdout.readline()
    assert len(processes.members(child.pid)) == 2
    processes.stop(child, patience=0.1)
    child.stdout.close()
    assert processes.members(child.pid) == []


def test_a_record_ends_what_it_names_and_nothing_that_was_born_later(sleeper, tmp_path):
    record = processes.Record(tmp_path / "running.json")
    record.add("other", sleeper.pid, signal.SIGTERM)
    record.entries[0]["born"] = "another process, long ago"
    record.add("none", 2**22 - 1, signal.SIGTERM)
    assert processes.Record(record.path).end_leftovers() == []
    assert processes.members(sleeper.pid) == [sleeper.pid]
    second = processes.Record(record.path)
    second.add("sleeper", sleeper.pid, signal.SIGTERM)
    assert processes.Record(record.path).end_leftovers() == ["sleeper"]
    assert (processes.members(sleeper.pid), record.path.exists()) == ([], False)


def test_a_record_ends_what_does_not_listen(sleeper, tmp_path):
    record = processes.Record(tmp_path / "running.json")
    record.add("sleeper", sleeper.pid, signal.SIGTERM)
    processes.send(sleeper.pid, signal.SIGSTOP)
    assert processes.Record(record.path).end_leftovers(patience=0.1) == ["sleeper"]
    assert processes.members(sleeper.pid) == []


def test_a_record_knows_whose_it_is(tmp_path):
    record = processes.Record(tmp_path / "running.json")
    assert (record.is_mine(), record.end_leftovers()) == (False, [])
    record.add("me", os.getpid(), signal.SIGTERM)
    assert record.is_mine()
    record.path.write_text('{"supervisor": 1}')
    assert not record.is_mine()


def test_nobody_is_born_under_a_number_that_no_process_has():
    assert processes.born(2**22 - 1) == ""
    assert processes.born(os.getpid()) != ""


FORK = """
import os, signal, sys, time
from systemschange.embedded.processes import Forked

def until_ended(child):
    while child.poll() is None:
        time.sleep(0.01)
    sys.stdout.buffer.write(child.stdout.read())
    sys.stdout.write(f"{child.returncode}")

def say(text):
    sys.stdout.write(f"{text}\\n")
"""


def forked(code: str) -> str:
    """What a fresh Python says that forks: a test run has threads and half a browser to lose in a fork."""
    done = subprocess.run([sys.executable, "-c", FORK + code], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("say('done')", "done\n0"),
        ("sys.exit()", "0"),
        ("sys.exit(0)", "0"),
        ("sys.exit(3)", "3"),
        ("sys.exit('a sentence')", "1"),
    ],
)
def test_a_fork_ends_as_its_function_says(function, expected):
    assert forked(f"until_ended(Forked(lambda: {function}))") == expected


def test_a_fork_whose_function_fails_says_why():
    assert forked("until_ended(Forked(lambda: 1 / 0))").endswith("ZeroDivisionError: division by zero\n1")


def test_a_fork_hears_signals_and_has_a_session_of_its_own():
    code = """
signal.signal(signal.SIGTERM, lambda *_: say("the parent's"))
child = Forked(lambda: say(os.getsid(0) == os.getpid()) or time.sleep(60))
say(child.stdout.readline())
child.send_signal(signal.SIGTERM)
until_ended(child)
child.send_signal(signal.SIGTERM)
"""
    assert forked(code) == "b'True\\n'\n-15"


def test_a_fork_keeps_only_the_descriptors_it_is_given():
    code = """
kept, lock = open(os.devnull), open(os.devnull)

def look():
    os.fstat(kept.fileno())
    try:
        os.fstat(lock.fileno())
    except OSError:
        say("closed")

until_ended(Forked(look, keep=[kept.fileno()]))
"""
    assert forked(code) == "closed\n0"


# --- The log ----------------------------------------------------------------------------------------------------------


def test_each_line_stands_under_the_name_of_who_said_it(capsys):
    log = Log()
    log.pump()
    reading, writing = os.pipe()
    log.follow("web", os.fdopen(reading, "rb", 0))
    for part in (b"one\ntw", b"o\nmail to b@example.org: Hello\nend without a line break"):
        os.write(writing, part)
        log.pump(1)
    os.close(writing)
    log.pump(1)
    assert capsys.readouterr().out == (
        "web      | one\nweb      | two\nmail     | mail to b@example.org: Hello\nweb      | end without a line break\n"
    )
    assert log.said["web"] == "one\ntwo\nend without a line break\n"


def test_a_child_that_says_nothing_more_is_let_go(capsys):
    log = Log()
    reading, writing = os.pipe()
    log.follow("web", os.fdopen(reading, "rb", 0))
    os.close(writing)
    log.pump(1)
    log.pump(1)
    assert capsys.readouterr().out == ""


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_cluster_is_made_started_and_asked_and_made_only_once(short):
    postgres = Postgres(short / "data", short, *CARELESS)
    postgres.prepare()
    assert not postgres.answers()
    child = services.launch(postgres, short)
    postgres.make_database("one")
    postgres.make_database("one")
    with postgres.connect("one") as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT datcollate, datlocprovider, current_setting('listen_addresses') FROM pg_database"
            " WHERE datname = 'one'"
        )
        assert cursor.fetchone() == ("C", "b", "")
    connection.close()
    processes.send(child.pid, signal.SIGKILL)
    child.wait()
    again = Postgres(short / "data", short, *CARELESS)
    again.prepare()
    child = services.launch(again, short)
    again.connect("one").close()
    processes.stop(child, again.stop_signal)


def test_a_cluster_left_running_without_a_supervisor_is_ended_before_the_next(short):
    first = Postgres(short / "data", short, *CARELESS)
    first.prepare()
    child = services.launch(first, short)
    processes.send(child.pid, signal.SIGSTOP)
    Postgres(short / "data", short).prepare()
    assert child.wait(5) == -signal.SIGKILL


def test_a_cluster_that_cannot_be_made_says_why(short):
    (short / "data").mkdir()
    (short / "data" / "somebody's file").touch()
    with pytest.raises(OSError, match="not empty"):
        Postgres(short / "data", short).prepare()


def test_a_server_that_does_not_start_is_quoted(short):
    postgres = Postgres(short / "data", short, "-c", "no_such_setting=1")
    postgres.prepare()
    with pytest.raises(RuntimeError, match="no_such_setting"):
        services.launch(postgres, short)


@pytest.mark.long
def test_programs_that_the_account_cannot_reach_are_copied_once_to_where_it_can(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres_module, "SYSTEM_STATE", tmp_path)
    monkeypatch.setattr(postgres_module, "can_run", lambda program: False)
    first, second = postgres_module.binaries(), postgres_module.binaries()
    assert first == second
    assert first.is_relative_to(tmp_path)
    done = subprocess.run([first / "initdb", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("initdb (PostgreSQL) 18.")
    assert stat.S_IMODE((first / "initdb").stat().st_mode) & 0o055 == 0o055


@pytest.mark.parametrize("there_already", [False, True])
def test_data_that_the_account_cannot_reach_move_to_where_it_can(short, monkeypatch, there_already):
    """Root's own folder is closed to `nobody`; an ordinary user is the account and reaches everything."""
    monkeypatch.setattr(postgres_module, "SYSTEM_STATE", short / "system")
    (short / "private").mkdir(mode=0o700)
    data = short / "private" / "postgres"
    if there_already:
        data.mkdir()
        (data / "kept").touch()
    found = postgres_module.reachable_data(data)
    assert found == (data.resolve() if os.getuid() == 0 else data)
    assert found.is_relative_to(short / "system") == (os.getuid() == 0)
    assert (found / "kept").exists() == there_already
    assert postgres_module.reachable_data(data) == found
