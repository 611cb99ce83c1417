"""Numbers of rooms above this one: it does not know them, so each registers its own in a `figures.py`."""

from collections.abc import Callable
from dataclasses import dataclass

_sources = []


@dataclass(frozen=True)
class Source:
    """One table: `rows` is asked with the moment, and gives rows of a label and cells. Numbers of people in fives."""

    title: str
    note: str
    head: tuple[str, ...]
    rows: Callable


def register(source: Source) -> None:
    _sources.append(source)


def registered() -> list:
    return list(_sources)
