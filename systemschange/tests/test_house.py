"""The rules of the house that no tool keeps by itself."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField

ROOT = Path(settings.BASE_DIR)
FLOORS = [
    {"design", "confidentiality"},
    {"practices"},
    {"members"},
    {"networks"},
    {"stories"},
    {"insights"},
    {"reports"},
    {"digests"},
    {"systemschange"},
]
ROOMS = sorted(set().union(*FLOORS))
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_in_one_sentence_what_it_is(room):
    docstring = ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text()))
    assert docstring
    assert len(docstring.splitlines()) == 1


def test_foreign_keys_point_downwards_too():
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for room in ROOMS
        for model in apps.get_app_config(room).get_models(include_auto_created=False)
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
        and field.related_model._meta.app_label in FLOOR
        and FLOOR[field.related_model._meta.app_label] > FLOOR[room]
    ]
    assert upward == []


def test_the_member_is_the_only_foreign_key_named_by_string():
    """A model named by string hides an import that the layers contract would see."""
    named = []
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if {"migrations", "tests"} & set(path.parts):
                continue
            for call in ast.walk(ast.parse(path.read_text())):
                if isinstance(call, ast.Call) and _is_relation(call) and call.args:
                    target = call.args[0]
                    if isinstance(target, ast.Constant) and target.value not in {"self"}:
                        named.append(f"{path.relative_to(ROOT)}: {target.value}")
    assert named == []


def _is_relation(call):
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    return name in {"ForeignKey", "OneToOneField", "ManyToManyField", "ParentalKey", "ParentalManyToManyField"}


@pytest.mark.parametrize("room", ROOMS)
def test_every_model_says_what_it_is(room):
    silent = [
        model.__name__
        for model in apps.get_app_config(room).get_models()
        if (model.__doc__ or "").startswith(f"{model.__name__}(")
    ]
    assert silent == []
