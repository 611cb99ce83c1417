"""The shared words in Wagtail's admin: editors keep them, and nobody deletes one."""

from datetime import UTC, datetime

import pytest
from django.urls import NoReverseMatch, reverse

from practices.models import Boundary, Place, Practice, Role
from practices.tests.factories import BoundaryFactory, sign_in

pytestmark = pytest.mark.django_db

MODELS = [Boundary, Place, Practice, Role]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def address(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


@pytest.fixture
def editor(client):
    return sign_in(client, "Editors", is_staff=True)


@pytest.fixture
def administrator(client):
    return sign_in(client, is_staff=True, is_superuser=True)


def statuses(client, model):
    word = model.objects.first()
    paths = [("list",), ("list_results",), ("add",), ("edit", word.pk), ("history", word.pk)]
    return [client.get(address(model, *path)).status_code for path in paths]


def test_editors_find_the_shared_words_in_the_menu(client, editor):
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert page.count("Shared words") == 1


@pytest.mark.parametrize("model", [Boundary, Practice, Role])
def test_editors_read_add_and_change_words(client, editor, model):
    assert statuses(client, model) == [200] * 5


def test_editors_read_and_change_places_and_add_none(client, editor):
    assert statuses(client, Place) == [200, 200, 302, 200, 200]


@pytest.mark.parametrize("model", MODELS)
def test_moderators_change_no_words(client, model):
    sign_in(client, "Moderators", is_staff=True)
    assert statuses(client, model)[2:] == [302] * 3


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("view", ["delete", "usage", "copy"])
def test_words_have_no_page_that_deletes_copies_or_tells_who_uses_them(model, view):
    with pytest.raises(NoReverseMatch):
        address(model, view, 1)


@pytest.mark.parametrize("model", MODELS)
def test_bulk_deletion_deletes_nothing_even_for_an_administrator(client, administrator, model):
    word, count = model.objects.first(), model.objects.count()
    bulk = reverse("wagtail_bulk_action", args=["practices", model._meta.model_name, "delete"])
    client.post(f"{bulk}?id={word.pk}&next=/admin/")
    assert model.objects.count() == count


@pytest.mark.parametrize("model", MODELS)
def test_lists_are_searched_by_name(client, editor, model):
    found, other = model.objects.all()[:2]
    page = client.get(address(model, "list_results"), {"q": found.name}).content.decode()
    assert address(model, "edit", found.pk) in page
    assert address(model, "edit", other.pk) not in page


@pytest.mark.parametrize("query", ["?q=%00", "?kind=%00", "?parent=x", "?family=nothing", "?p=0", "?ordering=%00"])
@pytest.mark.parametrize("model", [Boundary, Place])
def test_strange_questions_to_a_list_are_answered(client, editor, model, query):
    assert client.get(address(model, "list") + query).status_code in {200, 404}


def test_a_new_boundary_gets_its_address_from_its_name(client, editor):
    client.post(address(Boundary, "add"), {"name": "Fire & rescue", "family": "community"})
    boundary = Boundary.objects.get(name="Fire & rescue")
    assert (boundary.slug, boundary.family, boundary.sensitive) == ("fire-rescue", "community", False)


def test_a_renamed_practice_keeps_its_address(client, editor):
    practice = Practice.objects.get(slug="rule-or-habit")
    changed = {"name": "Is it a rule?", "stage": "flex", "one_line": "Ask where it is written.", "position": 1}
    changed["first_step"] = "Ask one person."
    client.post(address(Practice, "edit", practice.pk), changed)
    practice.refresh_from_db()
    assert (practice.name, practice.slug) == ("Is it a rule?", "rule-or-habit")
    assert practice.first_step == "Ask one person."


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("MIDWIFE!", "There is one with almost this name already: its address would be the same"),
        ("!!!", "Enter a name with letters in it"),
        ("Mid\x00wife", "Null characters are not allowed."),
    ],
)
def test_a_name_that_makes_no_address_of_its_own_is_refused_in_words(client, editor, name, error):
    response = client.post(address(Role, "add"), {"name": name})
    assert response.context["form"].errors == {"name": [error]}


def test_editing_a_place_changes_its_name_and_point_and_nothing_else(client, editor):
    salford, leeds = Place.objects.get(slug="salford"), Place.objects.get(slug="leeds")
    changed = {
        "name": "City of Salford",
        "latitude": 53.5,
        "longitude": -2.3,
        "parent": leeds.pk,
        "slug": "x",
        "code": "x",
    }
    client.post(address(Place, "edit", salford.pk), changed)
    salford.refresh_from_db()
    assert (salford.name, salford.latitude, salford.longitude) == ("City of Salford", 53.5, -2.3)
    assert (salford.slug, salford.code, salford.parent.slug) == ("salford", "GB-SLF", "north-west")


def test_retiring_asks_first_and_then_retires(client, editor):
    boundary = BoundaryFactory()
    page = address(Boundary, "retire", boundary.pk)
    assert page in client.get(address(Boundary, "list_results"), {"q": boundary.name}).content.decode()
    assert page in client.get(address(Boundary, "edit", boundary.pk)).content.decode()
    assert "Stories and people that carry it keep it." in client.get(page).content.decode()
    assert boundary in Boundary.objects.active()
    response = client.post(page, follow=True)
    assert boundary not in Boundary.objects.active()
    assert f"“{boundary.name}” is retired." in response.content.decode()


def test_a_retired_boundary_can_be_brought_back(client, editor):
    boundary = BoundaryFactory(retired_at=NOON)
    page = address(Boundary, "bring_back", boundary.pk)
    assert page in client.get(address(Boundary, "list_results"), {"q": boundary.name}).content.decode()
    assert page in client.get(address(Boundary, "edit", boundary.pk)).content.decode()
    assert "Everybody can choose" in client.get(page).content.decode()
    client.post(page)
    assert boundary in Boundary.objects.active()


@pytest.mark.parametrize("view", ["retire", "bring_back"])
def test_moderators_neither_retire_nor_bring_back(client, view):
    sign_in(client, "Moderators", is_staff=True)
    active, retired = BoundaryFactory(), BoundaryFactory(retired_at=NOON)
    for boundary in (active, retired):
        client.post(address(Boundary, view, boundary.pk))
    assert set(Boundary.objects.active()) & {active, retired} == {active}


def test_a_moderator_who_reads_words_is_offered_no_retirement(client, django_user_model):
    from django.contrib.auth.models import Permission

    moderator = sign_in(client, "Moderators", is_staff=True)
    moderator.user_permissions.add(Permission.objects.get(codename="add_boundary"))
    page = client.get(address(Boundary, "list_results")).content.decode()
    assert "/retire/" not in page
