"""PostgreSQL's own programs on the site's database, and what is counted in it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from systemschange.embedded.postgres import binaries


def program(name: str) -> Path:
    """`pg_dump` or `pg_restore` of the server's own version, or of a later one: older ones refuse."""
    server = connection.pg_version // 10_000 if connection.pg_version > 9_999 else connection.pg_version
    found = {}
    for path in (shutil.which(name), binaries() / name):
        if path:
            said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
            found.setdefault(int(re.search(r"(\d+)", said)[1]), Path(path))
    fitting = [version for version in sorted(found) if version >= server]
    if not fitting:
        raise RuntimeError(f"{name} of PostgreSQL {server} or later is not installed")
    return found[fitting[0]]


def environment() -> dict:
    """How those programs find the database; a password stands in no command line."""
    given = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    return {**os.environ, **{name: str(given[key]) for name, key in names.items() if given.get(key)}}


def counts(cursor) -> dict[str, int]:
    """Rows of every table."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    found = {}
    for (table,) in cursor.fetchall():
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  PostgreSQL's own list of names
        found[table] = cursor.fetchone()[0]
    return found


def others(cursor) -> int:
    """How many others are connected to this database."""
    cursor.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    return cursor.fetchone()[0]
