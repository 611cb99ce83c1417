"""Behind a real PgBouncer that pools by transaction: whoever asks next gets another process of the server."""

import contextlib
import socket
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from digests import draining
from digests.models import Delivery
from digests.tests.conftest import World
from digests.tests.test_draining import readers, stories
from insights import open_data
from members.tests.factories import MemberFactory
from stories.tests.factories import StoryFactory
from stories.tests.pages import at, fresh, post
from systemschange.embedded import processes
from systemschange.embedded.postgres import account, own
from systemschange.tests import services, tools
from systemschange.tests.running import free_port
from systemschange.tests.test_faults import OwnPostgres
from systemschange.tests.test_many_machines import wait_for

pytestmark = [pytest.mark.long, pytest.mark.pooler, pytest.mark.django_db(transaction=True)]
SETTINGS = """
[databases]
* = host={host} user=systemschange
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
admin_users = admin
pidfile = {folder}/pid
"""


@pytest.fixture
def pooled(settings, tmp_path_factory):
    """The site's database for this test, behind the pooler; asks the pooler itself."""
    server, usual, port = OwnPostgres(), dict(connection.settings_dict), free_port()
    with (server.server.data / "pg_ident.conf").open("a") as people:
        people.write('starter "nobody" systemschange\n')
    reload_people(server)
    folder = server.folder / "pooler"
    folder.mkdir()
    (folder / "ini").write_text(SETTINGS.format(host=server.folder / "postgres", port=port, folder=folder))
    own(folder)
    server.folder.chmod(0o711)
    with (folder / "log").open("wb") as log:
        pooler = processes.start([tools.pooler(), folder / "ini"], stdout=log, stderr=log, cwd="/", **account())
    wait_for(lambda: socket.create_connection(("127.0.0.1", port), 1).close() is None)
    connection.close()
    settings.POOLED_BY_TRANSACTION = True
    connection.settings_dict |= {"HOST": "127.0.0.1", "PORT": str(port), "NAME": services.TEMPLATE}
    connection.settings_dict |= {"CONN_MAX_AGE": 0, "DISABLE_SERVER_SIDE_CURSORS": True}
    yield connection
    connection.close()
    connection.settings_dict |= usual
    processes.stop(pooler)
    server.stop()


def reload_people(server):
    with contextlib.closing(server.server.connect()) as admin, admin.cursor() as cursor:
        cursor.execute("SELECT pg_reload_conf()")


def process_of_the_server():
    with connection.cursor() as cursor:
        # A process that answered at once would be free for the next before that one has come.
        cursor.execute("SELECT pg_backend_pid(), pg_sleep(0.5)")
        return cursor.fetchone()[0]


def at_once(*doings):
    """Each in a thread and a connection of its own; what they answered, or raised."""
    answers = {}

    def do(number, doing):
        try:
            answers[number] = doing()
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(doings))]


def test_the_site_is_the_same_behind_a_pooler(pooled):
    member, story = MemberFactory(profile__weekly_letter=True), StoryFactory()
    for number in range(30):
        StoryFactory(live=True, audience="public", open_data=True, title=f"The Quincunx of a form {number}")
    client, teller = Client(), Client()
    client.force_login(member)
    teller.force_login(story.author)

    def read():
        return [
            client.get(path).status_code
            for path in ("/stories/", "/people/", "/stories/?q=quincunx", reverse("digests:preview"), "/insights/")
        ]

    def write():
        return [
            post(teller, at("autosave", story, "tried"), {"tried": f"A call, then {number} more."}, story).status_code
            for number in range(8)
        ]

    def export():
        return sum(1 for _ in open_data.every())

    answers = at_once(read, write, export, export, read)
    assert answers == [[200] * 5, [200] * 8, 30, 30, [200] * 5]
    assert fresh(story).tried == "A call, then 7 more."


def test_one_connection_meets_several_processes_of_the_server(pooled):
    """Else nothing here would show anything."""
    with pooled.cursor() as cursor:
        cursor.execute("SELECT 1")
    seen = set(at_once(*[process_of_the_server] * 6))
    assert len(seen) == 2, "the pool has two"


def test_letters_are_sent_over_a_connection_of_their_own_and_nothing_is_lost(pooled):
    world = World()
    world.now = timezone.now()
    readers(2)
    stories(world)
    issue = world.hurry()
    with pytest.raises(ImproperlyConfigured, match="must reach PostgreSQL itself"):
        draining.drain()
    assert set(issue.deliveries.values_list("state", flat=True)) == {Delivery.State.PLANNED}
