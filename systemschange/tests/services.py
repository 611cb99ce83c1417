"""PostgreSQL and Valkey for one test run: private, on unix sockets, thrown away at the end.

They start while the test settings are imported (a conftest is too late: pytest-django reads the settings first). What
they listen on goes into the environment, so that xdist's workers and child processes use the same servers. Migrating
takes long, so the migrated cluster is kept in `.cache/test-cluster/` for as long as nothing it is made of changes.
"""

import atexit
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from systemschange.embedded import places, processes, schema
from systemschange.embedded.postgres import CARELESS, Postgres, own
from systemschange.embedded.valkey import Valkey

KEPT = schema.BASE_DIR / ".cache" / "test-cluster"
TEMPLATE = "template_systemschange"


def start() -> None:
    """Start both servers, whatever the environment names: tests never touch a database that is somebody's."""
    if "TEST_SERVICES" in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="sc-test-", dir=short_temp()))
    places.make_private(folder)
    os.environ["TEST_SERVICES"] = str(folder)
    children = []
    atexit.register(finish, os.getpid(), folder, children)
    valkey = Valkey(folder, "--databases", "64")
    children.append((launch(valkey, folder), valkey.stop_signal))
    os.environ["REDIS_URL"] = places.redis_url(folder)
    start_postgres(folder, children)


def start_postgres(folder: Path, children: list) -> None:
    os.environ["DATABASE_URL"] = places.database_url(folder, TEMPLATE)
    postgres = Postgres(folder / "data", folder, *CARELESS, "-c", "max_connections=60")
    kept = KEPT / schema.fingerprint()
    os.environ["TEST_CLUSTER"] = str(kept)
    if kept.exists():
        copy_kept(postgres.data)
        postgres.prepare()
        children.append((launch(postgres, folder), postgres.stop_signal))
        return
    postgres.prepare()
    first = launch(postgres, folder)
    children.append((first, postgres.stop_signal))
    postgres.make_database(TEMPLATE)
    manage("migrate", "--skip-checks", "--verbosity", "0")
    processes.stop(first, postgres.stop_signal)
    keep(postgres.data, kept)
    children[-1] = (launch(postgres, folder), postgres.stop_signal)


def copy_kept(target: Path) -> None:
    """A copy of the migrated cluster as it was kept."""
    kept = Path(os.environ["TEST_CLUSTER"])
    os.utime(kept)
    shutil.copytree(kept, target, symlinks=True)
    own(target)


def launch(server, folder: Path) -> subprocess.Popen:
    """Start a server and wait until it answers; what it says goes into a file that a failure quotes."""
    log = folder / f"{type(server).__name__.lower()}.log"
    with log.open("ab") as output:
        child = processes.start(
            server.command(), stop_signal=server.stop_signal, stdout=output, stderr=output, cwd="/", **server.account()
        )
    deadline = time.monotonic() + 20
    while not server.answers():
        if child.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{type(server).__name__} did not start: {log.read_text()[-2000:]}")
        time.sleep(0.02)
    return child


def manage(*words: str) -> None:
    command = [sys.executable, schema.BASE_DIR / "manage.py", *words]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "systemschange.tests.settings"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")


def keep(data: Path, kept: Path) -> None:
    """Keep a copy of a stopped cluster. Two runs may do so together: the second finds the first's and lets it be."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=kept.parent))
    shutil.copytree(data, draft, symlinks=True, dirs_exist_ok=True)
    with contextlib.suppress(OSError):
        draft.rename(kept)
    shutil.rmtree(draft, ignore_errors=True)
    by_age = sorted((found for found in kept.parent.iterdir()), key=lambda found: found.stat().st_mtime)
    for old in by_age[:-3]:
        shutil.rmtree(old, ignore_errors=True)


def finish(starter: int, folder: Path, children: list) -> None:
    """Stop the servers, in the process that started them only: forks inherit this too."""
    if os.getpid() != starter:
        return
    for child, stop_signal in reversed(children):
        processes.stop(child, stop_signal)
    shutil.rmtree(folder, ignore_errors=True)


def short_temp() -> str:
    """A temp folder whose path leaves room for a socket's name."""
    usual = tempfile.gettempdir()
    return usual if len(usual) <= 50 else str(places.SHORT_TEMP)


def clone(name: str) -> None:
    """Make the database afresh from the migrated template, ending whoever is still connected to it."""
    folder = Path(os.environ["TEST_SERVICES"])
    postgres = Postgres(folder / "data", folder)
    with contextlib.closing(postgres.connect()) as connection, connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}" STRATEGY file_copy')
