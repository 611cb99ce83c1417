"""What the log and Sentry hold: lines that join, and nothing of a person, wherever it was given."""

import gzip
import http.server
import io
import json
import logging
import os
import subprocess
import sys
import threading

import brotli
import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.test import Client
from django.urls import path

from systemschange.operations import logs
from systemschange.urls import handler404, handler500  # noqa: F401  this module stands in for it
from systemschange.urls import urlpatterns as usual

pytestmark = pytest.mark.django_db
NAME, ADDRESS, WORD = "Canaryname", "canary.person@example.org", "canaryword"
CANARIES = (NAME.lower(), "canary.person", WORD)


def crash(request, who):
    try:
        raise LookupError(f"{NAME} is not at {ADDRESS}")
    except LookupError as error:
        raise ValueError(f"about {who}: {NAME}") from error


def refuse(request):
    raise SuspiciousOperation(f"{NAME} did that")


def ask_wrongly(request):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT '{NAME}'::integer")


urlpatterns = [path("crash/<str:who>/", crash), path("refuse/", refuse), path("wrong/", ask_wrongly), *usual]


@pytest.fixture
def lines(settings):
    """The log as production writes it, line by line."""
    settings.LOG_FORMAT = "json"
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.Json())
    root = logging.getLogger()
    root.addHandler(handler)
    before, root.level = root.level, logging.INFO
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)
    root.level = before


def canaries_in(text):
    return [word for word in CANARIES if word in text.lower()]


def test_a_request_is_one_line_with_its_route_and_an_id_that_its_reader_has_too(client, lines):
    answer = client.get(f"/people/{NAME}/?q={ADDRESS}")
    (line,) = lines()
    assert line.pop("at")
    assert line.pop("ms") >= 0
    assert line == {
        "level": "info",
        "logger": "systemschange.requests",
        "message": "answered",
        "request": answer["X-Request-ID"],
        "method": "GET",
        "route": "networks:person",
        "status": answer.status_code,
    }


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "logged"),
    [
        (f"/crash/{NAME}/?{WORD}={ADDRESS}", ("django.request", "ValueError", ["LookupError"])),
        ("/refuse/", ("django.security.SuspiciousOperation", "SuspiciousOperation", None)),
        ("/wrong/", ("django.request", "DataError", ["InvalidTextRepresentation"])),
        (f"/no-such-page/{ADDRESS}/", ("systemschange.requests", None, None)),
    ],
)
def test_an_error_is_told_by_its_kind_and_place_and_never_by_its_words(lines, address, logged):
    client = Client(raise_request_exception=False, headers={"user-agent": WORD, "referer": f"https://{WORD}.example/"})
    answer = client.post(address, {"name": NAME, "email": ADDRESS, "text": WORD})
    told = lines()
    assert canaries_in(json.dumps(told)) == []
    first = told[0]
    assert (first["logger"], first.get("error"), first.get("because")) == logged
    assert {line["request"] for line in told} == {answer["X-Request-ID"]}
    if logged[1]:
        assert "test_logs.py" in json.dumps(first["where"])


def test_a_forged_host_is_not_written_down(lines):
    Client().get("/", headers={"host": f"{WORD}.example.org"})
    assert canaries_in(json.dumps(lines())) == []
    assert any(line["logger"] == "django.security.DisallowedHost" for line in lines())


def test_a_failed_task_is_told_without_what_it_was_given(lines):
    """As Celery logs it: the exception's text stands in the arguments of the message."""
    logger = logging.getLogger("celery.app.trace")
    words = "Task %(name)s[%(id)s] %(description)s: %(exc)s\n%(traceback)s"
    given = {"name": "members.tasks.send_notices", "id": "4f", "description": "raised", "exc": ADDRESS}
    logger.error(words, {**given, "traceback": f"KeyError: {NAME}"})
    (line,) = lines()
    assert line["message"].startswith("Task members.tasks.send_notices[4f]")
    assert canaries_in(json.dumps(line)) == []


def test_our_own_words_stay_and_an_address_in_them_does_not(lines):
    logging.getLogger("members.outbox").warning("The mail relay does not answer: %s to %s", "OSError", ADDRESS)
    (line,) = lines()
    assert line["message"] == "The mail relay does not answer: OSError to …"


@pytest.mark.parametrize(
    ("given", "believed"),
    [("a-proxys-id-1", True), (f"{ADDRESS}", False), ("a\nsecond line", False), ("x" * 65, False)],
)
def test_an_id_is_taken_from_a_proxy_of_ours_only(client, settings, given, believed):
    assert client.get("/healthz", headers={"x-request-id": "from-anybody"})["X-Request-ID"] != "from-anybody"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answer = client.get("/healthz", headers={"x-request-id": given})
    assert (answer["X-Request-ID"] == given) is believed


# --- Sentry -----------------------------------------------------------------------------------------------------------


# As the library packs what it sends: by brotli where that happens to be installed.
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


class Inbox(http.server.BaseHTTPRequestHandler):
    """A server that keeps what it is sent, as Sentry's would."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append(UNPACK.get(self.headers.get("Content-Encoding"), bytes)(body))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *words):
        pass


@pytest.fixture
def inbox():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Inbox)
    server.taken = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


CRASHING = f"""
import logging
import django
django.setup()
import sentry_sdk
from django.test import Client, override_settings
with override_settings(ROOT_URLCONF="{__name__}"):
    client = Client(raise_request_exception=False, headers={{"user-agent": "{WORD}", "cookie": "a={WORD}"}})
    answer = client.post("/crash/{NAME}/?{WORD}={ADDRESS}", {{"name": "{NAME}", "email": "{ADDRESS}"}})
logging.getLogger("members.outbox").error("For '%s' at %s", "{NAME}", "{ADDRESS}")
sentry_sdk.flush(5)
print(answer["X-Request-ID"])
"""


def run(code, **given):
    """In a process of its own: Sentry's library takes hold of Django wherever it is started."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "systemschange.settings", "EMBEDDED": "1", **given}
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
def test_sentry_is_told_the_kind_and_the_place_and_nothing_of_a_person(inbox):
    done = run(CRASHING, SENTRY_DSN=f"http://key@127.0.0.1:{inbox.server_port}/1")
    assert done.returncode == 0, done.stderr[-2000:]
    told = b"".join(inbox.taken).decode()
    assert '"type":"ValueError"' in told
    assert '"type":"LookupError"' in told
    assert '"function":"crash"' in told
    assert done.stdout.strip() in told
    assert "For \\u2026 at %s" in told
    assert canaries_in(told) == []


@pytest.mark.long
def test_sentry_is_not_even_imported_where_no_address_of_it_is_set():
    done = run("import django, sys; django.setup(); sys.exit('sentry_sdk' in sys.modules)")
    assert done.returncode == 0
