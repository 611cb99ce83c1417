"""Nobody finds, counts, sorts or reads a member by a field whose audience leaves them out."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from confidentiality.pictures import clean
from confidentiality.tests.pictures import photo, upload
from members import entries
from members.models import FIELDS, Block, Connection, Entry, Photo, Profile, SeenBy
from members.tests.factories import ListedMemberFactory, MemberFactory, ModeratorFactory
from practices.models import Boundary, Place, Practice, Role

pytestmark = pytest.mark.django_db

NOW = timezone.now()
# What asks for each field, and what stands on the page of whoever has it. No list shows an organisation or a photo.
ASKED = {
    "role": "?q=midwife",
    "organisation": None,
    "place": "?place=north-west",
    "works_in": "?boundary=police",
    "would_cross_to": "?to=mental-health",
    "practices": "?practice=ask-who-can-say-yes",
    "ask_me_about": "?q=tribunal",
    "help_with": "?wants=on",
    "photo": None,
}
READ = {
    "role": "Midwife",
    "organisation": "Quayside Homes",
    "place": "Salford",
    "works_in": "Police",
    "would_cross_to": "Mental health",
    "practices": "Ask who can say yes",
    "ask_me_about": "What a tribunal reads",
    "help_with": "Meeting the night team",
    "photo": 'class="portrait"',
}


def told(**audiences):
    fields = {
        "role": Role.objects.get(slug="midwife"),
        "organisation": "Quayside Homes",
        "place": Place.objects.get(slug="salford"),
        "works_in": Boundary.objects.filter(slug="police"),
        "would_cross_to": Boundary.objects.filter(slug="mental-health"),
        "practices": Practice.objects.filter(slug="ask-who-can-say-yes"),
        "ask_me_about": "What a tribunal reads",
        "help_with": "Meeting the night team",
        "photo": Photo.keep(clean(upload(photo())), now=NOW),
    }
    fields |= {f"{name}_seen_by": audience for name, audience in audiences.items()}
    return ListedMemberFactory(first_name="Wren", **{f"profile__{name}": value for name, value in fields.items()})


def body(client, address):
    """The page without what changes by itself, such as a token in a form."""
    page = client.get(address).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page[page.index("<main") : page.index("</main>")])


def finds(client, question):
    page = body(client, f"/people/{question}")
    return "Wren" in page, re.search(r"<h2>([^<]+)</h2>", page)[1]


@pytest.mark.long
@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_found_counted_and_read_by_its_audience_and_nobody_else(client, name):
    plain, close, moderator = MemberFactory(), MemberFactory(), ModeratorFactory()
    for audience, circle in (("members", "everybody"), ("connections", "close"), ("nobody", "")):
        wren = told(**{name: audience})
        Connection.objects.connect(wren, close, now=NOW)
        own = wren.profile.get_absolute_url()
        for reader in (plain, close, moderator, wren):
            client.force_login(reader)
            sees = circle == "everybody" or (circle == "close" and reader == close)
            assert (READ[name] in body(client, own)) is sees
            listed, question = body(client, "/people/"), ASKED[name]
            card = listed[listed.index('class="card person-card') :]
            assert (READ[name] in card) is (
                sees and name in {"role", "place", "works_in", "would_cross_to", "practices"}
            )
            if question:
                # Where nobody answers, the list says so and widens; with a filter taken away everybody is found again.
                assert finds(client, question)[1] == ("1 person" if sees else "No people")
                other = "&q=wren" if "q=" not in question else "&boundary=police"
                assert finds(client, question + other)[1] == ("1 person" if sees else "No people")
            portrait = f"{own}photo/{wren.profile.photo.name}/"
            sees_photo = name != "photo" or sees or reader == wren
            assert client.get(portrait).status_code == (200 if sees_photo else 404)
        wren.delete()


@pytest.mark.long
@pytest.mark.parametrize("name", ["role", "organisation", "place"])
def test_whoever_brings_two_together_reads_no_more_of_them_than_the_directory_shows(client, name):
    other = ListedMemberFactory(first_name="Asha")
    wren = told(**{name: "nobody"})
    client.force_login(MemberFactory())
    page = body(client, reverse("introductions:bring_together", args=[other.profile.public_id]) + "?name=wren")
    assert reverse("introductions:bring_these_together", args=[other.profile.public_id, wren.profile.public_id]) in page
    assert READ[name] not in page
    assert body(client, "/people/?q=wren").count("Wren") > 0


def test_a_hidden_field_changes_no_list_not_even_by_a_comma(client):
    """The same community, told apart by nothing but what is hidden: every list, count and order is equal."""
    client.force_login(MemberFactory())
    wren = told(**dict.fromkeys(FIELDS, SeenBy.NOBODY))
    for first_name in ("Asha", "Zed"):
        ListedMemberFactory(first_name=first_name, profile__works_in=Boundary.objects.filter(slug="housing"))
    questions = [
        *filter(None, ASKED.values()),
        "",
        "?q=wren",
        "?boundary=housing",
        "?q=asha&place=salford",
        "?offers=on",
    ]
    before = [body(client, f"/people/{question}") for question in questions]
    page = body(client, wren.profile.get_absolute_url())
    bare = wren.profile
    bare.role = bare.place = bare.photo = None
    bare.organisation = bare.ask_me_about = bare.help_with = ""
    bare.save()
    for words in (bare.works_in, bare.would_cross_to, bare.practices):
        words.clear()
    entries.refresh(wren.pk)
    assert [body(client, f"/people/{question}") for question in questions] == before
    assert body(client, wren.profile.get_absolute_url()) == page


@pytest.mark.long
def test_somebody_who_is_not_listed_or_is_parted_changes_no_list(client):
    reader = MemberFactory()
    client.force_login(reader)
    for first_name in ("Asha", "Zed"):
        ListedMemberFactory(first_name=first_name)
    questions = [*filter(None, ASKED.values()), "", "?q=wren", "?q=wren&place=salford"]
    before = [body(client, f"/people/{question}") for question in questions]
    wren = told()
    assert [body(client, f"/people/{question}") for question in questions] != before
    block = Block.objects.create(blocker=wren, blocked=reader, known_as="x", blocked_at=NOW)
    assert [body(client, f"/people/{question}") for question in questions] == before
    block.delete()
    wren.suspend(now=NOW)
    assert not Entry.objects.filter(member=wren).exists()
    assert [body(client, f"/people/{question}") for question in questions] == before
    wren.readmit()
    assert [body(client, f"/people/{question}") for question in questions] != before
    # Changed by hand, past every form: the row is still there, and still nobody is shown or counted.
    Profile.objects.filter(user=wren).update(listed_at=None)
    assert Entry.objects.filter(member=wren).exists()
    assert [body(client, f"/people/{question}") for question in questions] == before
    assert (entries.reindex(), entries.reindex()) == (1, 0)


def test_whoever_works_where_it_is_sensitive_is_shown_and_found_by_region_alone(client):
    client.force_login(MemberFactory())
    wren = told()
    wren.profile.works_in.set(Boundary.objects.filter(sensitive=True)[:1])
    entries.refresh(wren.pk)
    page = body(client, wren.profile.get_absolute_url())
    assert [word for word in ("Quayside", "Salford", 'class="portrait"') if word in page] == []
    assert "North West" in page
    assert client.get(f"{wren.profile.get_absolute_url()}photo/{wren.profile.photo.name}/").status_code == 404
    assert [finds(client, f"?place={slug}")[1] for slug in ("salford", "north-west")] == ["No people", "1 person"]


def test_rows_hold_nothing_that_their_circle_is_not_shown():
    wren = told(ask_me_about="connections", role="nobody")
    rows = {row.circle: (row.codes, row.vector) for row in Entry.objects.filter(member=wren)}
    assert rows.keys() == {"members", "connections"}
    assert "tribunal" not in rows["members"][1]
    assert "tribunal" in rows["connections"][1]
    assert "midwif" not in rows["members"][1] + rows["connections"][1]
    wren.profile.ask_me_about_seen_by = "members"
    wren.profile.save()
    entries.refresh(wren.pk)
    assert [row.circle for row in Entry.objects.filter(member=wren)] == ["all"]
