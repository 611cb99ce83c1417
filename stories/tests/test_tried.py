""" "I tried this too": written signed in or not, shown as a family, with what did not work beside what did."""

from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.tests.factories import MemberFactory, UserFactory
from practices.models import Place
from stories.models import Experiment, FollowUp, KeptText, OrganisationResponse, Response, Thanks
from stories.models.family import Family
from stories.tests.contributing import heard_by_organisations, known_member, live, published

pytestmark = pytest.mark.django_db
TOLD = {"changed": "We rang first.", "happened": "Nobody picked up.", "result": "not", "byline": "role"}


def at(name, *words):
    return reverse(f"stories:{name}", args=words)


def text(response):
    return unescape(response.content.decode())


def send(client, address, **answers):
    token = client.get(address).context["form"]["form_key"].value()
    return client.post(address, {"form_key": token, **TOLD, **answers})


@pytest.fixture
def member(client):
    member = known_member(first_name="Priya", last_name="Quill")
    client.force_login(member)
    return member


# --- Writing it -------------------------------------------------------------------------------------------------------


def test_an_experiment_stands_with_its_story(client, member):
    story = published()
    send(client, at("try", story.slug), place="salford")
    client.logout()
    for address in (story.get_absolute_url(), at("tried", story.slug)):
        shown = text(client.get(address))
        assert "It did not work" in shown
        assert "North West" in shown
        assert not [word for word in ("Salford", "Priya", "Quill") if word in shown]


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"byline": "name"}, "Priya Quill"),
        ({"byline": "role", "byline_role": "housing-officer"}, "Housing officer"),
        ({"byline": "hidden", "byline_role": "housing-officer"}, "A frontline worker"),
    ],
)
@pytest.mark.parametrize("form", ["try", "respond"])
def test_the_page_names_its_writer_as_they_chose(client, member, form, answers, shown):
    story = published()
    send(client, at(form, story.slug), text="Words.", **answers)
    client.logout()
    page = text(client.get(story.get_absolute_url()))
    others = {"Priya", "Housing officer"} - {name for name in ("Priya", "Housing officer") if name in shown}
    assert f'added__who">{shown}</h3>' in page
    assert not [name for name in others if name in page]


def test_it_may_build_on_another(client, member):
    story = published()
    first = live(Experiment, story)
    send(client, at("try", story.slug), parent=first.slug)
    assert Experiment.objects.latest("pk").parent == first


def test_it_builds_on_nothing_that_is_not_there(client, member):
    elsewhere = live(Experiment, published())
    answer = send(client, at("try", published().slug), parent=elsewhere.slug)
    assert not Experiment.objects.filter(parent=elsewhere).exists()
    assert answer.status_code in {200, 302}


def test_on_a_practice_its_writer_chooses_who_reads_it(client, member):
    address = at("try_practice", "rule-or-habit")
    send(client, address, audience="members")
    send(client, address, audience="public", changed="We asked in writing.")
    client.logout()
    shown = text(client.get(reverse("practices:tried", args=["rule-or-habit"])))
    assert "We asked in writing." in shown
    assert "We rang first." not in shown
    counted = text(client.get(reverse("practices:practice", args=["rule-or-habit"])))
    assert "It did not work: <strong>1</strong>" in counted


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"changed": ""}, "Enter what you did differently"),
        ({"happened": "a" * 60_000}, "It has 60000 now."),
        ({"happened": "a\x00b"}, "Take out the sign that cannot be shown"),
        ({"result": "maybe"}, "Choose one of the answers shown"),
        ({"result": ""}, "Choose whether it worked"),
        ({"place": "atlantis"}, "Choose one of the answers shown"),
        ({"place": "\x00"}, "Choose one of the answers shown"),
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_bad_answer_gets_a_sentence(client, member, answers, sentence, signed_in):
    if not signed_in:
        client.logout()
    answer = send(client, at("try", published().slug), **answers)
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert not Experiment.objects.exists()
    assert not KeptText.objects.exists()


def test_a_double_click_makes_one_experiment(client, member):
    address = at("try", published().slug)
    token = client.get(address).context["form"]["form_key"].value()
    for _ in range(2):
        client.post(address, {"form_key": token, **TOLD})
    assert Experiment.objects.count() == 1


@pytest.mark.parametrize("where", ["story", "practice"])
def test_signed_out_the_words_wait_and_are_attached_after_the_sign_in(client, where):
    story = published()
    address = at("try", story.slug) if where == "story" else at("try_practice", "rule-or-habit")
    answer = send(client, address, audience="members")
    assert answer["Location"] == at("tried_kept")
    assert "Your words are kept" in text(client.get(at("tried_kept")))
    writer = UserFactory()
    client.force_login(writer)
    for _ in range(2):
        client.get(at("tried_attach"))
    assert Experiment.objects.get().author == writer
    assert Experiment.objects.get().waits
    assert not KeptText.objects.exists()
    assert "We rang first." in text(client.get(at("added")))


def test_words_for_a_story_that_has_gone_meanwhile_stay_until_they_expire(client):
    story = published()
    send(client, at("try", story.slug))
    story.live = False
    story.save(update_fields=["live"])
    client.force_login(MemberFactory())
    client.get(at("tried_attach"))
    assert not Experiment.objects.exists()
    assert KeptText.objects.count() == 1


# --- The family -------------------------------------------------------------------------------------------------------


def family_of(story, user=None):
    return Family.of(Experiment.objects.readable_by(user or AnonymousUser()).filter(story=story))


def test_what_did_not_work_is_counted_like_the_rest():
    story = published()
    for result in ("worked", "not", "not", "partly"):
        live(Experiment, story, result=result)
    assert [(result.value, count) for result, count in family_of(story).results] == [
        ("worked", 1),
        ("partly", 1),
        ("not", 2),
    ]


def test_its_places_are_counted_as_coarse_as_they_are_shown():
    story, salford = published(), Place.objects.get(slug="salford")
    live(Experiment, story, place=salford, byline="name")
    live(Experiment, story, place=salford)
    live(Experiment, story, place=Place.objects.get(slug="north-west"))
    assert family_of(story).places == [("North West", 2), ("Salford", 1)]


@pytest.mark.parametrize(("size", "drawn"), [(3, False), (4, True)])
def test_the_tree_is_drawn_from_four_on(client, size, drawn):
    story = published()
    for _ in range(size):
        live(Experiment, story)
    shown = text(client.get(story.get_absolute_url()))
    assert ('class="tree"' in shown) == drawn
    assert shown.count('class="added"') == size


def test_the_drawing_hangs_each_on_the_one_that_it_builds_on():
    story = published()
    first = live(Experiment, story)
    second = live(Experiment, story)
    third = live(Experiment, story, parent=first)
    orphan = live(Experiment, story, parent=second)
    second.state = "withdrawn"
    second.save()
    nodes = {node.experiment: node for node in family_of(story).nodes}
    assert list(nodes) == [first, third, orphan]
    assert (nodes[third].from_x, nodes[third].from_y) == (nodes[first].x, nodes[first].y)
    assert nodes[orphan].x == nodes[first].x


def test_a_long_chain_is_drawn_within_its_width():
    story, last = published(), None
    for _ in range(12):
        last = live(Experiment, story, parent=last)
    assert family_of(story).drawing["width"] < 500


# --- The story page's budget ------------------------------------------------------------------------------------------


def queries(client, story):
    client.get(story.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(story.get_absolute_url())
    return len(asked)


@pytest.mark.parametrize("count", [1, 6])
def test_the_story_page_keeps_its_budget_with_all_of_it(client, count):
    story = heard_by_organisations()
    for number in range(count):
        for model in (FollowUp, Experiment, Response, OrganisationResponse):
            live(model, story)
        Thanks.objects.create(
            story=story,
            member=MemberFactory(),
            kind="ask",
            named=number % 2 == 0,
            audience="public",
            created_at=timezone.now(),
        )
    assert queries(client, story) <= 6
    client.force_login(MemberFactory())
    assert queries(client, story) <= 9
