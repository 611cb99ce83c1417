"""How a copy of somebody's data tells one model: in columns, in a way of its own, or not at all and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import User

GONE = _("Something that you cannot read any more")


@dataclass(frozen=True)
class Cell:
    """One value with its name for machines and its label for people."""

    name: str
    label: str
    value: object

    @property
    def has_rows(self):
        return isinstance(self.value, list) and bool(self.value) and isinstance(self.value[0], list)

    @property
    def is_picture(self):
        return self.name == "file"

    @property
    def text(self):
        """As a person reads it; nothing in it is shown as anything but text."""
        if isinstance(self.value, datetime):
            return date_format(timezone.localtime(self.value), "j F Y, H:i")
        if isinstance(self.value, date):
            return date_format(self.value, "j F Y")
        if isinstance(self.value, bool):
            return gettext("Yes") if self.value else gettext("No")
        return ", ".join(map(str, self.value)) if isinstance(self.value, list) else str(self.value)


@dataclass(frozen=True)
class Told:
    """One part of a copy: its title, and the function that gives its rows, each a list of cells."""

    title: str
    rows: Callable


@dataclass(frozen=True)
class NotTold:
    """Left out of every copy, for a reason."""

    why: str


def table(title, of, columns):
    """The rows whose column `of` points at the member; without a model, since `register` names it."""
    return lambda model: Told(title, lambda copy: rows_of(model, of, columns, copy))


def by_hand(title, function):
    """`function(copy)` gives the rows."""
    return lambda model: Told(title, function)


def not_told(why):
    return lambda model: NotTold(why)


def rows_of(model, of, columns, copy):
    is_address = isinstance(model._meta.get_field(of), models.EmailField)
    rows = model._base_manager.filter(**{of: copy.member} if not is_address else {f"{of}__in": copy.addresses})
    return [cells(row, columns, copy) for row in rows.order_by("pk")]


def cells(row, columns, copy):
    """The named columns of a row that are not empty."""
    told = [Cell(name, _label(row, name), _value(row, name, copy)) for name in columns]
    return [cell for cell in told if cell.value not in (None, "", [])]


def _label(row, name):
    label = str(row._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _value(row, name, copy):
    field = row._meta.get_field(name)
    if field.related_model is User:
        raise ValueError(f"{name} would tell who somebody else is")
    value = getattr(row, name)
    if field.many_to_many:
        return [say(one, copy) for one in value.all()]
    if getattr(field, "choices", None):
        return str(getattr(row, f"get_{name}_display")() or "")
    return say(value, copy)


def say(value, copy):
    """A value as a copy holds it. What somebody else wrote is named only while the member may read it."""
    if isinstance(value, models.Model):
        return _name(value, copy)
    if value is None or isinstance(value, (bool, int, float, str, list, dict, date)):
        return value
    return str(value)


def _name(row, copy):
    asked = getattr(type(row).objects, "visible_to", None)
    if asked and not asked(copy.member).filter(pk=row.pk).exists():
        return GONE
    return str(row)
