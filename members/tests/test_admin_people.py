"""All members in the admin: found, shut out, let in again, taken along; and what became of their mails."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from members import outbox
from members.models import User
from members.tests.factories import (
    AdminFactory,
    EditorFactory,
    ListedMemberFactory,
    MemberFactory,
    ModeratorFactory,
    UserFactory,
    sign_in_staff,
)
from practices.models import Boundary, Place, Role

pytestmark = pytest.mark.django_db
PEOPLE = reverse("members_staff:people")


@pytest.fixture
def desk():
    return sign_in_staff(Client(), ModeratorFactory(first_name="Moira"))


def act(client, name, person, **typed):
    return client.post(reverse(f"members_staff:{name}", args=[person.profile.public_id]), typed)


def known(factory=ListedMemberFactory, **more):
    profile = {"profile__role": Role.objects.get(slug="social-worker"), "profile__organisation": "Quince Trust"}
    profile |= {
        "profile__place": Place.objects.get(slug="salford"),
        "profile__works_in": [Boundary.objects.get(slug="housing")],
    }
    return factory(last_name="Quill", **{**profile, **more})


def test_members_are_found_by_name_state_and_by_what_the_directory_shows(desk):
    listed, unlisted = known(first_name="Liv"), known(MemberFactory, first_name="Una")
    waiting, out = UserFactory(first_name="Wanda"), MemberFactory(first_name="Otto", suspended_at=timezone.now())
    people = {"Liv": listed, "Una": unlisted, "Wanda": waiting, "Otto": out}

    def found(query):
        page = desk.get(f"{PEOPLE}?{query}").content.decode()
        return [name for name in people if f"<strong>{people[name]}</strong>" in page]

    assert found("") == ["Liv", "Una", "Wanda", "Otto"]
    assert found("q=quill") == ["Liv", "Una"]
    assert found("q=liv+quill") == ["Liv"]
    assert found(f"q={unlisted.email}") == ["Una"]
    assert found(f"q={unlisted.email[:-3]}") == []
    assert [found(f"state={state}") for state in ("waiting", "in", "suspended", "listed")] == [
        ["Wanda"],
        ["Liv", "Una"],
        ["Otto"],
        ["Liv"],
    ]
    # What a member keeps out of the directory finds nobody.
    for query in ("q=quince", "role=social-worker", "place=north-west", "place=salford", "service=housing"):
        assert found(query) == ["Liv"], query
    assert found("service=police") == []
    page = desk.get(PEOPLE).content.decode()
    assert page.count("Quince Trust") == 1
    assert not [person for person in people.values() if person.email in page]


def test_a_member_is_shut_out_at_once_and_let_in_again(desk):
    person, theirs = MemberFactory(), Client()
    theirs.force_login(person)
    assert theirs.get(reverse("members:home")).status_code == 200
    act(desk, "suspend_person", person)
    assert User.objects.get(pk=person.pk).suspended_at is not None
    assert theirs.get(reverse("members:home")).status_code == 302
    act(desk, "suspend_person", person, readmit="1")
    assert User.objects.get(pk=person.pk).is_member
    for name in ("suspend_person", "approve_person"):
        assert desk.get(reverse(f"members_staff:{name}", args=[person.profile.public_id])).status_code == 405


def test_staff_are_shut_out_by_an_administrator_only_and_nobody_by_themselves(desk):
    editor, admin = EditorFactory(), AdminFactory()
    refused = act(desk, "suspend_person", editor)
    assert User.objects.get(pk=editor.pk).suspended_at is None
    assert refused.status_code in {302, 403}
    office = sign_in_staff(Client(), admin)
    act(office, "suspend_person", admin)
    act(office, "suspend_person", editor)
    assert User.objects.get(pk=admin.pk).suspended_at is None
    assert User.objects.get(pk=editor.pk).suspended_at is not None


def test_editors_find_no_members_list():
    client = sign_in_staff(Client(), EditorFactory())
    for name in ("people", "people_csv", "people_xlsx"):
        assert client.get(reverse(f"members_staff:{name}")).status_code in {302, 403}


@pytest.mark.parametrize("hidden", ["nobody", "connections"])
def test_a_field_that_members_do_not_see_is_shown_and_found_by_no_moderator_either(desk, hidden):
    names = ("role", "organisation", "place", "works_in")
    audiences = {f"profile__{name}_seen_by": hidden for name in names}
    known(first_name="Liv", **audiences)
    for query in ("q=quince", "role=social-worker", "place=north-west", "place=salford", "service=housing"):
        assert "<strong>Liv Quill</strong>" not in desk.get(f"{PEOPLE}?{query}").content.decode(), query
    page = desk.get(f"{PEOPLE}?q=liv").content.decode()
    table = b"".join(desk.get(reverse("members_staff:people_csv") + "?q=liv").streaming_content).decode()
    for shown in (page[page.index('<table class="listing"') :], table):
        assert "Liv Quill" in shown
        assert not [one for one in ("Social worker", "Quince Trust", "Salford", "Housing") if one in shown]


def test_where_the_work_is_dangerous_a_moderator_reads_the_region_and_no_organisation(desk):
    sensitive = [Boundary.objects.get(slug="domestic-abuse")]
    known(first_name="Liv", profile__works_in=sensitive)
    body = b"".join(desk.get(reverse("members_staff:people_csv") + "?q=liv").streaming_content).decode()
    assert "North West" in body
    assert "Salford" not in body
    assert "Quince Trust" not in body
    for query in ("q=quince", "place=salford"):
        assert "<strong>Liv Quill</strong>" not in desk.get(f"{PEOPLE}?{query}").content.decode(), query


def test_the_table_has_no_address_nothing_unlisted_and_no_formula(desk):
    known(first_name="=1+1")
    known(MemberFactory, first_name="Una")
    body = b"".join(desk.get(reverse("members_staff:people_csv") + "?q=quill").streaming_content).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(body))
    joined = f"{timezone.localdate():%Y-%m}"
    assert head == ["name", "state", "joined", "in the directory", "role", "organisation", "place", "works in"]
    assert rows == [
        ["'=1+1 Quill", "Let in", joined, "yes", "Social worker", "Quince Trust", "Salford", "Housing"],
        ["Una Quill", "Let in", joined, "no", "", "", "", ""],
    ]
    book = b"".join(desk.get(reverse("members_staff:people_xlsx") + "?q=una").streaming_content)
    assert [cell.value for cell in load_workbook(io.BytesIO(book)).active[2]][:2] == ["Una Quill", "Let in"]
    assert "@" not in body


def test_of_a_members_mails_staff_see_kind_state_and_when_and_never_what_would_tell_a_teller(desk):
    member, now = MemberFactory(), timezone.now()
    for kind in ("members.approved", "stories.story_live", "stories.new_responses", "networks.rule_shown"):
        outbox.post(kind=kind, subject="Zqsubject", text="Zqwords", member=member, now=now)
    outbox.post(kind="account.login_code", subject="Zqsubject", text="Zqwords", to=member.email, now=now)
    page = desk.get(reverse("members_staff:mails", args=[member.profile.public_id])).content.decode()
    assert page.count("Your account and signing in") == 2
    assert page.count("Waiting") == 2
    for private in ("Zqsubject", "Zqwords", member.email, "About your stories", "From people", "“Rule or habit?”"):
        assert private not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whoever_is_in_it(desk, django_assert_max_num_queries, count):
    for _ in range(count):
        known()
    desk.get(PEOPLE)
    with django_assert_max_num_queries(18):
        desk.get(PEOPLE)
