"""The texts of the demo community and from elsewhere: sound as data, in our words, and safe."""

import re
import tomllib
from collections import Counter
from itertools import combinations

import pytest

from confidentiality.telling import Told, words_that_stop
from practices.models import Boundary, Place, Practice, Role
from stories.models import (
    SUGGESTIBLE,
    Audience,
    Byline,
    Consent,
    Employer,
    Evidence,
    Lens,
    MayQuote,
    Outcome,
    PeriodPart,
    Story,
    WhoseStory,
)
from systemschange.demo import asked, cohort, groups, introductions, load, rules

MEMBERS, STORIES, ELSEWHERE = (load.read(kind) for kind in ("members", "stories", "elsewhere"))
CHOICES = {
    "outcome": Outcome,
    "lens": Lens,
    "evidence": Evidence,
    "period_part": PeriodPart,
    "whose_story": WhoseStory,
    "consent": Consent,
    "employer": Employer,
    "byline": Byline,
    "audience": Audience,
    "may_quote": MayQuote,
}
STATES = {
    "live": 28,
    "live_edit_waiting": 2,
    "waiting": 3,
    "changes_asked": 2,
    "hidden": 1,
    "withdrawn": 1,
    "draft": 3,
}
AVOIDED = r"best practice|success stor|case study|service user|beneficiar|\bKPI|stakeholder|holistic|multi-agency|—|–"
CONTACT = r"\d{5}|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b|@|https?:"


def texts(told):
    """All that a reader could come to read, in one text."""
    values = [*told.values(), *told.get("edit", {}).values()]
    return "\n".join(value for value in values if isinstance(value, str) and value not in {told.get("author")})


def titles(told):
    return told["title"]


def test_there_are_thirty_people_in_twenty_places():
    assert len({member["email"] for member in MEMBERS}) == len(MEMBERS) == 30
    assert len({member["place"] for member in MEMBERS}) == 20
    assert {member["email"].partition("@")[2] for member in MEMBERS} == {"demo.example"}
    assert {member["organisation"].partition(" ")[0] for member in MEMBERS} == {"Demo"}


def test_there_are_forty_stories_in_every_state_across_twenty_five_crossings():
    assert len(STORIES) == 40
    assert Counter(story["state"] for story in STORIES) == STATES
    live = [story for story in STORIES if story["state"].startswith("live")]
    assert len({pair for story in live for pair in combinations(sorted(story["boundaries"]), 2)}) == 30
    assert {len(story["boundaries"]) for story in live} == {1, 2, 3}
    assert {story["outcome"] for story in live} == set(Outcome.values)
    assert Counter(story["audience"] for story in live) == {"public": 20, "members": 10}
    assert {story["byline"] for story in live} == set(Byline.values)
    assert [story["title"] for story in live if story["nothing_shifted"]] == ["Keys at the gate"]


def test_some_stories_are_new_enough_for_the_weekly_letter():
    ages = [story["published_days_ago"] for story in STORIES if story["state"].startswith("live")]
    assert sum(age < 7 for age in ages) == 5
    assert max(ages) == 366


@pytest.mark.parametrize("told", [*STORIES, *ELSEWHERE], ids=titles)
def test_a_story_fits_the_model(told):
    wrong = {name: told[name] for name, choices in CHOICES.items() if name in told and told[name] not in choices.values}
    assert wrong == {}
    longest = {field.name: field.max_length for field in Story._meta.concrete_fields if field.max_length}
    assert [name for name, limit in longest.items() if len(str(told.get(name, ""))) > limit] == []
    assert len(told.get("practices", [])) <= 5


@pytest.mark.parametrize("told", [*STORIES, *ELSEWHERE], ids=titles)
def test_a_story_uses_our_words_and_names_nobody_to_reach(told):
    prose = texts({name: value for name, value in told.items() if not name.startswith("source_")})
    assert re.findall(AVOIDED, prose, re.IGNORECASE) == []
    if told in STORIES:
        assert re.findall(CONTACT, prose) == []


def test_no_word_of_a_story_stops_it_from_being_sent():
    stopping = {
        story["title"]: [word.text for word in words_that_stop([Told("", "", told) for told in told_texts(story)])]
        for story in [*STORIES, *ELSEWHERE]
    }
    assert {title: words for title, words in stopping.items() if words} == {}


def told_texts(story):
    told = {**story, **story.get("edit", {})}
    return [told[name] for name in SUGGESTIBLE if told.get(name)]


@pytest.mark.parametrize("told", [story for story in STORIES if story["state"] != "draft"], ids=titles)
def test_a_sent_story_keeps_the_safety_rules(told):
    if told["byline"] == "name":
        assert told["employer"] in {"agreed", "not_needed"}
    if told["byline"] == "role":
        assert told["byline_role"]
    if "domestic-abuse" in told["boundaries"]:
        assert "period_part" not in told
        assert told["content_note"]


@pytest.mark.parametrize("told", ELSEWHERE, ids=titles)
def test_a_retold_story_names_its_source_and_when_it_was_read(told):
    assert told["source_title"]
    assert told["source_url"].startswith("http")
    assert told["source_read"].isoformat() == "2026-11-23"


def said_between_members():
    """Groups, the cohort, introductions, rules, questions and attempts, without the links, which are no prose."""
    read = [tomllib.loads(room.FILE.read_text("utf-8")) for room in (groups, cohort, introductions, rules)]
    read += [{kind: asked.read(kind)} for kind in ("question", "attempt")]
    return [text for told in read for text in prose_in(told)]


def prose_in(told):
    if isinstance(told, str):
        return [told]
    if isinstance(told, dict):
        told = [value for name, value in told.items() if name not in ("link", "source_url", "author")]
    return [text for one in told for text in prose_in(one)] if isinstance(told, list) else []


def test_what_members_say_to_each_other_uses_our_words_and_would_pass_the_check():
    said = said_between_members()
    assert len(said) > 200
    assert [text for text in said if re.search(AVOIDED, text, re.IGNORECASE)] == []
    assert [text for text in said if re.search(CONTACT, text)] == []
    assert [text for text in said if words_that_stop([Told("text", "Text", text)])] == []


def test_no_member_tells_a_story_in_two_names():
    assert {story["author"] for story in STORIES} <= {member["email"] for member in MEMBERS}


def test_every_word_used_is_one_of_the_shared_words(db):
    used = [*STORIES, *ELSEWHERE, *MEMBERS]
    known = {model: set(model.objects.values_list("slug", flat=True)) for model in (Boundary, Place, Practice, Role)}
    named = {slug for one in used for slug in [*one.get("boundaries", []), *one.get("works_in", [])]}
    assert named <= known[Boundary]
    assert {member["would_cross_to"] for member in MEMBERS} <= known[Boundary]
    assert {one["place"] for one in used if "place" in one} <= known[Place]
    assert {slug for one in used for slug in one.get("practices", [])} == known[Practice]
    assert {one[name] for one in used for name in ("role", "byline_role") if name in one} <= known[Role]


def test_a_sensitive_story_says_no_more_than_the_region(db):
    sensitive = set(Boundary.objects.filter(sensitive=True).values_list("slug", flat=True))
    places = {told["place"] for told in [*STORIES, *ELSEWHERE] if sensitive & set(told.get("boundaries", []))}
    assert places
    assert places & set(Place.objects.filter(kind=Place.Kind.COUNCIL).values_list("slug", flat=True)) == set()
