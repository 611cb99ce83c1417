"""Statements that PostgreSQL reads once a connection, and plans anew only where that is worth it.

The conditions of rights are long: reading and planning them takes many times what answering takes. After five times
PostgreSQL compares what its plans cost with one that fits all values, and keeps that where it is no worse.
"""

import hashlib
from collections import OrderedDict
from functools import cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection
from psycopg2.extensions import AsIs

MOST = 300  # a connection; a backend keeps some hundred kilobytes for each
KNOWN = WeakKeyDictionary()  # by connection: the names of those that it knows, the last used at the end


def prepare(cursor, words, types=""):
    """The name under which PostgreSQL runs these words. `cursor`: one of psycopg2's own, of Django's connection.
    `types`: of the parameters, with commas; without, PostgreSQL takes them from where they stand."""
    name = _name_of(words)
    known = KNOWN.get(cursor.connection)
    if known is None or name not in known:
        with connection.wrap_database_errors:
            known = _prepare(cursor, name, words, types)
    known.move_to_end(name)
    return name


def _prepare(cursor, name, words, types):
    if cursor.connection not in KNOWN:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        KNOWN[cursor.connection] = OrderedDict.fromkeys(found for (found,) in cursor.fetchall())
    known = KNOWN[cursor.connection]
    if name not in known:
        cursor.execute(f"PREPARE {name} {f'({types}) ' if types else ''}AS {words}")
        known[name] = None
    while len(known) > MOST:
        cursor.execute(f"DEALLOCATE {next(iter(known))}")
        known.popitem(last=False)
    return known


@cache
def _name_of(words):
    return "asked_" + hashlib.sha256(words.encode()).hexdigest()[:20]


class Parameter(NamedTuple):
    """Stands where a value is given each time. `type`: its name; none for a number, which is of the kind beside it."""

    type: str
    is_list: bool = False

    @property
    def declared(self):
        return f"{self.type}{'[]' * self.is_list}" if self.type else "unknown"

    def may_be(self, found):
        return bool(self.type) or found.removesuffix("[]" * self.is_list) in {"smallint", "integer", "bigint"}


class Statement:
    """A question with parameters; what does not vary stands in its words, so that plans can use it."""

    def __init__(self, sql, params):
        self.sql, self.params = sql, params
        self.varying = [number for number, one in enumerate(params) if isinstance(one, Parameter)]
        self.types = ", ".join(params[number].declared for number in self.varying)
        self.given = f" ({', '.join(['%s'] * len(self.varying))})" if self.varying else ""
        self.words, self.name, self.is_sound = None, None, None

    def asking(self, connection, params):
        """(SQL, parameters) that ask this with all these parameters over this connection of Django's."""
        connection.close_if_health_check_failed()  # as Django does before each question
        connection.ensure_connection()
        known = KNOWN.get(connection.connection, ())
        if self.is_sound is not None and self.name in known:
            known.move_to_end(self.name)
        else:
            self._prepare(connection)
        if not self.is_sound:
            return self.sql, params
        return f"EXECUTE {self.name}{self.given}", tuple(params[number] for number in self.varying)

    def _prepare(self, connection):
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            if self.words is None:
                self.words = self._written_for(cursor)
            self.name = prepare(cursor, self.words, self.types)
            if self.is_sound is None:
                self.is_sound = self._check(cursor, self.name)

    def _written_for(self, cursor):
        values = list(self.params)
        for parameter, number in enumerate(self.varying, 1):
            values[number] = AsIs(f"${parameter}")
        return cursor.mogrify(self.sql, tuple(values)).decode()

    def _check(self, cursor, name):
        """Whether PostgreSQL takes a number for one: where nothing stands beside it, it would be a text."""
        cursor.execute("SELECT parameter_types::text[] FROM pg_prepared_statements WHERE name = %s", [name])
        (types,) = cursor.fetchone()
        wrong = [
            number for number, found in zip(self.varying, types, strict=True) if not self.params[number].may_be(found)
        ]
        if wrong and settings.CHECK_COMPILED:
            raise TypeError(f"Parameters {wrong} would be no numbers: {types} in {self.words}")
        return not wrong
