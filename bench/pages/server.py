"""A gunicorn of two workers, as `deploy/` starts it, and the CPU that it and its database have used."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# No worker is replaced while it is measured.
WORKERS = ["--config", "deploy/gunicorn.conf.py", "--workers", "2", "--keep-alive", "30", "--max-requests", "0"]


def children(pid):
    with contextlib.suppress(OSError):
        return [int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def used(pid):
    """Seconds of CPU of all threads of a process, to the nanosecond."""
    total = 0
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):
            total += int((thread / "schedstat").read_text().split()[0])
    return total / 1e9


def largest(parent):
    """(MB, MB with what it shares counted by its share) of the largest child."""
    found = [(0, 0)]
    for pid in children(parent):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
            sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 / 1e6 for line in lines}
            found.append((sizes["Rss"], sizes["Pss"]))
    return max(found)


class Server:
    def __init__(self, settings, **environment):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.postgres = int((Path(os.environ["TEST_SERVICES"]) / "data" / "postmaster.pid").read_text().split()[0])
        self.seen = {}
        given = {**os.environ, "DJANGO_SETTINGS_MODULE": settings, **environment}
        command = [sys.executable, "-m", "gunicorn", *WORKERS, "--log-level", "warning", "bench.pages.wsgi"]
        self.process = subprocess.Popen([*command, "--bind", f"127.0.0.1:{self.port}"], cwd=ROOT, env=given)

    def wait(self, path):
        for _ in range(600):
            with contextlib.suppress(OSError, http.client.HTTPException):
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                line.request("GET", path)
                if line.getresponse().status < 500:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        sys.exit("the server did not start")

    def cpu(self):
        """(seconds of the web workers, seconds of PostgreSQL's processes)."""
        return self.sum(self.process.pid), self.sum(self.postgres)

    def sum(self, parent):
        """Of all its children, those that have ended since included."""
        seen = self.seen.setdefault(parent, {})
        for pid in children(parent):
            seen[pid] = max(used(pid), seen.get(pid, 0))
        return sum(seen.values())

    def memory(self):
        return largest(self.process.pid)

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
