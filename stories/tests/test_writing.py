import pytest
from django.urls import reverse
from django.utils import timezone

from members.tests.factories import MemberFactory
from practices.models import Boundary
from stories.forms import SECTIONS
from stories.tests.factories import StoryFactory
from stories.tests.pages import SAFE, TOLD, at, fresh, post

pytestmark = pytest.mark.django_db


@pytest.mark.long
@pytest.mark.parametrize("trait", ["jot", "sent", "asked", "live", "hidden", "withdrawn"])
def test_every_page_of_ones_own_opens_in_every_state(client, trait):
    story = StoryFactory(**{trait: True})
    client.force_login(story.author)
    for name in ("draft", "safety", "check", "preview", "withdraw", "reach"):
        assert client.get(at(name, story)).status_code == 200, name
    for section in SECTIONS:
        assert client.get(at("write", story, section.slug)).status_code == 200, section
    assert client.get(reverse("stories:mine")).status_code == 200
    assert client.get(at("send", story)).status_code in {200, 302}


def test_the_pages_lead_from_one_to_the_next_and_save_each_time(client):
    story = StoryFactory(jot=True)
    client.force_login(story.author)
    response = post(client, at("safety", story), SAFE, story)
    for slug in ("noticed", "tried", "now", "matters", "where"):
        assert response.url == at("write", story, slug)
        response = post(client, response.url, TOLD[slug], story)
    assert response.url == at("check", story)
    assert post(client, at("write", story, "more"), TOLD["more"], story).url == at("check", story)
    saved = fresh(story)
    assert (saved.missing_to_send(), saved.edit_number) == ([], 8)
    for answers in TOLD.values():
        for name, value in answers.items():
            if isinstance(value, str) and name not in {"place", "period_year"}:
                assert getattr(saved, name) == value, name
    assert [boundary.slug for boundary in saved.boundary_list] == ["housing", "mental-health"]
    assert [practice.slug for practice in saved.practices.all()] == ["change-the-form"]
    assert (saved.place.slug, saved.period_year) == ("north-west", 2025)


@pytest.mark.parametrize(
    ("section", "answers", "errors"),
    [
        ("noticed", {}, {"noticed": ["Enter what you noticed"]}),
        ("tried", {}, {"tried": ["Enter what you tried"], "happened": ["Enter what happened"]}),
        (
            "now",
            {},
            {
                "outcome": ["Choose where it is now"],
                "shift_thinking": ["Enter what is different now, or tick that nothing has shifted yet"],
            },
        ),
        (
            "now",
            {"outcome": "perfect", "nothing_shifted": "on"},
            {"outcome": ["Choose one of the answers shown"]},
        ),
        ("matters", {}, {"why_it_matters": ["Enter why this change matters to you"]}),
        ("where", {}, {"boundaries": ["Choose at least one service"]}),
        (
            "where",
            {"boundaries": ["housing", "football"]},
            {"boundaries": ["Choose one of the answers shown"]},
        ),
        (
            "where",
            {"boundaries": "a\x00b", "place": "a\x00b", "practices": "\x00"},
            {name: ["Choose one of the answers shown"] for name in ("boundaries", "place", "practices")},
        ),
        (
            "where",
            {"boundaries": "housing", "period_year": "2999"},
            {"period_year": [f"Enter a year from 1950 to {timezone.localdate().year}, such as 2026"]},
        ),
        (
            "where",
            {"boundaries": "housing", "period_year": "last"},
            {"period_year": [f"Enter a year from 1950 to {timezone.localdate().year}, such as 2026"]},
        ),
        ("where", {"boundaries": "housing", "period_part": "early"}, {"period_year": ["Enter the year as well"]}),
        (
            "where",
            {
                "boundaries": "housing",
                "practices": [
                    "change-the-form",
                    "borrow-a-view",
                    "rule-or-habit",
                    "one-trusted-contact",
                    "walk-the-journey",
                    "shared-language",
                ],
            },
            {"practices": ["Choose 5 practices or fewer"]},
        ),
        (
            "where",
            {"boundaries": ["housing", "domestic-abuse"], "place": "salford"},
            {
                "place": [
                    "Choose a region or a nation: where domestic or sexual abuse is involved, "
                    "a council area can lead to someone"
                ]
            },
        ),
    ],
)
def test_a_page_refuses_in_plain_words_and_saves_nothing(teller, story, section, answers, errors):
    before = fresh(story).edit_number
    response = post(teller, at("write", story, section), answers, story)
    assert response.context["form"].errors == errors
    assert fresh(story).edit_number == before


@pytest.mark.parametrize("name", ["noticed", "flex"])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("x" * 1_000_000, "Keep this to 10000 characters or fewer. It has 1000000 now."),
        ("a\x00b", "Take out the sign that cannot be shown. It often comes along with pasted text."),
    ],
)
def test_what_is_pasted_is_refused_in_words_and_kept_in_the_box(teller, story, name, typed, sentence):
    response = post(teller, at("write", story, "noticed"), {"noticed": "A letter", name: typed}, story)
    form = response.context["form"]
    assert form.errors == {name: [sentence]}
    assert form[name].value() == typed


def test_finishing_later_saves_what_there_is(teller, story):
    response = post(teller, at("write", story, "tried"), {"tried": "", "who_with": "The desk", "later": "1"}, story)
    assert response.url == at("draft", story)
    assert (fresh(story).tried, fresh(story).who_with) == ("", "The desk")


def test_nothing_different_yet_can_be_finished_later(teller, story):
    post(teller, at("write", story, "now"), {"later": "1"}, story)
    assert fresh(story).missing_to_send() == ["outcome", "shift_ground"]


def test_a_change_from_the_answers_leads_back_to_them(teller, story):
    response = post(teller, at("write", story, "noticed") + "?then=check", TOLD["noticed"], story)
    assert response.url == at("check", story)


def test_lines_end_the_same_way_from_every_browser(teller, story):
    post(teller, at("write", story, "noticed"), {"noticed": " One\r\nTwo\rThree\n"}, story)
    assert fresh(story).noticed == "One\nTwo\nThree"


def test_a_sensitive_boundary_keeps_the_year_only(teller, story):
    answers = {**TOLD["where"], "boundaries": ["housing", "domestic-abuse"]}
    post(teller, at("write", story, "where"), answers, story)
    assert (fresh(story).period_part, fresh(story).period_year, fresh(story).place.slug) == ("", 2025, "north-west")


def test_a_retired_boundary_stays_a_choice_of_the_story_that_has_it(teller, story):
    Boundary.objects.filter(slug="housing").update(retired_at=timezone.now())
    assert post(teller, at("write", story, "where"), {"boundaries": "housing"}, story).status_code == 302
    assert post(teller, at("write", story, "where"), {"boundaries": "police"}, story).status_code == 302
    response = post(teller, at("write", story, "where"), {"boundaries": "housing"}, story)
    assert response.context["form"].errors == {"boundaries": ["Choose one of the answers shown"]}


@pytest.mark.parametrize("section", [section.slug for section in SECTIONS])
def test_a_page_changes_its_own_answers_and_no_others(teller, story, section):
    """Everything else that a story has, sent along to each page."""
    other = MemberFactory()
    forbidden = {
        "author": other.pk,
        "live": "on",
        "slug": "mine",
        "byline": "name",
        "audience": "public",
        "wanted_audience": "public",
        "hidden_at": "2020-01-01",
        "demo": "on",
        "source_url": "https://example.org",
        "jot_key": "k",
        "first_published_at": "2020-01-01",
        "id": "1",
        "locked": "on",
        "title": "Taken over",
    }
    before = {name: getattr(fresh(story), name) for name in [*forbidden, "author_id"]}
    assert post(teller, at("write", story, section), {**forbidden, **TOLD[section]}, story).status_code == 302
    assert {name: getattr(fresh(story), name) for name in before} == before


def test_a_page_that_does_not_exist_is_missing(teller, story):
    assert teller.get(at("write", story, "epilogue")).status_code == 404
