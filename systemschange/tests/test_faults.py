"""Servers that stop while somebody is in the middle of something: each really stops, and no word is lost.

What else is tested of docs/safety-faults.md is in the rooms; this is what needs the whole house.
"""

import contextlib
import re
import socket
import tempfile
import threading
from pathlib import Path

import kombu
import pytest
from celery import current_app
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.db import close_old_connections, connection
from django.test import Client
from django.urls import reverse

from digests.leaving import leave_token
from members.models import Notice
from members.tasks import send_notices
from members.tests.factories import PASSWORD, MemberFactory, ModeratorFactory, send_mail, sign_in_staff
from stories.models import Story
from stories.tests.factories import StoryFactory
from stories.tests.pages import JOT, TOLD, at, fresh, jot_page, text
from systemschange.embedded import places, processes
from systemschange.embedded.postgres import CARELESS, Postgres
from systemschange.tests import services
from systemschange.tests.test_embedded_cache import OwnValkey

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
WORDS = "We rang <them> & nobody knew why"


# --- PostgreSQL restarts ----------------------------------------------------------------------------------------------


class OwnPostgres:
    """A PostgreSQL with a migrated database, which a test may stop and start again."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=services.short_temp()))
        places.make_private(self.folder)
        self.server = Postgres(self.folder / "data", self.folder, *CARELESS)
        services.copy_kept(self.server.data)
        self.server.prepare()
        self.start()

    def start(self):
        self.process = services.launch(self.server, self.folder)

    def stop(self):
        processes.stop(self.process, self.server.stop_signal)


@pytest.fixture
def postgres(transactional_db, monkeypatch):
    """The site's database for this test, on a server of its own."""
    own, usual = OwnPostgres(), dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= {"HOST": str(own.folder / "postgres"), "NAME": services.TEMPLATE, "CONN_MAX_AGE": 60}
    yield own
    connection.close()
    connection.settings_dict |= usual
    own.stop()


def after_a_request():
    """As the end of a request does; the test client leaves it out."""
    with contextlib.suppress(Exception):
        close_old_connections()


@pytest.mark.long
def test_postgresql_restarted_is_a_plain_503_and_the_words_go_in_at_the_next_try(postgres):
    story = StoryFactory()
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(story.author)
    page = client.get(at("write", story, "tried"))
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    typed = {**TOLD["tried"], "tried": WORDS, "edit_number": fresh(story).edit_number, "csrfmiddlewaretoken": token}

    postgres.stop()
    away = client.post(at("write", story, "tried"), typed)
    assert (away.status_code, away["Retry-After"]) == (503, "60")
    assert "<h1>Back in a minute</h1>" in away.text
    assert "We rang &lt;them&gt; &amp; nobody knew why" in away.text
    assert client.get("/stories/").status_code == 503
    assert client.get("/healthz").status_code == 200
    after_a_request()

    postgres.start()
    assert client.get("/stories/").status_code == 200, "signed in still, for sessions are in the database"
    assert client.post(at("write", story, "tried"), typed).status_code == 302
    assert fresh(story).tried == WORDS


def test_a_connection_that_broke_between_two_requests_is_nobodys_trouble(postgres):
    client = Client()
    assert client.get("/stories/").status_code == 200
    postgres.stop()
    postgres.start()
    after_a_request()
    assert client.get("/stories/").status_code == 200


# --- Valkey is away ---------------------------------------------------------------------------------------------------


@pytest.fixture
def no_valkey(settings, monkeypatch):
    """Neither cache nor queue: a server that was there and has stopped."""
    own = OwnValkey()
    location = places.redis_url(own.folder) + "?db=1"
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "LOCATION": location}}
    app = current_app._get_current_object()
    monkeypatch.setitem(app.conf, "broker_url", f"redis+socket://{own.folder}/valkey.sock?virtual_host=0")

    def forget_connections():
        kombu.pools.reset()
        app.amqp._producer_pool = app._pool = None

    forget_connections()
    own.stop()
    with pytest.raises(Exception, match="onnect"):
        RedisCache.get(caches["default"], "anything")
    yield
    forget_connections()


@pytest.mark.long
def test_without_valkey_one_browses_signs_in_writes_and_is_published(no_valkey, mailbox):
    member, client = MemberFactory(), Client()
    assert client.get("/").status_code == client.get("/stories/").status_code == 200
    signed_in = client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert (signed_in.status_code, signed_in["Location"]) == (302, "/account/")
    assert client.post(reverse("stories:new"), jot_page(client)).status_code == 302
    assert Story.objects.get(author=member).title == JOT["title"]

    story = StoryFactory(sent=True, audience="public")
    moderator = sign_in_staff(Client(), ModeratorFactory())
    answers = {"revision": fresh(story).latest_revision_id, "read_as_a_partner": "on"}
    review = reverse("stories_staff:review", args=[story.slug])
    answers |= dict.fromkeys(re.findall('type="checkbox" name="([^"]+)"', moderator.get(review).text), "on")
    assert moderator.post(reverse("stories_staff:approve", args=[story.slug]), answers).status_code == 302
    assert story.title in text(Client().get("/stories/"))
    send_mail()  # as the beat does once a minute
    assert mailbox.to(story.author.email)


def test_without_valkey_nobody_may_guess_a_password_more_often(no_valkey):
    member, client = MemberFactory(), Client()
    guesses = [
        client.post(reverse("account_login"), {"login": member.email, "password": f"guess {number}"})
        for number in range(7)
    ]
    assert "too often" in guesses[-1].text
    right = client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert right.status_code == 200, "the right password would have been let in past the limit"


# --- Nobody works, or nobody takes mail -------------------------------------------------------------------------------


def something_mailed(client):
    """A page that answers with a mail: somebody asks for a new password."""
    member = MemberFactory()
    answer = client.post(reverse("account_reset_password"), {"email": member.email})
    return member, answer


def test_without_workers_pages_are_fine_and_the_mail_waits_until_one_is_back(request, mailbox):
    member, answer = something_mailed(Client())
    assert answer.status_code == 302
    waiting = Notice.objects.get(to=member.email)
    assert (waiting.state, mailbox.messages) == ("waiting", [])
    worker = request.getfixturevalue("celery_worker")
    send_notices.delay()  # what the beat says once a minute
    arrived = threading.Event()
    for _ in range(300):
        if mailbox.to(member.email):
            break
        arrived.wait(0.1)
    assert worker.alive
    assert [message["To"] for message in mailbox.messages] == [member.email]
    waiting.refresh_from_db()
    assert waiting.state == "sent"


class Silent:
    """A mail server that takes the call and says nothing."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port, self.calls = self.socket.getsockname()[1], []
        self.thread = threading.Thread(target=self._answer, daemon=True)
        self.thread.start()

    def _answer(self):
        with contextlib.suppress(OSError):
            while True:
                self.calls.append(self.socket.accept()[0])

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()
        for call in self.calls:
            call.close()


def test_no_request_waits_for_a_mail_server_that_says_nothing(settings, mailbox):
    usual, silent = settings.EMAIL_PORT, Silent()
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = silent.port, 0.5
    member, answer = something_mailed(Client())
    assert (answer.status_code, silent.calls) == (302, []), "the request itself has called the mail server"
    send_mail()
    assert len(silent.calls) == 1, "the fault did not happen"
    silent.close()
    notice = Notice.objects.get(to=member.email)
    assert (notice.state, notice.attempt_count) == ("waiting", 1)
    settings.EMAIL_PORT = usual
    Notice.objects.update(due_at=notice.created_at)
    send_mail()
    assert len(mailbox.to(member.email)) == 1


# --- No script --------------------------------------------------------------------------------------------------------


def test_without_javascript_the_letter_is_left_from_its_mail(browse):
    member = MemberFactory(profile__weekly_letter=True)
    page = browse(javascript=False)
    page.goto(reverse("digests:leave", args=[leave_token(member)]))
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_load_state()
    member.profile.refresh_from_db()
    assert member.profile.weekly_letter is False
