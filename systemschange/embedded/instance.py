"""One running set for each state folder: its lock, its port, and the sentences that say why it cannot start."""

import contextlib
import errno
import fcntl
import os
import socket
from pathlib import Path


class CannotStart(Exception):
    """Why not, in a sentence for the person who typed the command."""


def read_port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def make_state(folder: Path) -> Path:
    """The folder, private: mails with sign-in codes lie in it. As root others may pass: PostgreSQL runs as nobody."""
    try:
        folder.mkdir(mode=0o711 if os.getuid() == 0 else 0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"The state folder {folder} cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.W_OK):
        raise CannotStart(f"The state folder {folder} belongs to somebody else: name another with STATE=.")
    return folder


class Lock:
    """Held by the one supervisor of a state folder, until it ends in whatever way."""

    def __init__(self, state: Path, address: str):
        self.path = state / "lock"
        self.file = self.path.open("a+")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.file.close()
            raise CannotStart(f"already running at {self.path.read_text().strip()}") from error
        self.file.truncate(0)
        self.file.write(address + "\n")
        self.file.flush()

    def still_there(self) -> bool:
        """False once somebody removed the state folder, or removed it and started another set in it."""
        with contextlib.suppress(FileNotFoundError):
            return os.path.samestat(self.path.stat(), os.fstat(self.file.fileno()))
        return False


def listen(port: int) -> list[socket.socket]:
    """Sockets for 127.0.0.1 and, where there is IPv6, for ::1: `localhost` may mean either."""
    sockets = [listen_on(socket.AF_INET, "127.0.0.1", port)]
    try:
        sockets.append(listen_on(socket.AF_INET6, "::1", port))
    except OSError:
        pass
    except CannotStart:
        sockets[0].close()
        raise
    return sockets


def listen_on(family: int, host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            hint = f"stop it, or choose another port: make run PORT={port + 1 if port < 65535 else 8000}"
            raise CannotStart(f"Port {port} is taken by another program: {hint}") from error
        if error.errno == errno.EACCES:
            raise CannotStart(f"Port {port} needs root: choose one above 1023, such as PORT=8000.") from error
        raise
