"""Every model says what becomes of what it keeps about people; a new one without a line fails here."""

import pytest
from django.apps import apps
from django.db import models

from members.models import User
from members.privacy import entries
from members.privacy.pointers import needed, points_at_people
from members.privacy.rules import What
from members.privacy.telling import NotTold

ENTRIES = {entry.model: entry for entry in entries()}
OURS = {"digests", "reports", "insights", "stories", "networks", "members", "systemschange"}


def of_tables():
    return [model for model in apps.get_models() if not model._meta.proxy]


def where(model):
    room = model.__module__.split(".")[0]
    if room == "members":
        return "members/privacy/of_members.py"
    return f"{room}/privacy.py" if room in OURS else "members/privacy/of_libraries.py"


def line_for(model):
    """What whoever made the model may write, and where."""
    name = model.__name__ if where(model) != "members/privacy/of_libraries.py" else f'"{model._meta.label}"'
    if not needed(model):
        return f'{where(model)}: nobody("why it holds nothing of any person", {name})'
    rules = ", ".join(f"{one}={suggested(model, one)}" for one in needed(model))
    return f"{where(model)}: register({name}, {rules}, export={told(model)})"


def suggested(model, name):
    if name == "words":
        return 'goes_with("the column whose row decides")'
    field = model._meta.get_field(name)
    if field.related_model is User and field.null:
        return 'unlink("why the row stays without them")'
    return "delete()"


def told(model):
    pointer = next(iter(points_at_people(model)), "member")
    return f'table("What it is, to its owner", "{pointer}", ["created_at"]) or not_told("why not")'


def test_every_model_has_its_line():
    missing = [line_for(model) for model in of_tables() if model not in ENTRIES]
    assert not missing, "Write what becomes of it when somebody leaves:\n" + "\n".join(missing)


def test_every_column_that_points_at_a_person_or_holds_words_has_its_rule():
    lacking = {}
    for model, entry in ENTRIES.items():
        lacks = set(points_at_people(model) if entry.why_nobody else needed(model)) - set(entry.rules)
        if lacks:
            lacking[model._meta.label] = f"{sorted(lacks)} have no rule. {line_for(model)}"
    assert lacking == {}


def test_every_rule_is_about_a_column_that_is_there():
    for model, entry in ENTRIES.items():
        columns = {field.name for field in model._meta.get_fields()} | {"words"}
        assert set(entry.rules) <= columns, model
        assert {name for rule in entry.rules.values() for name in rule.blank} <= columns, model


def test_what_stays_says_why():
    silent = [
        (model.__name__, name)
        for model, entry in ENTRIES.items()
        for name, rule in entry.rules.items()
        if rule.what in {What.KEEP, What.UNLINK, What.GOES_WITH, What.BLANK} and not rule.why
    ]
    assert silent == []


def test_what_points_at_a_member_is_in_their_copy_or_says_why_not():
    untold = [
        line_for(model)
        for model, entry in ENTRIES.items()
        if not entry.exports and any(_points_by_key(model, name) for name in entry.rules)
    ]
    assert untold == []
    assert all(one.why for entry in ENTRIES.values() for one in entry.exports if isinstance(one, NotTold))


def _points_by_key(model, name):
    return name != "words" and model._meta.get_field(name).related_model is User


@pytest.mark.parametrize("keyed", ["member", "contact"])
def test_a_new_model_that_points_at_a_person_is_noticed(keyed):
    """The walk itself: a model that somebody adds, with a key or with an address alone."""
    columns = {
        "member": models.ForeignKey(User, null=True, on_delete=models.SET_NULL),
        "contact": models.EmailField(),
    }
    fields = {keyed: columns[keyed], "note": models.TextField(), "__module__": "networks.models"}
    registered = dict(apps.all_models["networks"])
    try:
        added = type("Postcard", (models.Model,), fields | {"Meta": type("Meta", (), {"app_label": "networks"})})
        assert needed(added) == [keyed, "words"]
        assert line_for(added).startswith(f"networks/privacy.py: register(Postcard, {keyed}=")
        assert added not in ENTRIES
    finally:
        apps.all_models["networks"].clear()
        apps.all_models["networks"].update(registered)
        apps.clear_cache()
