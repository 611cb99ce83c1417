"""The demo community: sound as data, loaded once, and never seen by those whom a story is not for."""

import re
from collections import Counter
from itertools import combinations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.utils import timezone

from members.models import Notice, Profile, User
from practices.models import Boundary, Place, Practice, Role
from stories.models import (
    Audience,
    Byline,
    Consent,
    Edit,
    Employer,
    Evidence,
    Lens,
    MayQuote,
    Outcome,
    PeriodPart,
    Story,
    WhoseStory,
)
from systemschange.demo import load

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
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


# --- The data ---------------------------------------------------------------------------------------------------------


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


def test_no_member_tells_a_story_in_two_names():
    assert {story["author"] for story in STORIES} <= {member["email"] for member in MEMBERS}


# --- Loading ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def community(db):
    load.load_community(now=timezone.now(), password="stair carpet lantern", totp=SECRET)


def counts():
    models = (User, Profile, EmailAddress, Story, Edit, Notice)
    return {model.__name__: model.objects.count() for model in models} | {
        "revisions": sum(story.revisions.count() for story in Story.objects.all()),
        "tags": Story.boundaries.through.objects.count(),
    }


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


def test_loading_twice_is_loading_once(community):
    once = counts()
    assert load.load_community(now=timezone.now()) is False
    assert counts() == once


def test_everybody_and_everything_is_marked_demo(community):
    assert User.objects.people().filter(demo=False).count() == 0
    assert User.objects.people().count() == 30
    assert Story.objects.filter(demo=True).count() == Story.objects.count() == 40
    assert Profile.objects.listed().count() == 24
    assert User.objects.waiting().count() == 3


def test_every_state_is_really_in_the_database(community):
    assert Story.objects.published().count() == 30
    assert Story.objects.in_moderation().count() == 5
    assert Story.objects.exclude(hidden_at=None).count() == 1
    assert Story.objects.exclude(withdrawn_at=None).count() == 1
    assert Story.objects.filter(live=True).count() == 31
    asked = Story.objects.get(title="We swapped desks with the discharge team for a day")
    assert asked.current_workflow_state.status == "needs_changes"
    assert all(story.latest_revision_id for story in Story.objects.all())


def test_a_waiting_edit_leaves_the_live_story_as_it_was(community):
    story = Story.objects.get(title="I stopped handing out leaflets and started walking people in")
    assert story.live
    assert story.get_latest_revision_as_object().title == "I stopped handing out leaflets and began walking people in"


def test_what_is_live_could_have_been_sent(community):
    lacking = {story.title: story.missing_to_send() for story in Story.objects.published()}
    assert {title: missing for title, missing in lacking.items() if missing} == {}


def test_the_newest_story_comes_first_and_no_two_share_a_moment(community):
    newest = list(Story.objects.published().newest_first())
    assert newest[0].title == "Appointments for people with no letterbox"
    assert len({story.first_published_at for story in newest}) == 30


def test_a_visitor_reads_the_public_stories_and_no_others(community):
    public = {told["title"] for told in STORIES if told["state"].startswith("live") and told["audience"] == "public"}
    assert {story.title for story in Story.objects.visible_to(AnonymousUser())} == public


def test_a_visitor_finds_nobody(community):
    assert Profile.objects.visible_to(AnonymousUser()).count() == 0


def test_no_public_story_carries_the_name_of_a_teller_who_did_not_choose_it(community):
    for story in Story.objects.published().exclude(byline=Byline.NAME):
        page = f"{story.teller} {story.slug} {texts(vars(story))}"
        assert story.author.last_name not in page


def test_wagtail_records_the_teller_and_no_author(community):
    users = {revision.user for story in Story.objects.all() for revision in story.revisions.all()}
    assert users == {User.objects.teller()}


def test_the_six_accounts_share_the_password_and_staff_the_second_factor(community):
    fixed = User.objects.filter(email__in=[f"{name}@demo.example" for name in load.FIXED])
    assert [user.check_password("stair carpet lantern") for user in fixed] == [True] * 6
    assert not User.objects.get(email="aisha@demo.example").has_usable_password()
    staff = User.objects.filter(is_staff=True, demo=True)
    assert {user.email.partition("@")[0] for user in staff} == {"moderator", "moderator2", "editor", "admin"}
    code = format_hotp_value(hotp_value(SECRET, list(yield_hotp_counters_from_time())[1]))
    assert [TOTP(user.authenticator_set.get()).validate_code(code) for user in staff.order_by("pk")[:1]] == [True]
    assert all(user.authenticator_set.count() == 1 for user in staff)


def test_moderators_moderate_and_members_do_not(community):
    able = {user.email for user in User.objects.current() if user.is_moderator}
    assert {"moderator@demo.example", "moderator2@demo.example"} <= able
    assert "member@demo.example" not in able


def test_without_secrets_nobody_can_sign_in_by_password(db):
    load.load_community(now=timezone.now())
    assert [user.email for user in User.objects.filter(demo=True) if user.has_usable_password()] == []
    assert User.objects.get(email="admin@demo.example").authenticator_set.count() == 0


# --- From elsewhere ---------------------------------------------------------------------------------------------------


def test_retold_stories_are_added_once_each(db):
    now = timezone.now()
    assert load.load_elsewhere(now=now) == len(ELSEWHERE)
    assert load.load_elsewhere(now=now) == 0
    told = Story.objects.published()
    assert told.filter(author=None, demo=False, audience=Audience.PUBLIC).count() == len(ELSEWHERE)
    assert {story.teller for story in told} == {"The programme team"}
    assert {story.title: story.missing_to_send() for story in told if story.missing_to_send()} == {}


def test_a_retold_story_that_was_taken_away_does_not_come_back(db):
    load.load_elsewhere(now=timezone.now())
    gone = Story.objects.first()
    gone.unpublish()
    assert load.load_elsewhere(now=timezone.now()) == 0
    assert Story.objects.get(pk=gone.pk).live is False


def test_a_members_story_stands_before_every_retold_one(community):
    load.load_elsewhere(now=timezone.now())
    order = [bool(story.source_url) for story in Story.objects.published().newest_first()]
    assert order == [False] * 30 + [True] * len(ELSEWHERE)


# --- The commands -----------------------------------------------------------------------------------------------------


def test_the_commands_say_one_line_each(db, capsys, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "stair carpet lantern")
    monkeypatch.setenv("DEMO_TOTP", SECRET)
    for command in ("load_demo", "load_demo", "load_elsewhere"):
        call_command(command)
    assert capsys.readouterr().out.splitlines() == [
        "demo community loaded",
        "demo community already here",
        "10 stories from elsewhere added",
    ]


def test_the_demo_community_is_refused_outside_the_embedded_mode(db, settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="EMBEDDED=1"):
        call_command("load_demo")
    assert User.objects.filter(demo=True).count() == 0
