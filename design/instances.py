"""Rows made instances in fewer steps than Django takes, where nothing is lost by it (docs/decisions/0086).

`Model.from_db` walks through all fields of a model for each row, those that were not asked for included, and sends two
signals. Where nobody listens and all that was asked for is kept in the instance as it comes, the columns are laid
straight into it. What was not asked for stays away, and is asked for when it is needed, as ever. The other way round,
`write_columns` writes a few columns of a row where nobody waits for its saves.
"""

from functools import lru_cache
from inspect import getattr_static

from django.db import DatabaseError, connection
from django.db.models import FileField, ForeignKey, ImageField, Model
from django.db.models.base import ModelState
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, post_save, pre_init

# Attributes that keep what comes from the database as it is.
AS_IT_COMES = {DeferredAttribute, ForeignKey.descriptor_class, FileField.descriptor_class, ImageField.descriptor_class}
# Beginnings of an instance that add nothing where its fields are given in their order, as rows are.
ADDING_NOTHING = {Model.__init__}


def adds_nothing_to_rows(begin):
    """Marks an `__init__` that is Django's own for what comes from the database."""
    ADDING_NOTHING.add(begin)
    return begin


class Plain:
    """Stands where Django looks for a model in what it knows of a question's columns."""

    def __init__(self, model):
        self.model, self._meta = model, model._meta

    def from_db(self, db, names, values):
        made = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, db
        made.__dict__ = dict(zip(names, values, strict=True), _state=state)
        return made


def is_plain(model):
    return (
        model.from_db.__func__ is Model.from_db.__func__
        and model.__init__ in ADDING_NOTHING
        and not any(signal.has_listeners(model) for signal in (pre_init, post_init))
        and all(type(getattr_static(model, field.attname)) in AS_IT_COMES for field in model._meta.concrete_fields)
    )


def lay_straight(known):
    """`known`: a compiler's `klass_info`. Put plain makers of instances where it names models, or leave it."""
    if known and is_plain(known["model"]):
        known["model"] = Plain(known["model"])
    for related in (known or {}).get("related_klass_infos", []):
        lay_straight(related)


def write_columns(row, *names):
    """What `row.save(update_fields=names)` writes, in one step where nobody waits for saves of its model. Nothing is
    asked before a save (Wagtail gives new rows a language there), so no field may fill itself, as `auto_now` does."""
    model = type(row)
    if post_save.has_listeners(model) or not names:
        row.save(update_fields=names)
        return
    words, fields = _update_of(model, names)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(words, [*values, row.pk])
        if not cursor.rowcount:
            raise DatabaseError(f"This {model.__name__} is not there any more")


@lru_cache(maxsize=256)
def _update_of(model, names):
    """(SQL, fields in its order)."""
    quoted, fields = connection.ops.quote_name, [model._meta.get_field(name) for name in names]
    if any(isinstance(field, FileField) or getattr(field, "auto_now", False) for field in fields):
        raise TypeError(f"{model.__name__}: a field of {names} fills itself when it is saved")
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    return f"UPDATE {table} SET {columns} WHERE {key} = %s", fields  # noqa: S608 (names of the model's own)
