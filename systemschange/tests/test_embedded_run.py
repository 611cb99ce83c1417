"""`make run` as a whole, on a state that is prepared already. The rarer cases are in `run_cases.py`."""

import os
import signal
from pathlib import Path

import pytest

from systemschange.embedded import DATABASE, places, processes, schema
from systemschange.embedded.postgres import CARELESS, Postgres
from systemschange.tests import services
from systemschange.tests.running import Running, free_port

pytestmark = pytest.mark.fault


@pytest.fixture(scope="session")
def state():
    """What `make run` leaves behind, made from the tests' own migrated cluster."""
    ours = Path(os.environ["TEST_SERVICES"]) / f"run-{os.getpid()}"
    folder, sockets = ours / "state", ours / "s"
    for made in (ours, folder, sockets):
        places.make_private(made)
    services.copy_kept(folder / "postgres")
    postgres = Postgres(folder / "postgres", sockets, *CARELESS)
    postgres.prepare()
    child = services.launch(postgres, sockets)
    with postgres.connect() as connection, connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{services.TEMPLATE}" RENAME TO "{DATABASE}"')
    connection.close()
    processes.stop(child, postgres.stop_signal)
    (folder / "prepared").write_text(f"{schema.fingerprint()} demo=True")
    return folder


@pytest.fixture
def start(state):
    """Starts a set on the state, and ends it when the test is over."""
    begun = []

    def begin(**options):
        running = Running(schema.BASE_DIR, state, **options)
        begun.append(running)
        return running

    yield begin
    for running in begun:
        running.close()


@pytest.mark.long
def test_a_set_starts_answers_refuses_a_second_and_stops_when_asked(start):
    first = start()
    first.wait_until_ready()
    told = [line for line in first.text.splitlines() if line.startswith(("demo", "ready"))]
    assert [line.split()[0] for line in told] == ["demo", "demo", "ready", "ready"]
    assert (first.get("/healthz"), first.get("/healthz", "localhost")) == ((200, "ok"), (200, "ok"))
    assert first.get("/mail/")[0] == 200
    second = start(port=free_port())
    assert (second.ended(), second.text) == (1, f"already running at http://127.0.0.1:{first.port}\n")
    groups = first.groups()
    assert sorted(groups) == ["beat", "postgres", "valkey", "web", "worker"]
    first.process.send_signal(signal.SIGTERM)
    assert first.ended() == 0
    assert [name for name, group in groups.items() if processes.members(group)] == []
    assert not first.sockets.exists()


@pytest.mark.long
def test_a_part_that_dies_stops_the_set_and_a_killed_set_is_cleared_away(start):
    first = start()
    first.wait_until_ready()
    groups = first.groups()
    for group in groups.values():
        processes.send(group, signal.SIGSTOP)
    first.process.kill()
    second = start(port=first.port)
    second.wait_until_ready()
    assert "postgres was left over from a start that was killed: ended." in second.text
    os.kill(second.groups()["beat"], signal.SIGKILL)
    assert second.ended() == 1
    assert "beat ended by itself (exit status -9): stopping everything." in second.text


@pytest.mark.long
def test_a_set_on_given_servers_starts_none_of_its_own(start, transactional_db):
    from django.db import connection

    database = f"postgres://systemschange@/{os.environ['TEST_SERVICES']}/postgres/{connection.settings_dict['NAME']}"
    running = start(DATABASE_URL=database, REDIS_URL=os.environ["REDIS_URL"], EMAIL_URL="smtp://127.0.0.1:1")
    running.wait_until_ready()
    assert sorted(running.groups()) == ["beat", "setup", "web", "worker"]
    assert "demo password" not in running.text
    running.process.send_signal(signal.SIGINT)
    assert running.ended() == 0


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "no"}, "PORT must be a number from 1 to 65535, not 'no'."),
        ({"SIGNUP_MODE": "anybody"}, "The site cannot start: SIGNUP_MODE must be approval, open or invitation."),
        (
            {"DATABASE_URL": "postgres://a@127.0.0.1:1/b"},
            "The database could not be prepared: the lines above say why.",
        ),
    ],
)
def test_what_hinders_a_start_is_a_sentence_and_exit_status_1(start, environment, sentence):
    running = start(**environment)
    assert running.ended(60) == 1
    assert sentence in running.text.splitlines()
