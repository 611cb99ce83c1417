"""Statements that PostgreSQL reads and plans once a connection: for what a letter asks once a mail, or once a claim."""

import hashlib
from functools import cache
from weakref import WeakKeyDictionary

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

# By connection: the names of those that it knows.
KNOWN = WeakKeyDictionary()


def prepare(cursor, words, types):
    """The name under which PostgreSQL runs these words. `cursor`: one of psycopg2's own, of Django's connection."""
    if settings.POOLED_BY_TRANSACTION:
        raise ImproperlyConfigured(
            "Letters are sent over a connection of their own: this process must reach PostgreSQL itself, without "
            "POOLED_BY_TRANSACTION (docs/growing.md)."
        )
    name = _name_of(words)
    if name not in KNOWN.get(cursor.connection, ()):
        with connection.wrap_database_errors:
            _prepare(cursor, name, words, types)
    return name


def _prepare(cursor, name, words, types):
    if cursor.connection not in KNOWN:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        KNOWN[cursor.connection] = {found for (found,) in cursor.fetchall()}
    if name not in KNOWN[cursor.connection]:
        cursor.execute(f"PREPARE {name} ({types}) AS {words}")
        KNOWN[cursor.connection].add(name)


@cache
def _name_of(words):
    return "letters_" + hashlib.sha256(words.encode()).hexdigest()[:16]
