"""Which columns of a model need a rule: what points at a person, and what holds words that may be somebody's."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from wagtail.fields import StreamField

from members.models import User

# The keys by which a row is about any row of another model.
GENERIC = ("object_id", "to_object_id")
SPEAKING = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    ArrayField,
    SearchVectorField,
    StreamField,
)
ADDRESSES = (models.EmailField, models.GenericIPAddressField)


def points_at_people(model):
    """Names of the columns that lead straight to a person."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    names = [one.name for one in fields if one.related_model is User]
    names += [one.name for one in model._meta.local_fields if isinstance(one, ADDRESSES)]
    return names + [name for name in GENERIC if _is_generic(model, name)]


def _is_generic(model, name):
    own = {one.name: one for one in model._meta.local_fields}
    return name in own and any(one.related_model is ContentType for one in own.values())


def holds_words(model):
    """Names of the columns in which somebody's own words can stand."""
    return [
        one.name
        for one in model._meta.local_fields
        if isinstance(one, SPEAKING)
        and not isinstance(one, (models.EmailField, models.SlugField))
        and not (one.choices or one.unique or one.name in GENERIC)
    ]


def leads_to_people(model, seen=()):
    """Whether its rows hang on a person, however many rows lie between."""
    if model is User or points_at_people(model):
        return True
    nexts = {one.related_model for one in model._meta.fields if one.related_model} - {model, ContentType, *seen}
    return any(leads_to_people(one, (*seen, model)) for one in nexts)


def needed(model):
    """The names that a `register` line of this model must have."""
    names = points_at_people(model)
    if leads_to_people(model) and set(holds_words(model)) - set(names):
        names.append("words")
    return names
