"""One REDIS_URL, two databases in it: 0 carries Celery's messages, 1 the cache.

Accepts `redis://`, `rediss://` and `unix:///path` (what django's cache calls a socket).
"""


def _base(url):
    return url.split("?", 1)[0].rstrip("/")


def broker(url, database=0):
    """The address Celery understands: `redis+socket:///path?virtual_host=0` or `redis://host:6379/0`."""
    if url.startswith("unix://"):
        return f"redis+socket://{_base(url).removeprefix('unix://')}?virtual_host={database}"
    return f"{_base(url)}/{database}"


def cache(url, database=1):
    """The address Django's Redis cache understands: `unix:///path?db=1` or `redis://host:6379/1`."""
    if url.startswith("unix://"):
        return f"{_base(url)}?db={database}"
    return f"{_base(url)}/{database}"
