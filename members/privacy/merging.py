"""Two accounts of one person become one: what each room says becomes of the other account's rows.

Each room's `merging.py` has one line a model, and `systemschange/tests/test_merging_rules.py` fails for a column that
points at an account and has none.

    merges(Reading, member=moves())

    moves()             the rows become the kept account's. What a constraint allows once, and the kept account has, is
                        left behind and goes with the other account. `without=` names a column that is emptied
    goes(why)           left behind: whatever closing the account does with it
    by(function)        a function of that room does it, before anything else moves: `function(pair)`

What follows from a merge (rows by which things are found) a room does in a function marked `@afterwards`. What staff
are shown of an account before they decide a room tells in one marked `@shown`: never more than members read anyway.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.apps import apps
from django.db import IntegrityError, transaction

from members.models import User

RULES = {}
AFTERWARDS = []
SHOWN = []


@dataclass(frozen=True)
class Pair:
    """The account that stays, the one that goes, and when."""

    kept: User
    gone: User
    now: datetime

    @property
    def both(self):
        return (self.kept, self.gone)


class How(Enum):
    MOVES = "becomes the kept account's"
    GOES = "goes with the other account"
    BY = "a function of the room does it"


@dataclass(frozen=True)
class Rule:
    """What becomes of the rows that point at the other account by one column."""

    how: How
    why: str = ""
    without: str = ""
    function: Callable | None = None


def moves(*, without=""):
    return Rule(How.MOVES, without=without)


def goes(why):
    return Rule(How.GOES, why)


def by(function):
    return Rule(How.BY, function.__doc__, function=function)


def merges(model, **rules):
    """The rules of one model, by its columns."""
    RULES[apps.get_model(model) if isinstance(model, str) else model] = rules


def afterwards(function):
    AFTERWARDS.append(function)
    return function


def shown(function):
    """`function(member, reader)` gives lines for the page where staff decide."""
    SHOWN.append(function)
    return function


@transaction.atomic
def carry_over(pair):
    """Everything that a rule moves is the kept account's afterwards. The other account is still there, and emptier."""
    columns = [(model, name, rule) for model, rules in RULES.items() for name, rule in rules.items()]
    for function in dict.fromkeys(rule.function for _, _, rule in columns if rule.how == How.BY):
        function(pair)
    for model, name, rule in columns:
        if rule.how == How.MOVES:
            _move(model, name, rule, pair)
    for function in AFTERWARDS:
        function(pair)


def _move(model, name, rule, pair):
    changes = {name: pair.kept.pk} | ({rule.without: None} if rule.without else {})
    rows = model._base_manager
    found = rows.filter(**{name: pair.gone.pk})
    if rule.without or not _may_be_once(model, name):
        found.update(**changes)
        return
    for key in list(found.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                rows.filter(pk=key).update(**changes)
        except IntegrityError:
            # The kept account has its own.
            continue


def _may_be_once(model, name):
    """Whether some constraint could refuse the row: then each is tried by itself."""
    return bool(model._meta.constraints or model._meta.unique_together or model._meta.get_field(name).unique)
