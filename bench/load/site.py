"""The site as it runs in production, each part a process that can be killed: web, worker, beat, Valkey, PostgreSQL."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.pages.server import children, largest
from systemschange.embedded import places
from systemschange.embedded.valkey import Valkey
from systemschange.tests import services
from systemschange.tests.running import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
# No worker is replaced for its age: what grows shall be seen.
WEB = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "2", "--max-requests", "0"]
WEB += ["--log-level", "warning"]
CELERY = ["celery", "-A", "systemschange"]
QUEUES = "celery,mail,letters,long"
PATIENCE = 60


class Site:
    """Its web server answers at `port`; what its parts say is in `folder`."""

    def __init__(self, mail_port):
        self.folder = Path(tempfile.mkdtemp(prefix="sc-load-", dir=services.short_temp()))
        places.make_private(self.folder)
        self.port, self.processes, self.passed = free_port(), {}, []
        self.valkey = Valkey(self.folder, "--databases", "64")
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bench.pages.settings",
            "REDIS_URL": places.redis_url(self.folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "LOG_FORMAT": "plain",
        }
        self.postgres = int((Path(os.environ["TEST_SERVICES"]) / "data" / "postmaster.pid").read_text().split()[0])
        self.commands = {
            "web": ["-m", *WEB, "--bind", f"127.0.0.1:{self.port}", "systemschange.wsgi"],
            "worker": [
                "-m",
                *CELERY,
                "worker",
                "--concurrency",
                "2",
                "-l",
                "WARNING",
                "-Q",
                "celery,mail,letters,long",
            ],
            "beat": ["-m", *CELERY, "beat", "-l", "WARNING", "--pidfile", "", "-s", str(self.folder / "schedule")],
        }

    def __enter__(self):
        self.start("valkey")
        for name in self.commands:
            self.start(name)
        self.wait()
        return self

    def __exit__(self, *_):
        for name in ("beat", "worker", "web", "valkey"):
            self.processes[name].terminate()
        for process in self.processes.values():
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()

    def start(self, name):
        if name == "valkey":
            self.processes[name] = services.launch(self.valkey, self.folder)
            return
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, *self.commands[name]],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=self.passed,
            )

    def wait(self):
        """Until a page that asks the database is answered."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                line.request("GET", "/stories/", headers={"Host": "testserver"})
                if line.getresponse().status == 200:
                    return
            time.sleep(0.1)
        sys.exit(f"the site does not answer; what it said is in {self.folder}")

    # --- Its parts die ------------------------------------------------------------------------------------------------

    def kill(self, name):
        """Without a warning, with all that it started, as systemd ends a unit; answers whether it really died."""
        process = self.processes[name]
        os.killpg(process.pid, signal.SIGKILL)
        died = process.wait(PATIENCE) == -signal.SIGKILL
        self.start(name)
        return died

    def kill_a_web_worker(self):
        """Gunicorn starts another one by itself."""
        before = children(self.processes["web"].pid)
        os.kill(before[0], signal.SIGKILL)
        return eventually(lambda: before[0] not in children(self.processes["web"].pid))

    def crash_the_database(self):
        """A server process of PostgreSQL is killed: all of them end, and it recovers."""
        before = children(self.postgres)
        os.kill(before[-1], signal.SIGKILL)
        return eventually(lambda: not set(before) & set(children(self.postgres)))

    def memory(self):
        """MB of the web's workers and of Celery's, what they share with their parents included."""
        found = [pid for name in ("web", "worker") for pid in children(self.processes[name].pid)]
        pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in found]
        return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def web_worker(self):
        return largest(self.processes["web"].pid)


def eventually(fact):
    deadline = time.monotonic() + PATIENCE
    while not (found := fact()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found
