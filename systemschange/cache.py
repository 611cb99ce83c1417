"""The default cache: Valkey, and while Valkey is away the database.

Rate limits live in the cache. If a lost Valkey meant an empty answer, every limit would be open while it is away; if it
meant an error, nobody could sign in. So each operation that cannot reach Valkey goes to the cache named "fallback".
"""

import logging

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)


def with_fallback(name):
    def operation(self, *args, **kwargs):
        try:
            return getattr(RedisCache, name)(self, *args, **kwargs)
        except RedisError as error:
            log.warning("Valkey does not answer (%s): the database stands in for it.", error.__class__.__name__)
            return getattr(caches["fallback"], name)(*args, **kwargs)

    operation.__name__ = name
    return operation


class Cache(RedisCache):
    """Django's Redis cache whose operations fall back to another cache, one by one."""

    def __init__(self, server, params):
        # Somebody is waiting for a page: a server that hangs is a server that is away, and nothing is asked twice.
        options = {"socket_connect_timeout": 1, "socket_timeout": 2, "retry": Retry(NoBackoff(), 0)}
        super().__init__(server, {**params, "OPTIONS": {**options, **params.get("OPTIONS", {})}})

    add = with_fallback("add")
    get = with_fallback("get")
    set = with_fallback("set")
    touch = with_fallback("touch")
    delete = with_fallback("delete")
    get_many = with_fallback("get_many")
    has_key = with_fallback("has_key")
    incr = with_fallback("incr")
    set_many = with_fallback("set_many")
    delete_many = with_fallback("delete_many")
    clear = with_fallback("clear")
