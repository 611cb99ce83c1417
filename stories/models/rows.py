"""Rows that came along with a story as JSON, made into what they were: the same properties, and no query."""

from datetime import datetime

from django.db import models


def revive(model, row, **known):
    """An instance of the model. A key "place.parent.name" fills the name of its place's parent."""
    own = {key: _value(model, key, value) for key, value in row.items() if "." not in key}
    parts = {}
    for key, value in row.items():
        if "." in key:
            name, rest = key.split(".", 1)
            parts.setdefault(name, {})[rest] = value
    for name, part in parts.items():
        if any(value is not None for value in part.values()):
            own[name] = revive(model._meta.get_field(name).related_model, part)
    return model(**own, **known)


def _value(model, name, value):
    field = None if name == "pk" else model._meta.get_field(name)
    return datetime.fromisoformat(value) if isinstance(field, models.DateTimeField) and value else value
