"""Rows are made what Django makes of them, or left to Django."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.db.models import DateTimeField, Model
from django.db.models.signals import post_init, post_save, pre_save
from django.test.utils import isolate_apps
from wagtail.models import Page, Revision

from design.instances import Plain, is_plain, lay_straight, write_columns

PLAIN = [model for model in apps.get_models() if is_plain(model)]


def kept(instance):
    found = dict(vars(instance))
    state = found.pop("_state")
    return found, state.adding, state.db, state.fields_cache


@pytest.mark.parametrize("asked", [slice(None), slice(None, None, 2)], ids=["all columns", "every second column"])
@pytest.mark.parametrize("model", PLAIN, ids=lambda model: model._meta.label)
def test_a_row_becomes_what_django_makes_of_it(model, asked):
    names = [field.attname for field in model._meta.concrete_fields][asked]
    values = list(range(len(names)))
    made, by_django = Plain(model).from_db("default", names, values), model.from_db("default", names, values)
    assert type(made) is model
    assert kept(made) == kept(by_django)
    assert made.get_deferred_fields() == by_django.get_deferred_fields()


def test_most_of_what_pages_show_is_laid_straight():
    assert {"stories.Story", "members.User", "members.Profile", "practices.Practice"} < {
        model._meta.label for model in PLAIN
    }


def test_a_model_that_begins_in_its_own_way_is_left_to_django():
    assert not is_plain(Page)


def test_a_model_to_which_somebody_listens_is_left_to_django():
    def listen(sender, **kwargs):
        pass

    user = get_user_model()
    post_init.connect(listen, sender=user)
    try:
        assert not is_plain(user)
    finally:
        post_init.disconnect(listen, sender=user)
    assert is_plain(user)


def test_what_django_knows_of_joined_models_is_changed_alike():
    user = {"model": get_user_model()}
    known = {"model": Session, "related_klass_infos": [{"model": Page, "related_klass_infos": [user]}]}
    lay_straight(known)
    assert isinstance(known["model"], Plain)
    (page,) = known["related_klass_infos"]
    assert page["model"] is Page
    assert isinstance(user["model"], Plain)


@pytest.mark.django_db
def test_written_columns_are_those_that_django_would_write():
    user = get_user_model().objects.create(email="a@example.org", first_name="A", last_name="B")
    user.first_name, user.last_name, user.email = "C", "it's %s", "not-written@example.org"
    write_columns(user, "first_name", "last_name")
    stored = get_user_model().objects.get(pk=user.pk)
    assert (stored.first_name, stored.last_name, stored.email) == ("C", "it's %s", "a@example.org")


@pytest.mark.django_db
def test_a_row_whose_saves_somebody_waits_for_is_saved_by_django():
    user, heard = get_user_model().objects.create(email="a@example.org", first_name="A"), []

    def listen(sender, update_fields, **kwargs):
        heard.append(set(update_fields))

    user.first_name = "C"
    post_save.connect(listen, sender=get_user_model())
    try:
        write_columns(user, "first_name")
    finally:
        post_save.disconnect(listen, sender=get_user_model())
    assert heard == [{"first_name"}]
    assert get_user_model().objects.get(pk=user.pk).first_name == "C"


@pytest.mark.django_db
def test_a_row_that_is_gone_is_not_written_in_silence():
    user = get_user_model().objects.create(email="a@example.org", first_name="A")
    get_user_model().objects.filter(pk=user.pk).delete()
    with pytest.raises(DatabaseError):
        write_columns(user, "first_name")


@isolate_apps("design")
def test_a_field_that_fills_itself_is_left_to_django():
    class Changed(Model):  # noqa: DJ008
        at = DateTimeField(auto_now=True)

        class Meta:
            app_label = "design"

    with pytest.raises(TypeError, match="fills itself"):
        write_columns(Changed(pk=1), "at")


def test_before_these_are_saved_nothing_happens_that_would_be_missed():
    for model in (apps.get_model("stories", "Story"), Revision):
        assert [one.__name__ for one in pre_save._live_receivers(model)[0]] == ["set_locale_on_new_instance"]
