"""CPU seconds of this process and of its PostgreSQL backend; what waits, or belongs to a sink, is not counted."""

import gc
import os
import time
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

TICK = os.sysconf("SC_CLK_TCK")


def of_backend():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


class Spent:
    own = backend = 0.0

    @property
    def seconds(self):
        return self.own + self.backend


@contextmanager
def measured():
    """The block's seconds, in the object that it is given, once it is over."""
    spent = Spent()
    gc.collect()  # what was left by what ran before is not cleared away at the cost of this
    backend, own = of_backend(), time.process_time()
    yield spent
    spent.own = time.process_time() - own
    spent.backend = of_backend() - backend
