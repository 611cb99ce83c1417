"""What a question costs PostgreSQL: for benches, and for tests that hold it."""

import contextlib
import json
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Cost:
    buffers: int
    ms: float


def cost(rows):
    """What PostgreSQL reads for these rows, in pages of 8 kB, and how long it takes there."""
    return _explained(*rows.query.sql_with_params())


@contextlib.contextmanager
def costs():
    """A list that fills with what each question costs that is asked meanwhile. Each is asked twice."""
    found = []

    def ask(execute, sql, params, many, context):
        if not many and sql.lstrip(" (\n").upper().startswith(("SELECT", "WITH", "EXECUTE")):
            found.append(_explained(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        yield found


def _explained(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}", params)
        told = cursor.fetchone()[0]
    plan = (json.loads(told) if isinstance(told, str) else told)[0]
    read = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
    return Cost(read, plan["Planning Time"] + plan["Execution Time"])
