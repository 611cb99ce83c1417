"""Keyset pages: a page begins where the last one ended, so the thousandth costs what the first does."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext


class BadCursor(Http404):
    """No cursor of this list: typed by hand, cut off in a mail, or from another list. There is no such page."""


@dataclass(frozen=True)
class Page:
    """Some items, with the addresses of what comes before them and after them, each empty at its end."""

    items: list
    newer: str = ""
    older: str = ""


class Keyset:
    """The order of a list, as for `order_by`, and how much of it makes a page.

    The last field must tell any two items apart, and none may be null. Fields may be annotations or reach across a
    relation (`user__first_name`; select it). A cursor holds these fields of one item. It is encrypted, since a key that
    counts or the second of a publication is nobody's business, and the same item always gives the same cursor, so that
    a page which is alike for everybody can be kept for everybody.
    """

    def __init__(self, *order, size=20):
        self.order = order
        self.size = size

    def page(self, queryset, query):
        """The page that `after` or `before` in the query asks for, else the first. Never counts. Raises BadCursor."""
        return self.page_of(partial(self.part, queryset), query)

    def page_of(self, ask, query):
        """The same of a question that is written once (`design/compiled.py`); `ask(order, values)` answers `part`."""
        after, before = query.get("after", ""), query.get("before", "")
        if before and not after:
            items, more = self._read(ask, before, backwards=True)
            has_newer, has_older = more, True
        else:
            items, more = self._read(ask, after)
            has_newer, has_older = bool(after), more
        if not items:
            return Page([], newer=_address(query) if after or before else "")
        return Page(
            items,
            newer=_address(query, before=self.cursor(items[0])) if has_newer else "",
            older=_address(query, after=self.cursor(items[-1])) if has_older else "",
        )

    def first_page(self, found, query):
        """The first page of what has been found already, more than a page of it or all."""
        items, more = found[: self.size], len(found) > self.size
        return Page(items, older=_address(query, after=self.cursor(items[-1])) if more else "")

    def cursor(self, item):
        """Where this item stands in the list, as a text for an address."""
        values = json.dumps([_value(item, field.removeprefix("-")) for field in self.order], default=_moment)
        return urlsafe_b64encode(_cipher().encrypt(values.encode(), [self._purpose])).decode().rstrip("=")

    def begin(self, order, values):
        """What `first` takes as the place where a page begins: these values, or None."""
        return values

    def first(self, queryset, order, values):
        """Where a page begins: what follows these values in this order, or all where there are none. A list that has
        a quicker way to a page answers with a part of it, `size` and one more at least."""
        return queryset.filter(_beyond(order, values)) if values else queryset

    def part(self, queryset, order, values):
        """The rows of a page that begins there, and one more if there are more."""
        return self.first(queryset, order, values).order_by(*order)[: self.size + 1]

    def _values(self, cursor):
        try:
            sealed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            return json.loads(_cipher().decrypt(sealed, [self._purpose]), object_hook=_when)
        except (ValueError, InvalidTag) as error:
            raise BadCursor from error

    @property
    def _purpose(self):
        return ",".join(self.order).encode()

    def _read(self, ask, cursor, *, backwards=False):
        """One page of items, in the order of the list, and whether there are more of them in this direction."""
        order = tuple(_turned(field) for field in self.order) if backwards else self.order
        values = self._values(cursor) if cursor else None
        found = list(ask(order, self.begin(order, values)))
        items = found[: self.size]
        return items[::-1] if backwards else items, len(found) > self.size


def _beyond(order, values):
    """What follows these values: a <= x and (a < x or (b <= y and ...)). The outer bound is one an index can use."""
    rule = None
    for field, value in zip(reversed(order), reversed(values), strict=True):
        name, side = field.removeprefix("-"), "lt" if field.startswith("-") else "gt"
        beyond = Q((f"{name}__{side}", value))
        rule = beyond if rule is None else Q((f"{name}__{side}e", value)) & (beyond | rule)
    return rule


def _turned(field):
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def _value(item, path):
    for name in path.split("__"):
        item = getattr(item, name)
    return item


def _moment(value):
    """JSON's own form for datetimes would lose their microseconds."""
    return {"at": value.isoformat()}


def _when(found):
    return datetime.fromisoformat(found["at"])


def _cipher():
    return _cipher_with(settings.SECRET_KEY)


@lru_cache(maxsize=1)
def _cipher_with(secret):
    return AESSIV(salted_hmac("design.paging", "cursor", secret=secret, algorithm="sha512").digest())


def _address(query, **cursor):
    """The same question, from another place in the list."""
    query = query.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query.update(cursor)
    return f"?{query.urlencode()}"


def counted(queryset, one, many, *, up_to):
    """ "17 stories", and no more exact than "200+ stories": counting on would cost more than it tells."""
    return said_count(queryset.values("pk")[: up_to + 1].count(), one, many, up_to=up_to)


def said_count(count, one, many, *, up_to):
    if count > up_to:
        return f"{up_to}+ {many}"
    return f"{count or gettext('No')} {one if count == 1 else many}"
