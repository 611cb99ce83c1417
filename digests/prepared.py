"""Statements that PostgreSQL reads and plans once a connection: for what a letter asks once a mail, or once a claim."""

import hashlib
from functools import cache
from weakref import WeakKeyDictionary

# By connection: the names of those that it knows.
KNOWN = WeakKeyDictionary()


def prepare(cursor, words, types):
    """The name under which PostgreSQL runs these words. `cursor`: one of psycopg2's own."""
    known = KNOWN.get(cursor.connection)
    if known is None:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        known = KNOWN[cursor.connection] = {name for (name,) in cursor.fetchall()}
    name = _name_of(words)
    if name not in known:
        cursor.execute(f"PREPARE {name} ({types}) AS {words}")
        known.add(name)
    return name


@cache
def _name_of(words):
    return "letters_" + hashlib.sha256(words.encode()).hexdigest()[:16]
