"""A set started as a person would start it, for the tests that see what becomes of it."""

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path

from systemschange.embedded import places, processes, schema

# What this process was told about its own servers is not for theirs.
CLEARED = {
    *("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "MEDIA_ROOT", "STATIC_ROOT"),
    *("DEFAULT_FROM_EMAIL", "DEMO", "DEMO_PASSWORD", "DEMO_TOTP", "DJANGO_SETTINGS_MODULE", "MAKELEVEL", "MAKEFLAGS"),
    *("PYTEST_XDIST_WORKER", "TEST_SERVICES"),
}
READY = "ready http://localhost:{port}\n"


class Failure(Exception):
    """What was expected and did not happen."""


def expect(fact, sentence: str) -> None:
    if not fact:
        raise Failure(sentence)


def free_port() -> int:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        return server.getsockname()[1]


def copy_checkout(target: Path, *, venv: Path | None) -> Path:
    """The files of this checkout as they are now, without what git ignores; its environment linked."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=schema.BASE_DIR, capture_output=True, check=True).stdout
    for name in filter(None, os.fsdecode(listed).split("\0")):
        source = schema.BASE_DIR / name
        if source.is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)
    if venv:
        (target / ".venv").symlink_to(venv)
    return target


class Running:
    """One `make run` (or the Python beneath it) and what it has printed."""

    def __init__(self, checkout: Path, state: Path, *, port=None, make=False, user=None, **environment):
        self.state, self.port = Path(state), port or free_port()
        self.sockets = places.sockets(self.state)
        self.log = Path(f"{self.state}.{time.monotonic_ns()}.log")
        words = ["make", "run"] if make else [checkout / ".venv" / "bin" / "python", "-m", "systemschange.embedded"]
        given = {name: value for name, value in os.environ.items() if name not in CLEARED}
        given |= {"STATE": str(self.state), "PORT": str(self.port), "EMBEDDED": "1", **environment}
        if user:
            account = pwd.getpwnam(user)
            options = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            self.sockets = self.sockets.with_name(self.sockets.name.replace("-0-", f"-{account.pw_uid}-"))
        else:
            options = {}
        self.started = time.monotonic()
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [str(word) for word in words],
                cwd=checkout,
                env=given,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **options,
            )

    @property
    def text(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_until_ready(self, patience=120) -> float:
        """Seconds until both lines stood there."""
        while READY.format(port=self.port) not in self.text:
            expect(self.process.poll() is None, f"it ended with {self.process.returncode}: {self.text[-3000:]}")
            expect(time.monotonic() - self.started < patience, f"not ready in {patience} s: {self.text[-3000:]}")
            time.sleep(0.05)
        return time.monotonic() - self.started

    def groups(self) -> dict[str, int]:
        """The process groups of its parts, by name."""
        found = json.loads((self.sockets / "running.json").read_text())
        return {child["name"]: child["pid"] for child in found["children"]}

    def supervisor(self) -> int:
        return json.loads((self.sockets / "running.json").read_text())["supervisor"]

    def get(self, path: str, host="127.0.0.1") -> tuple[int, str]:
        connection = HTTPConnection(host, self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode() if answer.status == 200 else ""

    def ended(self, patience=30) -> int:
        """Its exit status, once it has ended by itself."""
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired as error:
            raise Failure(f"still running after {patience} s: {self.text[-2000:]}") from error

    def close(self) -> None:
        """Whatever became of it: leave nothing running."""
        if self.process.poll() is None:
            with contextlib.suppress(OSError, ValueError, KeyError):
                os.kill(self.supervisor(), signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
        processes.send(self.process.pid, signal.SIGKILL)
        processes.Record(self.sockets / "running.json").end_leftovers()
        self.process.wait()
