"""Walks through what can happen to `make run`: started twice, killed, its port taken, its folder gone, ...

    python -m systemschange.tests.run_cases              in copies of this checkout, with this environment
    python -m systemschange.tests.run_cases --fresh      also from a bare copy: installs everything, runs the tests
    python -m systemschange.tests.run_cases twice port   only the cases whose names hold one of the words

One line a case; the exit status is 1 if one failed. The first, a start from nothing, is always done: the others use
copies of what it leaves.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from systemschange.embedded import processes, schema
from systemschange.embedded.log import say
from systemschange.tests.running import Failure, Running, copy_checkout, expect, free_port

READY = 120  # seconds; how long each start took stands beside its line
PRODUCTION = {
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "stories.example.org",
    "SITE_URL": "https://stories.example.org",
    "DATABASE_URL": "postgres://user:password@127.0.0.1:1/name",
    "REDIS_URL": "redis://127.0.0.1:1",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "letters@example.org",
}


class Cases:
    """Each public method is a case; its docstring is the sentence that is true when it passes."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.checkout = copy_checkout(folder / "checkout", venv=schema.BASE_DIR / ".venv")
        self.prepared = folder / "prepared"
        self.open = contextlib.ExitStack()

    def start(self, state=None, *, checkout=None, wait=READY, **options) -> Running:
        # On a copy of the prepared state; ended when the case is over.
        if state is None:
            state = Path(tempfile.mkdtemp(dir=self.folder, prefix="state-"))
            self.copy_state(state)
        running = Running(checkout or self.checkout, state, **options)
        self.open.callback(running.close)
        if wait:
            self.seconds = running.wait_until_ready(wait)
        return running

    def copy_state(self, target: Path) -> None:
        shutil.copytree(self.prepared, target, symlinks=True, dirs_exist_ok=True)

    def nothing_left(self, running: Running, groups: dict) -> None:
        left = [name for name, group in groups.items() if processes.members(group)]
        expect(not left, f"still running: {left}")
        expect(not running.sockets.exists(), f"{running.sockets} is still there")

    def refused(self, running: Running, sentence: str) -> None:
        expect(running.ended() == 1, f"exit status {running.process.returncode}, not 1")
        expect(sentence in running.text, f"{sentence!r} is not in {running.text!r}")
        expect("Traceback" not in running.text, f"a traceback: {running.text}")

    # --- Starting -----------------------------------------------------------------------------------------------------

    def fresh(self):
        """From an empty state folder it gets ready, answers on both names, and prints what a visitor needs."""
        running = self.start(self.prepared, wait=READY)
        text = running.text
        lines = [line for line in text.splitlines() if line.startswith(("demo ", "ready "))]
        words = [line.split()[:2] for line in lines]
        expected = [["demo", "password"], ["demo", "totp"], ["ready", f"http://127.0.0.1:{running.port}"]]
        expect(words == [*expected, ["ready", f"http://localhost:{running.port}"]], f"it printed {lines}")
        for host in ("127.0.0.1", "localhost"):
            for path in ("/healthz", "/", "/stories/", "/mail/", "/account/login/"):
                status, _ = running.get(path, host)
                expect(status == 200, f"{host}{path} answers {status}")
        self.stop_by(running, signal.SIGTERM)

    def warm(self):
        """With everything there it gets ready at once, with the same demo password."""
        first = self.start()
        kept = (self.prepared / "demo_password").read_text().strip()
        expect(f"demo password {kept}\n" in first.text, "another demo password")

    def long_path(self):
        """It runs from a path of 130 characters."""
        place = Path(str(self.folder / "long").ljust(130, "g"))
        checkout = copy_checkout(place, venv=schema.BASE_DIR / ".venv")
        self.copy_state(checkout / ".local")
        self.start(checkout / ".local", checkout=checkout)

    def ordinary_user(self):
        """It runs as a user without rights."""
        user = "nobody" if os.getuid() == 0 else None
        home = Path(tempfile.mkdtemp(dir=self.folder, prefix="user-"))
        checkout = copy_checkout(home / "checkout", venv=None)
        libraries = borrow_environment(checkout / ".venv", user)
        self.copy_state(checkout / ".local")
        if user:
            subprocess.run(["chown", "-R", user, home], check=True)
        running = self.start(
            checkout / ".local", checkout=checkout, user=user, HOME=str(home), LD_LIBRARY_PATH=str(libraries)
        )
        self.stop_by(running, signal.SIGTERM)

    def only_root_may_pass(self):
        """As root it runs from a folder that PostgreSQL's account cannot reach (elsewhere: from a private one)."""
        private = self.folder / "private"
        private.mkdir(mode=0o700)
        checkout = copy_checkout(private / "checkout", venv=None)
        shutil.copytree(schema.BASE_DIR / ".venv", checkout / ".venv", symlinks=True)
        # A link to data elsewhere is part of a state, so this one begins from nothing.
        running = self.start(checkout / ".local", checkout=checkout, wait=READY)
        data = (checkout / ".local" / "postgres").resolve()
        self.stop_by(running, signal.SIGTERM)
        if os.getuid() == 0:
            expect(data.is_relative_to("/var/lib/systemschange"), f"the data are in {data}")
            shutil.rmtree(data)

    # --- Refusing -----------------------------------------------------------------------------------------------------

    def twice(self):
        """Started twice, the second says where the first runs, and the first runs on."""
        first = self.start()
        second = Running(self.checkout, first.state, port=free_port())
        self.refused(second, f"already running at http://127.0.0.1:{first.port}\n")
        expect(first.get("/healthz")[0] == 200, "the first stopped")

    def port_taken(self):
        """A port that is taken is a clear sentence and exit status 1."""
        first = self.start()
        second = self.start(port=first.port, wait=0)
        self.refused(second, f"Port {first.port} is taken by another program: stop it, or choose another port")
        expect(first.get("/healthz")[0] == 200, "the first stopped")

    def port_is_no_number(self):
        """A PORT that is no port is a clear sentence and exit status 1."""
        running = Running(self.checkout, self.folder / "unused", PORT="eighty")
        self.refused(running, "PORT must be a number from 1 to 65535, not 'eighty'.")

    def production_settings(self):
        """Each production setting that is missing or unsafe is named."""
        unsafe = {
            "SECRET_KEY": "short",
            "ALLOWED_HOSTS": "*",
            "SITE_URL": "http://stories.example.org",
            "EMAIL_URL": "embedded:",
            "DEBUG": "1",
        }
        wrong = [{name: ""} for name in PRODUCTION] + [{name: value} for name, value in unsafe.items()]
        for change in wrong:
            [name] = change
            environment = {**self.without_settings(), **PRODUCTION, **change}
            command = [self.checkout / ".venv" / "bin" / "python", "manage.py", "migrate", "--plan"]
            done = subprocess.run(command, cwd=self.checkout, env=environment, capture_output=True, text=True)
            last = (done.stderr.strip().splitlines() or [""])[-1]
            expect(done.returncode == 1 and name in last, f"{change}: exit {done.returncode}, {last!r}")

    # --- Stopping -----------------------------------------------------------------------------------------------------

    def stop_by(self, running: Running, number: int, whom=None) -> None:
        groups = running.groups()
        os.kill(whom or running.process.pid, number)
        running.ended()
        expect(running.process.returncode == 0, f"exit status {running.process.returncode}: {running.text[-500:]}")
        self.nothing_left(running, groups)

    def ctrl_c(self):
        """Ctrl-C, which reaches make and all that stands in the foreground, stops everything."""
        running = self.start(make=True)
        groups = running.groups()
        os.killpg(running.process.pid, signal.SIGINT)
        running.ended()
        expect("stopped\n" in running.text, f"it said {running.text[-500:]}")
        self.nothing_left(running, groups)

    def sigint(self):
        """SIGINT to the supervisor alone stops everything with exit status 0."""
        self.stop_by(self.start(), signal.SIGINT)

    def sigterm_to_make(self):
        """SIGTERM to make stops everything."""
        running = self.start(make=True)
        groups = running.groups()
        running.process.terminate()
        running.ended()
        self.wait_for_end(groups)
        self.nothing_left(running, groups)

    def kill_9_to_make(self):
        """After kill -9 of make nothing is left running."""
        running = self.start(make=True)
        groups = running.groups()
        running.process.kill()
        self.wait_for_end(groups)

    def kill_9(self):
        """After kill -9 of the supervisor the next start ends what is left and gets ready."""
        first = self.start()
        groups = first.groups()
        first.process.kill()
        first.process.wait()
        second = self.start(first.state, port=first.port)
        left = [name for name, group in groups.items() if processes.members(group)]
        expect(not left, f"still running: {left}")
        self.stop_by(second, signal.SIGTERM)

    def kill_9_in_a_hurry(self):
        """Parts that hang after a kill -9 are ended by the next start too: stopped processes get no signal."""
        first = self.start()
        groups = first.groups()
        for group in groups.values():
            processes.send(group, signal.SIGSTOP)
        first.process.kill()
        first.process.wait()
        second = self.start(first.state, port=first.port)
        left = [name for name, group in groups.items() if processes.members(group)]
        expect(not left, f"still running: {left}")
        expect("was left over from a start that was killed: ended." in second.text, "it said nothing of them")

    def part_dies(self):
        """A part that dies stops the set with exit status 1, whichever it is."""
        for name in ("postgres", "valkey", "web", "worker", "beat"):
            running = self.start()
            groups = running.groups()
            os.kill(groups[name], signal.SIGKILL)
            expect(running.ended() == 1, f"exit status {running.process.returncode} after {name} died")
            expect(f"{name} ended by itself" in running.text, f"it does not name {name}: {running.text[-500:]}")
            self.nothing_left(running, groups)

    def state_removed(self):
        """A state folder removed under a running set stops it, and the next start begins from nothing."""
        first = self.start()
        groups = first.groups()
        self.remove(first.state)
        expect(first.ended() == 1, f"exit status {first.process.returncode}")
        expect(f"The state folder {first.state} was removed" in first.text, f"it said {first.text[-500:]}")
        self.wait_for_end(groups)
        again = self.start(first.state, port=first.port, wait=READY)
        expect("demo password" in again.text, "no demo")

    def state_removed_after_kill_9(self):
        """Servers whose supervisor was killed and whose folder was removed are ended by the next start."""
        first = self.start()
        groups = first.groups()
        for name in ("postgres", "valkey"):
            processes.send(groups[name], signal.SIGSTOP)
        first.process.kill()
        first.process.wait()
        self.remove(first.state)
        self.copy_state(first.state)
        self.start(first.state, port=first.port)
        left = [name for name, group in groups.items() if processes.members(group)]
        expect(not left, f"still running: {left}")

    def given_servers(self):
        """Where the environment names a database, a Valkey and a mail relay, those are used and none is started."""
        first = self.start()
        given = {
            "DATABASE_URL": f"postgres://systemschange@/{first.sockets}/postgres/systemschange",
            "REDIS_URL": f"unix://{first.sockets}/valkey.sock",
            "EMAIL_URL": "smtp://127.0.0.1:1",
        }
        second = self.start(self.folder / "given", wait=READY, **given)
        expect(sorted(second.groups()) == ["beat", "setup", "web", "worker"], f"it started {second.groups()}")
        expect("demo password" not in second.text, "it shows a demo on somebody's database")
        expect(second.get("/mail/")[0] == 404, "/mail/ is there")
        expect(second.get("/stories/")[0] == 200, "the given database is not used")

    # --- Helpers ------------------------------------------------------------------------------------------------------

    def remove(self, state: Path) -> None:
        while state.exists():  # a running set may just write something into it
            shutil.rmtree(state, ignore_errors=True)

    def wait_for_end(self, groups: dict, patience=20) -> None:
        deadline = time.monotonic() + patience
        while left := [name for name, group in groups.items() if processes.members(group)]:
            expect(time.monotonic() < deadline, f"still running: {left}")
            time.sleep(0.1)

    def without_settings(self) -> dict:
        names = {*PRODUCTION, "EMBEDDED", "DEBUG", "DJANGO_SETTINGS_MODULE"}
        return {name: value for name, value in os.environ.items() if name not in names}


def borrow_environment(venv: Path, user: str | None) -> Path:
    """An environment with the packages of ours, of a Python that the user may run: if need be of a copy of it.

    Answers with the folder of that Python's own library.
    """
    version = f"python3.{sys.version_info.minor}"
    base = Path(sys.base_prefix)
    look = subprocess.run(["su", "-s", "/bin/sh", "-c", f"test -x {base}/bin", user], check=False) if user else None
    if look and look.returncode:
        unneeded = shutil.ignore_patterns("site-packages", "test", "idlelib", "*.a")
        shutil.copytree(base / "lib" / version, venv.parent / "python" / "lib" / version, ignore=unneeded)
        (venv.parent / "python" / "bin").mkdir()
        shutil.copy2(base / "bin" / version, venv.parent / "python" / "bin")
        for library in (base / "lib").glob("libpython*"):
            shutil.copy2(library, venv.parent / "python" / "lib")
        base = venv.parent / "python"
    environment = {**os.environ, "LD_LIBRARY_PATH": str(base / "lib")}
    subprocess.run([base / "bin" / version, "-m", "venv", "--without-pip", venv], env=environment, check=True)
    packages = Path("lib") / version / "site-packages"
    (venv / packages / "borrowed.pth").write_text(f"{schema.BASE_DIR / '.venv' / packages}\n")
    return base / "lib"


def bare(folder: Path) -> None:
    """From a copy without an environment: `make run` to ready, then `make test`, each from nothing installed."""
    for target in ("run", "test"):
        checkout = copy_checkout(folder / f"bare-{target}", venv=None)
        started = time.monotonic()
        if target == "run":
            running = Running(checkout, checkout / ".local", make=True)
            try:
                running.wait_until_ready(600)
            finally:
                running.close()
        else:
            done = subprocess.run(["make", "test"], cwd=checkout, capture_output=True, text=True, check=False)
            expect(done.returncode == 0, f"make test failed: {done.stdout[-3000:]}{done.stderr[-1000:]}")
        say(f"measured: make {target} from nothing installed took {time.monotonic() - started:.0f} s")


def main(words: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # leaves nothing running either
    failed = 0
    wanted = [word for word in words if not word.startswith("--")]
    with tempfile.TemporaryDirectory(prefix="cases-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        cases = Cases(folder)
        chosen = [value for key, value in vars(Cases).items() if value.__doc__ and not key.startswith("_")]
        chosen = [
            one for one in chosen if one.__name__ == "fresh" or not wanted or any(w in one.__name__ for w in wanted)
        ]
        for one in chosen:
            failed += not attempt(one.__name__, lambda one=one: one(cases), one.__doc__, cases.open)
        if "--fresh" in words:
            failed += not attempt("bare", lambda: bare(folder), bare.__doc__, cases.open)
    say(f"{failed} of the cases failed" if failed else "every case holds")
    return 1 if failed else 0


def attempt(name: str, function, sentence: str, after: contextlib.ExitStack) -> bool:
    started, problem = time.monotonic(), ""
    try:
        function()
    except Failure as failure:
        problem = str(failure)
    except Exception:
        problem = traceback.format_exc()
    finally:
        after.close()
    took = time.monotonic() - started
    say(f"{'FAILED' if problem else 'holds '} {took:5.1f} s  {name}: {problem or sentence.strip().splitlines()[0]}")
    return not problem


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
