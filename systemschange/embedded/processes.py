"""Children that never outlive their parent, and the record by which a later start ends those that did."""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1


def start(command, *, stop_signal=signal.SIGTERM, **options) -> subprocess.Popen:
    """Start a child in its own session, so that Ctrl-C reaches only its parent, which stops it in good order."""

    def die_with_parent():
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, stop_signal)

    return subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,
        **options,
    )


def stop(child: subprocess.Popen, stop_signal=signal.SIGTERM, patience: float = 8) -> None:
    """Ask a child to stop, and after `patience` seconds end its whole group."""
    if child.poll() is None:
        child.send_signal(stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    end_group(child.pid, signal.SIGKILL)
    child.wait()


def end_group(group: int, number: int) -> bool:
    """Send a signal to a process group; False if nobody is left in it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def started_at(pid: int) -> str:
    """When a process started, in the system's own words: tells a process from a later one with the same number."""
    answer = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.strip()
