"""The cache without Valkey: limits hold, nobody sees an error, nothing is slow."""

import signal
import tempfile
import time
from pathlib import Path

import pytest
from allauth.core.internal.ratelimit import consume
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache

from systemschange.embedded import places, processes
from systemschange.embedded.valkey import Valkey
from systemschange.tests import services

pytestmark = [pytest.mark.django_db, pytest.mark.fault]


class OwnValkey:
    """A Valkey that a test may stop and start again."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="valkey-", dir=services.short_temp()))
        self.start()

    def start(self):
        self.process = services.launch(Valkey(self.folder), self.folder)

    def stop(self):
        processes.stop(self.process)


@pytest.fixture
def valkey(settings):
    own = OwnValkey()
    location = places.redis_url(own.folder) + "?db=1"
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "LOCATION": location}}
    yield own
    own.stop()


@pytest.fixture
def cache(valkey):
    return caches["default"]


OPERATIONS = [
    ("add", ("key", 1), True),
    ("get", ("key", "nothing"), "nothing"),
    ("set", ("key", 1), None),
    ("touch", ("key",), False),
    ("delete", ("key",), False),
    ("get_many", (["key"],), {}),
    ("has_key", ("key",), False),
    ("set_many", ({"key": 1},), []),
    ("delete_many", (["key"],), None),
    ("get_or_set", ("key", 2), 2),
    ("clear", (), None),
]


@pytest.mark.parametrize(("name", "arguments", "answer"), OPERATIONS)
def test_without_valkey_each_operation_answers_as_a_cache_does_and_soon(cache, valkey, name, arguments, answer):
    valkey.stop()
    started = time.monotonic()
    assert getattr(cache, name)(*arguments) == answer
    assert time.monotonic() - started < 1


def test_without_valkey_counting_goes_on_in_the_database(cache, valkey):
    valkey.stop()
    cache.set("count", 1)
    assert [cache.incr("count"), cache.incr("count"), cache.decr("count")] == [2, 3, 2]
    with pytest.raises(ValueError, match="not found"):
        cache.incr("nothing")


def test_a_rate_limit_holds_while_valkey_is_away(cache, valkey, rf):
    valkey.stop()
    limit = {"app": "account", "action": "knock", "config": {"knock": "2/m/ip"}}
    allowed = [bool(consume(rf.post("/account/login/"), **limit)) for attempt in range(4)]
    assert allowed == [True, True, False, False]


def test_when_valkey_is_back_it_is_used_again(cache, valkey):
    valkey.stop()
    cache.set("key", "from the database")
    valkey.start()
    assert cache.get("key") is None
    cache.set("key", "from Valkey")
    assert (RedisCache.get(cache, "key"), caches["fallback"].get("key")) == ("from Valkey", "from the database")


def test_a_valkey_that_hangs_is_a_valkey_that_is_away(cache, valkey):
    cache.set("key", 1)
    processes.send(valkey.process.pid, signal.SIGSTOP)
    started = time.monotonic()
    assert cache.get("key") is None
    assert time.monotonic() - started < 4
    processes.send(valkey.process.pid, signal.SIGCONT)
