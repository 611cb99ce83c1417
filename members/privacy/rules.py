"""The vocabulary of the rules, and the one list of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import autodiscover_modules


class What(Enum):
    DELETE = "the rows go"
    UNLINK = "the rows stay and point at nobody"
    BLANK = "the column is emptied"
    BY = "a function of the room does it"
    GOES_WITH = "goes with what it hangs on"
    KEEP = "stays"


@dataclass(frozen=True)
class Rule:
    """What becomes of one column when the person whom it points at closes their account."""

    what: What
    why: str = ""
    blank: tuple = ()
    function: Callable | None = None


@dataclass(frozen=True)
class Entry:
    """All that is to be said about one model: a rule for each column, and how a copy tells it."""

    model: type
    rules: dict = field(default_factory=dict)
    exports: tuple = ()
    why_nobody: str = ""


ENTRIES = {}


def delete(why=""):
    return Rule(What.DELETE, why)


def unlink(why, *, blank=()):
    return Rule(What.UNLINK, why, blank=tuple(blank))


def blank(why):
    return Rule(What.BLANK, why)


def by(function, why=""):
    return Rule(What.BY, why or function.__doc__, function=function)


def goes_with(name):
    return Rule(What.GOES_WITH, name)


def keep(why):
    return Rule(What.KEEP, why)


def register(model, *, export=None, **rules):
    """The rules of one model, by its columns. `words` stands for all its other columns of words.

    `export`: how a copy tells the rows that are the member's (`table`, `by_hand`, several of them, or `not_told`).
    """
    model = _model(model)
    told = export if isinstance(export, tuple) else (export,) if export else ()
    ENTRIES[model] = Entry(model, rules, tuple(one(model) for one in told))


def nobody(why, *models):
    """These hold nothing of any person, and why."""
    for model in map(_model, models):
        ENTRIES[model] = Entry(model, why_nobody=why)


def entries():
    """Those of our rooms first, from the highest floor: what hangs on something goes before it."""
    order = [config.label for config in apps.get_app_configs()]
    return sorted(ENTRIES.values(), key=lambda entry: (not _ours(entry), order.index(entry.model._meta.app_label)))


def _ours(entry):
    return entry.model.__module__.split(".")[0] in {"digests", "reports", "insights", "stories", "networks", "members"}


def _model(model):
    return apps.get_model(model) if isinstance(model, str) else model


def discover():
    """Read every room's rules, once all models are there: for leaving, and for two accounts that become one."""
    for own in ("of_libraries", "of_members"):
        import_module(f"members.privacy.{own}")
    autodiscover_modules("privacy", "merging")
