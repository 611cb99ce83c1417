"""Starts the whole set in the foreground, prints one log, and stops all of it when one part or the person says so."""

import contextlib
import http.client
import os
import secrets
import shutil
import signal
import subprocess
import time
import traceback
from base64 import b32encode
from pathlib import Path

from systemschange import embedded
from systemschange.embedded import places, processes, schema, site
from systemschange.embedded.instance import CannotStart, Lock, listen, make_state, read_port
from systemschange.embedded.log import Log, say
from systemschange.embedded.postgres import Postgres
from systemschange.embedded.valkey import Valkey

READY_WORDS = {"web": "Booting worker", "worker": " ready.", "beat": "beat: Starting"}


class Stop(Exception):
    """The person, the system or a child ended the set."""


class Supervisor:
    """One set: the servers that the environment does not name, and the web, worker and beat that use them."""

    def __init__(self, state: Path, port: int):
        self.state, self.port = state, port
        self.lock = Lock(state, f"http://127.0.0.1:{port}")
        self.sockets = places.make_private(places.sockets(state))
        self.record = processes.Record(self.sockets / "running.json")
        self.log = Log()
        self.children = {}
        self.asked_to_stop = 0
        self.loading = False
        self.own_database = "DATABASE_URL" not in os.environ
        self.own_valkey = "REDIS_URL" not in os.environ
        self.demo = os.environ.get("DEMO", "1" if self.own_database else "0") == "1"

    # --- The life of a set --------------------------------------------------------------------------------------------

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup is to be obeyed
                signal.signal(number, self.hear)
        try:
            self.start()
            while True:
                self.watch(0.5)
        except (Stop, CannotStart) as reason:
            if not self.asked_to_stop:
                say(str(reason))
            return 0 if self.asked_to_stop else 1
        finally:
            self.stop()

    def hear(self, number, frame) -> None:
        self.asked_to_stop += 1
        if self.loading:
            raise Stop

    def start(self) -> None:
        for name in self.record.end_leftovers():
            say(f"{name} was left over from a start that was killed: ended.")
        listening = listen(self.port)
        self.set_environment()
        servers = self.start_servers()
        self.load_site()
        self.wait_for_servers(servers)
        self.prepare()
        descriptors = [found.fileno() for found in listening]
        self.fork("web", lambda: site.web(descriptors), keep=descriptors)
        for found in listening:
            found.close()
        self.fork("worker", site.worker)
        self.fork("beat", lambda: site.beat(self.state / "beat-schedule"))
        for name, words in READY_WORDS.items():
            self.wait_for(lambda name=name, words=words: words in self.log.said[name], 60, name)
        self.announce()

    def set_environment(self) -> None:
        """What the settings and the children read: what is given stays, the rest comes from the state folder."""
        given = {"EMBEDDED": "1", "STATE": str(self.state), "PORT": str(self.port)}
        os.environ.update(given, DJANGO_SETTINGS_MODULE="systemschange.settings")
        defaults = embedded.defaults(self.state, self.port)
        if self.demo:
            totp = b32encode(secrets.token_bytes(20)).decode()
            defaults["DEMO_PASSWORD"] = places.kept_secret(self.state / "demo_password", secrets.token_urlsafe(9))
            defaults["DEMO_TOTP"] = places.kept_secret(self.state / "demo_totp", totp)
        for name, value in defaults.items():
            os.environ.setdefault(name, value)

    def load_site(self) -> None:
        """Import the site; the one moment in which a signal ends the set from within its handler."""
        self.loading = True
        try:
            site.load()
        except Stop:
            raise
        except Exception as error:
            if type(error).__name__ != "ImproperlyConfigured":
                traceback.print_exc()
            raise Stop(f"The site cannot start: {error}") from error
        finally:
            self.loading = False

    def start_servers(self) -> dict:
        servers = {}
        if self.own_database:
            servers["postgres"] = Postgres(
                self.state / "postgres", self.sockets, "-c", "log_checkpoints=off", "-c", "log_line_prefix="
            )
            servers["postgres"].prepare()
        if self.own_valkey:
            servers["valkey"] = Valkey(self.sockets)
        for name, server in servers.items():
            self.launch(name, server)
        return servers

    def wait_for_servers(self, servers: dict) -> None:
        for name, server in servers.items():
            self.wait_for(server.answers, 30, name)
        if self.own_database:
            servers["postgres"].make_database(embedded.DATABASE)

    def prepare(self) -> None:
        """Migrate and load the demo community: in one process, and not at all if it was done with the same files."""
        stamp = self.state / "prepared"
        done = f"{schema.fingerprint()} demo={self.demo}"
        if self.own_database and stamp.exists() and stamp.read_text() == done:
            return
        setup = self.fork("setup", lambda: site.prepare(self.demo, self.own_database))
        self.wait_for(lambda: setup.poll() is not None, 300, "setup", may_end="setup")
        self.log.pump(0.2)
        del self.children["setup"]
        if setup.returncode:
            raise Stop("The database could not be prepared: the lines above say why.")
        if self.own_database:
            stamp.write_text(done)

    def announce(self) -> None:
        self.wait_for(self.web_answers, 30, "web")
        if self.demo:
            say(f"demo password {os.environ['DEMO_PASSWORD']}")
            say(f"demo totp {os.environ['DEMO_TOTP']}")
        say(f"ready http://127.0.0.1:{self.port}")
        say(f"ready http://localhost:{self.port}")

    def stop(self) -> None:
        """Beat first, the servers last; a second Ctrl-C ends what is left at once."""
        signals = {name: (child, number) for name, (child, number) in self.children.items() if child.poll() is None}
        servers = {name: signals.pop(name) for name in ("valkey", "postgres") if name in signals}
        for group in (signals, servers):
            for child, number in group.values():
                child.send_signal(number)
            self.drain([child for child, _ in group.values()], 12)
        for child, _ in self.children.values():
            processes.send(child.pid, signal.SIGKILL)
        if self.record.is_mine():
            shutil.rmtree(self.sockets, ignore_errors=True)
        if self.children:
            say("stopped")

    def drain(self, children: list, patience: float) -> None:
        heard, deadline = self.asked_to_stop, time.monotonic() + patience
        while any(child.poll() is None for child in children) and time.monotonic() < deadline:
            self.log.pump(0.05)
            if self.asked_to_stop > max(heard, 1):
                return
        self.log.pump()

    # --- Parts --------------------------------------------------------------------------------------------------------

    def launch(self, name: str, server) -> None:
        output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        options = {"stop_signal": server.stop_signal, "cwd": "/", **server.account()}
        self.keep(name, processes.start(server.command(), **output, **options), server.stop_signal)

    def fork(self, name: str, function, keep=()) -> processes.Forked:
        child = processes.Forked(function, keep=keep)
        self.keep(name, child, signal.SIGTERM)
        return child

    def keep(self, name: str, child, stop_signal: int) -> None:
        self.children[name] = (child, stop_signal)
        self.record.add(name, child.pid, stop_signal)
        self.log.follow(name, child.stdout)

    def watch(self, patience: float, may_end: str = "") -> None:
        """Print what is said; end the set if asked to, if a part of it died or its folder is gone."""
        self.log.pump(patience)
        if self.asked_to_stop:
            raise Stop
        for name, (child, _) in self.children.items():
            if child.poll() is not None and name != may_end:
                self.log.pump(0.2)
                raise Stop(f"{name} ended by itself (exit status {child.returncode}): stopping everything.")
        if not self.lock.still_there():
            raise Stop(f"The state folder {self.state} was removed: stopping everything.")

    def wait_for(self, condition, patience: float, name: str, may_end: str = "") -> None:
        deadline = time.monotonic() + patience
        while not condition():
            self.watch(0.05, may_end)
            if time.monotonic() > deadline:
                raise Stop(f"{name} did not get ready within {patience:.0f} seconds: stopping everything.")

    def web_answers(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
            connection.request("GET", "/healthz", headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status == 200
        return False


def main() -> int:
    """What `make run` runs. The exit status is 0 when asked to stop, 1 when something stopped or hindered the set."""
    if "MAKELEVEL" in os.environ:
        processes.die_with_parent(signal.SIGTERM)
    try:
        state = make_state(Path(os.environ.get("STATE") or ".local").resolve())
        supervisor = Supervisor(state, read_port(os.environ.get("PORT") or "8000"))
        return supervisor.run()
    except CannotStart as reason:
        say(str(reason))
        return 1
