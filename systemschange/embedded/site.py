"""The site's own processes: loaded once, then forked. Importing Django three times would be most of the start."""

import os
import runpy
import sys
import warnings
from importlib import import_module
from pathlib import Path

GUNICORN = ["--preload", "--workers", "2", "--threads", "4", "--no-control-socket", "--graceful-timeout", "5"]
LOGGER = ["--logger-class", "systemschange.embedded.weblog.Logger", "--access-logfile", "-"]
WORKER = ["--concurrency", "2", "--queues", "celery,letters", "--without-gossip", "--without-mingle"]


def load() -> None:
    """Import what more than one of them needs. Connects to nothing."""
    import django
    from django.conf import settings

    django.setup()
    for name in (settings.ROOT_URLCONF, "celery.bin.celery", "celery.apps.worker", "celery.apps.beat"):
        import_module(name)


def prepare(demo: bool, own_database: bool) -> None:
    """What a new database needs before the first page: the tables, and in the demo the demo community."""
    from django.core.management import call_command
    from django.db import connection

    if own_database:
        # Hundreds of small transactions: on a disk that is slow to confirm, waiting for each is most of the time.
        os.environ["PGOPTIONS"] = "-c synchronous_commit=off"
    call_command("migrate", verbosity=1, interactive=False, skip_checks=True)
    if demo:
        call_command("load_demo")
        call_command("load_elsewhere")
    call_command("reindex_stories")
    if own_database:
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")


def web(descriptors: list[int]) -> None:
    addresses = [word for number in descriptors for word in ("--bind", f"fd://{number}")]
    run("gunicorn", *GUNICORN, *LOGGER, *addresses, "systemschange.wsgi")


def worker() -> None:
    # Somebody who types `make run` as root has decided that.
    warnings.filterwarnings("ignore", "You're running the worker with superuser privileges")
    run("celery", "-q", "-A", "systemschange", "worker", "-l", "INFO", *WORKER)


def beat(schedule: Path) -> None:
    run("celery", "-q", "-A", "systemschange", "beat", "-l", "INFO", "--schedule", str(schedule), "--pidfile", "")


def run(module: str, *words: str) -> None:
    """As `python -m` would, in this process."""
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
