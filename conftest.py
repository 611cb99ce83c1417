"""What every test may ask for. Servers are real and private to the run: see `systemschange/tests/services.py`.

`db`, `client`, `live_server` ... from pytest-django. The database is a clone of one migrated template, so starters,
groups and Wagtail's root page are there in every test. A test with `transactional_db` (or `live_server`) gets a fresh
clone afterwards instead of emptied tables.

`mailbox` is a real SMTP server. `mailbox.messages` are the `email.message.EmailMessage`s it received in this test,
`mailbox.to("a@example.org")` those for one address; text: `message.get_body(("plain",)).get_content()`.

`celery_worker` is a real `celery worker` process on the test's database, queue and mail server.

`browse(javascript=True, **options)` opens a page of a real Chromium on `live_server`: give it addresses from `/` on and
options of Playwright's `new_context`. `page` is `browse()`, `chromium` the browser itself.
"""

import contextlib
import gc
import logging
import os
import socket
import subprocess
import sys
import time
from email import message_from_bytes, policy
from pathlib import Path
from unittest import mock

import pytest
from aiosmtpd.controller import Controller
from coverage import Coverage

from systemschange.embedded import processes
from systemschange.tests import services, tools

NOT_RUN = pytest.StashKey[dict]()
COUNTED = pytest.StashKey[bool]()
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# --- Tests that need a tool run where it is, and are counted where it is not ------------------------------------------

TOOLS = {
    "browser": (tools.chromium, "no Chromium", "name it in CHROMIUM or install it"),
    "axe": (tools.axe, "no axe-core", "npm ci installs it"),
    "deploy": (tools.deployers, "no nginx or systemd", "on Debian: apt-get install nginx-light systemd openssl"),
    "pooler": (tools.pooler, "no PgBouncer", "on Debian: apt-get install pgbouncer"),
    "postfix": (
        tools.real_relay,
        "no Postfix that may be started",
        "on Debian: apt-get install postfix, as root or with sudo",
    ),
    "provider": (tools.oidc_provider, "no OpenID Connect provider", "npm ci and Node.js make one"),
    "vnu": (tools.vnu_command, "no Nu HTML checker", "npm ci and a Java runtime make one"),
}


def pytest_configure(config):
    config.stash[NOT_RUN] = {}
    for find, lack, remedy in TOOLS.values():
        if os.environ.get("REQUIRE_TOOLS") and not find():
            raise pytest.UsageError(f"There is {lack}, and this run requires it: {remedy}.")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    for marker, (find, lack, _) in TOOLS.items():
        without = [] if find() else [item for item in items if item.get_closest_marker(marker)]
        if without:
            config.hook.pytest_deselected(items=without)
            items[:] = [item for item in items if item not in without]
            config.stash[NOT_RUN][marker] = f"NOT RUN: {len(without)} {marker} tests ({lack})"
    count_once(items)
    yield
    # What takes longest first, and by one worker: at the end the others would wait for it.
    items.sort(key=lambda item: item.path.name != "test_typing.py")


def count_once(items):
    """Counting coverage makes a test half as slow again, and a function's second set of values mostly runs through what
    its first did: it is not counted. So coverage is told too low, never too high."""
    counted = set()
    for item in items:
        function = item.nodeid.partition("[")[0]
        item.stash[COUNTED] = function not in counted
        counted.add(function)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    coverage = None if item.stash[COUNTED] else Coverage.current()
    if not coverage:
        return (yield)
    coverage.stop()
    try:
        return (yield)
    finally:
        # What it patches for forks it would patch once more at each start, and do as often in each fork.
        with mock.patch("coverage.control.apply_patches"):
            coverage.start()


def pytest_collection_finish(session):
    """Modules and tests live as long as the run: the collector does not look at them again, and looks seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["not_run"] = session.config.stash[NOT_RUN]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    node.config.stash[NOT_RUN].update(getattr(node, "workeroutput", {}).get("not_run", {}))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        for sentence in config.stash.get(NOT_RUN, {}).values():
            config.get_terminal_writer().line(sentence)


# --- What has not begun in time is named, not begun -------------------------------------------------------------------

TOO_LATE = "the time that CHECK_UNTIL gives was over"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """CHECK_UNTIL: seconds since 1970. Of what takes long, nothing begins after it."""
    until = float(os.environ.get("CHECK_UNTIL", "inf"))
    if time.time() > until and any(item.get_closest_marker(name) for name in ("long", "axe", "vnu")):
        pytest.skip(TOO_LATE)


def pytest_terminal_summary(terminalreporter):
    for report in terminalreporter.stats.get("skipped", []):
        if TOO_LATE in str(report.longrepr):
            terminalreporter.line(f"NOT RUN: {report.nodeid} ({TOO_LATE})")


# --- Database and cache -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """One clone of the migrated template for each of xdist's workers, cloned afresh after a transactional test."""
    from django.db import connection
    from django.test import TransactionTestCase

    name = "test_" + os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with django_db_blocker.unblock():
        connection.close()
    connection.settings_dict["NAME"] = name
    services.clone(name)

    def clone_again(test_case):
        connection.close()
        services.clone(name)

    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = clone_again
    yield
    TransactionTestCase._fixture_teardown = flush
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(autouse=True, scope="module")
def _compare_anew():
    from design import comparing

    comparing.from_the_first_time()


@pytest.fixture(autouse=True)
def _questions_as_patched(request):
    """What a patched number or rule says is neither found by other tests nor made of what they asked."""
    from design import compiled

    is_patched = "monkeypatch" in request.fixturenames
    if is_patched:
        compiled.forget()
    yield
    if is_patched:
        compiled.forget()


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits and Wagtail's cached paths of one test are no business of the next."""
    from django.core.cache import cache

    from reports.site import KEY, SiteWords

    cache.clear()
    cache.set(KEY, SiteWords())  # what every page asks for is known, as it is after anybody's first page


# --- Mail -------------------------------------------------------------------------------------------------------------


class Mailbox:
    """Keeps what an SMTP server receives."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):  # the name is the library's
        self.messages.append(message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=policy.default))
        return "250 OK"

    def to(self, address):
        return [message for message in self.messages if address in message["To"]]


@pytest.fixture(scope="session")
def _smtp(django_test_environment):
    from django.conf import settings

    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = port
    yield mailbox
    controller.stop()


@pytest.fixture(autouse=True)
def mailbox(_smtp):
    """The real mails of this test."""
    _smtp.messages.clear()
    return _smtp


# --- Background work --------------------------------------------------------------------------------------------------


class Worker:
    """A worker process and its log."""

    def __init__(self, log):
        self.log, self.process = log, None

    def start(self, port):
        from django.db import connection

        folder = Path(os.environ["TEST_SERVICES"])
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "systemschange.tests.settings",
            "DATABASE_URL": services.places.database_url(folder, connection.settings_dict["NAME"]),
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        }
        words = ["-A", "systemschange", "worker", "-P", "solo", "-Q", "celery,letters", "-l", "INFO"]
        with self.log.open("wb") as output:
            self.process = processes.start(
                [sys.executable, "-m", "celery", *words],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=services.schema.BASE_DIR,
            )
        deadline = time.monotonic() + 60
        while " ready." not in self.said:
            if not self.alive or time.monotonic() > deadline:
                pytest.fail(f"The worker did not start:\n{self.said}")
            time.sleep(0.05)

    @property
    def alive(self):
        return self.process is not None and self.process.poll() is None

    @property
    def said(self):
        return self.log.read_text()


@pytest.fixture
def celery_worker(transactional_db, mailbox, settings, tmp_path):
    """A real worker on this test's database, queue and mail server; `celery_worker.said` is its log.

    It ends with its test: one that lived on would answer an earlier test's nudge with a later test's mail.
    """
    from systemschange.celery import app

    app.control.purge()
    worker = Worker(tmp_path / "worker.log")
    worker.start(settings.EMAIL_PORT)
    yield worker
    alive = worker.alive
    processes.stop(worker.process)
    assert alive, f"The worker died:\n{worker.said}"


# --- Browser ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium():
    """A real Chromium, one for each of xdist's workers."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would refuse every query in the test because of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = [*CHROMIUM_FLAGS, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=tools.chromium(), headless=True, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium, live_server, settings):
    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    contexts = []

    def open_page(*, javascript=True, **options):
        # Playwright does not see what goes through a worker: only tests that are about ours let it in.
        options = {"service_workers": "block", **options}
        context = chromium.new_context(base_url=live_server.url, java_script_enabled=javascript, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(browse):
    return browse()
