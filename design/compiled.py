"""Questions to the database that Django writes once; asked again, only their values change.

    @compiled
    def newest(reader, practice, *, count):
        return Story.objects.readable_by(reader).that_used(practice).newest_first()[:count]

    newest(request.user, practice, count=20)  # a list

Making a query of conditions, and SQL of the query, costs Django many times what asking it does. So the function is
called once with stand-ins, and the SQL that comes of it is kept, with the places where they stand. What is given by
position is a value and may differ each time: a number, a text, a moment, a row (only its key can be asked), lists of
such, and the reader. What is given by name decides how the question reads, and each has SQL of its own.

What is written once is also read and planned by PostgreSQL once a connection (`design/prepared.py`).

Rights stay where they are written, in the querysets. Their SQL is kept for two readers only: a visitor, and a plain
member, who is anybody but staff, in good standing. Of members it is kept apart by their `known_ties`, which rules may
ask as well. Whatever else a rule may ask of a reader, a stand-in does not have: it fails at once. For all others the
question is made anew. `CHECK_COMPILED` makes it anew as well and compares, letter by letter: with every test
(`design/comparing.py`).
See docs/decisions/0078.
"""

from collections import OrderedDict
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import update_wrapper
from threading import Lock
from weakref import WeakSet

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, prefetch_related_objects
from django.http import Http404

from design.comparing import is_due
from design.instances import lay_straight
from design.many import AsOne, Many
from design.prepared import Parameter, Statement

MOST = 256  # ways in which one question can be put
# Values that no row and no rule has; each is told apart from the next by its number.
MARKS = {
    int: lambda number: 2_147_000_000 + number,
    str: lambda number: f"compiled-value-{number}-",
    datetime: lambda number: datetime(8999, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
    date: lambda number: date(8999, 1, 1) + timedelta(days=number),
}
# What they are to PostgreSQL. A number is what stands beside it, as a bare number in SQL would be.
TYPES = {str: "text", datetime: "timestamptz", date: "date", int: ""}
TELLTALES = ("2147000", "compiled-value-", "(8999, 1, ")  # how marks look in a text


_questions = WeakSet()


class NotKept(Exception):  # noqa: N818 (nothing went wrong)
    """For this reader the question is made anew."""


def compiled(ask):
    """A function that answers with a queryset, made one that answers with its rows."""
    return Question(ask)


def forget():
    """For tests that patch what a question is made of, before and after."""
    for question in list(_questions):
        question._kept.clear()


def one_or_404(rows):
    """The only row; without one, the page does not exist."""
    if not rows:
        raise Http404
    (row,) = rows
    return row


def rows_around(queryset, sql):
    """What `sql` answers, in which the queryset stands as `{}`: rows, as PostgreSQL has them."""
    try:
        inner, params = queryset.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql.format(inner), params)
        return cursor.fetchall()


class Question:
    def __init__(self, ask):
        self.ask = ask
        self._kept, self._lock = OrderedDict(), Lock()
        update_wrapper(self, ask)
        _questions.add(self)

    def __call__(self, *values, **shape):
        """The rows, as a list."""
        written, params = self._written(values, shape)
        return list(self.ask(*values, **shape)) if written is None else written.rows(params)

    def count(self, *values, **shape):
        """How many rows, counted by PostgreSQL."""
        written, params = self._written(values, shape)
        return self.ask(*values, **shape).count() if written is None else written.count(params)

    def around(self, sql, *values, **shape):
        """What `sql` answers, in which the question stands as `{}`: rows, as PostgreSQL has them."""
        written, params = self._written(values, shape)
        return rows_around(self.ask(*values, **shape), sql) if written is None else written.fetched(params, sql)

    def _written(self, values, shape):
        """(what is kept of the question when put like this, its parameters); None where it must be made anew."""
        try:
            kind, flat = taken_apart(values)
        except NotKept:
            return None, ()
        key = kind, tuple(shape.items())
        if (kept := self._kept.get(key)) is None:
            kept = self._keep(key, Written.of(self.ask, values, shape))
        if not kept.is_certain:
            return None, ()
        params = kept.filled(flat)
        if is_due((self, key)):
            check(self.ask(*values, **shape), kept.sql, params)
        return kept, params

    def _keep(self, key, written):
        with self._lock:
            self._kept[key] = written
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return written


class Written:
    """SQL with the places where values go, and what Django knows of the columns."""

    def __init__(self, queryset=None, compiler=None, sql="", places=(), kinds=()):
        self.queryset, self.compiler, self.sql, self.places = queryset, compiler, sql, places
        self.parameters = [parameter(one, kinds) for one in places]
        self.statements = {}
        self.is_certain = queryset is not None
        if self.is_certain:
            self.known, self.converters = what_is_known(queryset, compiler), converters_of(compiler)

    @classmethod
    def of(cls, ask, values, shape):
        marks = Marks()
        queryset = ask(*stand_in(values, marks), **shape)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return cls()
        if compiler.has_extra_select or compiler.has_composite_fields([column[0] for column in compiler.select]):
            return cls()  # rows of these Django puts together in a way of its own
        lay_straight(compiler.klass_info)
        places = [place(param, marks) for param in params]
        if not all_placed(places, marks):
            if settings.CHECK_COMPILED:
                raise TypeError(f"{ask.__qualname__}: a value is not used as it is, and cannot be put in later")
            return cls()
        return cls(queryset, compiler, sql, places, [type(mark) for mark in marks])

    def filled(self, flat):
        return tuple(_fill(one, flat) for one in self.places)

    def rows(self, params):
        rows = self.fetched(params)
        if self.converters:
            rows = self._converted(rows)
        found = list(self.queryset._iterable_class(Answer(self.known, rows)))
        if self.queryset._prefetch_related_lookups:
            prefetch_related_objects(found, *self.queryset._prefetch_related_lookups)
        return found

    def count(self, params):
        ((counted,),) = self.fetched(params, "SELECT count(*) FROM ({}) AS counted")
        return counted

    def fetched(self, params, around="{}"):
        connection = connections[DEFAULT_DB_ALIAS]
        sql, given = self._asking(connection, params, around)
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return cursor.fetchall()

    def _converted(self, rows):
        """Each value as its field has it in Python."""
        connection = connections[DEFAULT_DB_ALIAS]
        for row in map(list, rows):
            for position, convert, expression in self.converters:
                row[position] = convert(row[position], expression, connection)
            yield row

    def _asking(self, connection, params, around):
        """(SQL, parameters): those of the statement that this connection has prepared, where it can have one."""
        if settings.POOLED_BY_TRANSACTION:
            return around.format(self.sql), params
        if (statement := self.statements.get(around)) is None:
            statement = self.statements[around] = Statement(around.format(self.sql), self.parameters)
        return statement.asking(connection, params)


class Answer:
    """Rows that have come, where Django's iterables look for a queryset, its query and its compiler."""

    db = DEFAULT_DB_ALIAS
    _known_related_objects = {}  # noqa: RUF012 (nothing is ever put in)

    def __init__(self, known, rows):
        self.__dict__.update(known)
        self._rows = rows

    @property
    def query(self):
        return self

    def get_compiler(self, *_, **__):
        return self

    def execute_sql(self, *_, **__):
        return self._rows

    def results_iter(self, *_, tuple_expected=False, **__):
        return map(tuple, self._rows) if tuple_expected else iter(self._rows)


def what_is_known(queryset, compiler):
    """What Django's iterables ask a queryset, its query and its compiler, beside for rows."""
    query = queryset.query
    return {
        "model": queryset.model,
        "_fields": queryset._fields,
        **{name: getattr(query, name) for name in ("selected", "extra_select", "values_select", "annotation_select")},
        **{name: getattr(compiler, name) for name in ("select", "klass_info", "annotation_col_map")},
    }


def converters_of(compiler):
    """(which column, what is called with its value, the column's expression) of all that need it, in their order."""
    found = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
    return [(position, convert, what) for position, (some, what) in found.items() for convert in some]


def taken_apart(value):
    """(which kind of value this is, the values that go into SQL for it). Questions of one kind read alike."""
    flat = []
    return _kind(value, flat), flat


def _kind(value, flat):
    kind = value.__class__
    if kind in MARKS:
        flat.append(value)
    elif kind in {list, tuple}:
        return (kind, *[_kind(one, flat) for one in value])
    elif kind is Many:
        flat.append(value.values)
        return kind, value.kind
    elif isinstance(value, Model):
        if value.pk is None or not getattr(value, "is_plain_member", True):
            raise NotKept
        flat.append(value.pk)
        return kind, getattr(value, "known_ties", None)
    elif value is None or isinstance(value, (bool, Enum)):
        return value
    elif kind is not AnonymousUser:
        raise NotKept
    return kind


def stand_in(value, marks):
    """The same with a mark for each value, in the order of `taken_apart`, added to `marks`."""
    kind = value.__class__
    if kind in MARKS:
        return marks.add(kind)
    if kind is Many:
        return Many(value.kind, [marks.add(value.kind)])
    if kind in {list, tuple}:
        return kind(stand_in(one, marks) for one in value)
    if isinstance(value, Model):
        key = marks.add(value.pk.__class__)
        if hasattr(value, "is_plain_member"):
            marks.of_readers.add(len(marks) - 1)
            return kind.plain_member(key, value.known_ties)
        return kind.from_db(DEFAULT_DB_ALIAS, [kind._meta.pk.attname], [key])
    return AnonymousUser() if kind is AnonymousUser else value


class Marks(list):
    def __init__(self):
        super().__init__()
        self.of_readers = set()

    def add(self, kind):
        self.append(MARKS[kind](len(self)))
        return self[-1]


class Place(int):
    """Which of the values stands here."""


class PlaceOfMany(Place):
    """Which list of values stands here."""


def place(param, marks):
    """The parameter with places instead of marks."""
    if type(param) is AsOne:
        return PlaceOfMany(marks.index(param[0]))
    if type(param) is list:
        return [place(one, marks) for one in param]
    return Place(marks.index(param)) if type(param) in MARKS and param in marks else param


def parameter(one, kinds):
    """The place as the database is told of it. What does not vary stands there itself."""
    found = {kinds[place] for place in _flat([one]) if isinstance(place, Place)}
    if not found:
        return one
    (kind,) = found
    return Parameter(TYPES[kind], is_list=type(one) in {list, PlaceOfMany})


def all_placed(places, marks):
    """Each value has its places, and none went into something else: the beginning of a text, a sum. That a rule asks
    for a reader's standing and not for their key is the only exception."""
    flat = list(_flat(places))
    others = repr([getattr(one, "adapted", one) for one in flat if not isinstance(one, Place)])
    found = {int(one) for one in flat if isinstance(one, Place)}
    return found | marks.of_readers == set(range(len(marks))) and not any(told in others for told in TELLTALES)


def _flat(places):
    for one in places:
        yield from _flat(one) if type(one) is list else [one]


def _fill(one, flat):
    if isinstance(one, Place):
        return flat[one]
    return [_fill(part, flat) for part in one] if type(one) is list else one


def check(queryset, sql, params):
    """What is kept is what the question says now, to the letter. Raises AssertionError."""
    fresh, given = queryset.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    told = [repr([getattr(one, "adapted", one) for one in some]) for some in (params, given)]
    if fresh != sql or told[0] != told[1]:
        raise AssertionError(f"A question reads otherwise than it was kept:\n{sql} {told[0]}\n{fresh} {told[1]}")
