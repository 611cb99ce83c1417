"""What is kept about a person, as data: one line a model says what a closed account leaves and what a copy holds.

Each room has a `privacy.py` that calls `register` for its models; what libraries keep stands in `of_libraries`. A model
without its line fails `systemschange/tests/test_privacy_rules.py`, which says what to write and where.

    register(Reading, member=delete(), export=table("Stories you opened", "member", ["story", "read_at"]))

    delete()            the rows go
    unlink(why)         the rows stay and point at nobody; `blank=` names columns that are emptied
    blank(why)          the column is emptied, the row stays
    by(function)        a function of that room, given the Leaver, does it
    goes_with(field)    whatever becomes of the row that `field` points at becomes of these
    keep(why)           it stays as it is
    nobody(why, ...)    models that hold nothing of any person
"""

from members.privacy.rules import (
    blank,
    by,
    delete,
    discover,
    entries,
    goes_with,
    keep,
    nobody,
    register,
    unlink,
)
from members.privacy.telling import by_hand, not_told, table

__all__ = [
    "blank",
    "by",
    "by_hand",
    "delete",
    "discover",
    "entries",
    "goes_with",
    "keep",
    "nobody",
    "not_told",
    "register",
    "table",
    "unlink",
]
