"""Children that do not outlive their parent, and the record by which a later start ends those that did all the same."""

import atexit
import contextlib
import ctypes
import itertools
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

PR_SET_PDEATHSIG = 1
LINUX = sys.platform == "linux"


def die_with_parent(number=signal.SIGTERM) -> None:
    """Ask the kernel to send this process a signal when its parent dies, even by kill -9 (Linux only)."""
    if LINUX:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def start(command, *, stop_signal=signal.SIGTERM, **options) -> subprocess.Popen:
    """Start a child in a session of its own: Ctrl-C reaches only its parent, which stops all in good order."""
    return subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: die_with_parent(stop_signal),
        **options,
    )


class Forked:
    """A child that runs a function of ours; as much of Popen's face as the supervisor looks at."""

    def __init__(self, function, *, keep=()):
        reading, writing = os.pipe()
        self.returncode = None
        self.pid = os.fork()
        if self.pid == 0:
            self._be_the_child(function, writing, keep)
        os.close(writing)
        self.stdout = os.fdopen(reading, "rb", 0)

    def _be_the_child(self, function, output: int, keep) -> None:
        status = 1
        try:
            os.setsid()
            die_with_parent()
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(output, 1)
            os.dup2(output, 2)
            close_all_but(keep)
            sys.stdout.reconfigure(line_buffering=True)
            function()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            traceback.print_exc()
        finally:
            atexit._run_exitfuncs()  # what libraries want done at the end, such as removing their temp folders
            os._exit(status)

    def poll(self):
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def close_all_but(keep) -> None:
    """Close what a fork inherits: above all the lock, which must not outlive the supervisor."""
    edges = [2, *sorted(keep), 1024]
    for low, high in itertools.pairwise(edges):
        os.closerange(low + 1, high)


def stop(child: subprocess.Popen, stop_signal=signal.SIGTERM, patience: float = 8) -> None:
    """Ask a child to stop, and after `patience` seconds end its whole group."""
    if child.poll() is None:
        child.send_signal(stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    send(child.pid, signal.SIGKILL)
    child.wait()
    # Its own children are not ours to wait for, and may die a moment later than it does.
    wait_until_gone([child.pid])


def send(group: int, number: int) -> None:
    """Send a signal to a process group, if there is anybody in it who is ours."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def wait_until_gone(groups: list[int], patience: float = 6) -> None:
    """Until nobody lives in any of these groups, or for `patience` seconds."""
    deadline = time.monotonic() + patience
    while any(members(group) for group in groups) and time.monotonic() < deadline:
        time.sleep(0.02)


def members(group: int) -> list[int]:
    """The live processes of a group. What is dead but not yet buried by its parent does not count."""
    columns = ["/bin/ps", "-A", "-o", "pid=,pgid=,state="]
    rows = (
        linux_processes()
        if LINUX
        else [line.split() for line in subprocess.check_output(columns, text=True).splitlines()]
    )
    return [int(pid) for pid, pgid, state in rows if int(pgid) == group and state[0] not in "ZX"]


def linux_processes():
    """(pid, group, state) of every process, from /proc: a bare machine may have no `ps`."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, _, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            yield folder.name, group, state


def working_in(folder: Path, program: str) -> list[int]:
    """The live processes of this program whose working folder this is (Linux only: elsewhere nobody)."""
    found = []
    for place in Path("/proc").glob("[0-9]*") if LINUX else []:
        with contextlib.suppress(OSError):
            if os.readlink(place / "cwd") == str(folder) and Path(os.readlink(place / "exe")).name == program:
                found.append(int(place.name))
    return found


def born(pid: int) -> str:
    """When a process started: it tells a process from a later one with the same number. Empty if there is none."""
    if LINUX:
        with contextlib.suppress(OSError):
            boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
            return boot + " " + Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
        return ""
    found = subprocess.run(["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip()


class Record:
    """Which processes a supervisor started, on disk beside their sockets, for the next one to read."""

    def __init__(self, path: Path):
        self.path = path
        self.entries = []

    def add(self, name: str, pid: int, stop_signal: int) -> None:
        self.entries.append({"name": name, "pid": pid, "born": born(pid), "signal": int(stop_signal)})
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps({"supervisor": os.getpid(), "children": self.entries}))
        draft.replace(self.path)

    def is_mine(self) -> bool:
        with contextlib.suppress(OSError, ValueError):
            return json.loads(self.path.read_text())["supervisor"] == os.getpid()
        return False

    def end_leftovers(self, patience: float = 6) -> list[str]:
        """End what an earlier supervisor left running; the names of what was still there."""
        try:
            found = json.loads(self.path.read_text())["children"]
        except (OSError, ValueError):
            return []
        left = [entry for entry in found if members(entry["pid"]) and born(entry["pid"]) in ("", entry["born"])]
        # The last started goes first: PostgreSQL, the first, is there until nobody needs it.
        for entry in reversed(left):
            send(entry["pid"], entry["signal"])
        groups = [entry["pid"] for entry in left]
        wait_until_gone(groups, patience)
        for group in groups:
            send(group, signal.SIGKILL)
        wait_until_gone(groups, patience)
        self.path.unlink(missing_ok=True)
        return [entry["name"] for entry in left]
