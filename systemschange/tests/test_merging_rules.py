"""Every column that points at an account says what becomes of it when two accounts become one."""

from django.apps import apps

from members.models import User
from members.privacy.merging import RULES, How


def columns_of(model):
    return {one.name for one in model._meta.local_fields if one.related_model is User}


def where(model):
    room = model.__module__.split(".")[0]
    ours = {"digests", "reports", "insights", "stories", "networks"}
    return f"{room}/merging.py" if room in ours else "members/merging.py"


def test_every_column_that_points_at_an_account_has_its_line():
    lacking = []
    for model in apps.get_models():
        missing = sorted(columns_of(model) - set(RULES.get(model, ())))
        if missing:
            lines = ", ".join(f"{name}=moves()" for name in missing)
            lacking.append(f"{where(model)}: merges({model.__name__}, {lines}), or goes(why), or by(function)")
    assert not lacking, "Write what becomes of it when two accounts become one:\n" + "\n".join(lacking)


def test_every_line_is_about_a_column_that_is_there_and_what_does_not_move_says_why():
    for model, rules in RULES.items():
        assert set(rules) <= columns_of(model), model
        for name, rule in rules.items():
            assert rule.how == How.MOVES or rule.why, (model, name)
            assert not rule.without or model._meta.get_field(rule.without).null, (model, name)
