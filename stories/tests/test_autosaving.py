import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Revision

from members.tests.factories import AdminFactory, MemberFactory, ModeratorFactory
from stories.forms import SECTIONS
from stories.models import Edit, Story
from stories.models.story import CONSTRAINED
from stories.tests.factories import edit_of
from stories.tests.pages import SAFE, SENDING, TOLD, at, fresh, post, text

pytestmark = pytest.mark.django_db


def test_a_page_without_a_field_of_a_constraint_need_not_look_at_it():
    named = [getattr(one, "fields", None) or one.condition.referenced_base_fields for one in Story._meta.constraints]
    assert set().union(*named) == CONSTRAINED
    broken = Story(live=True, withdrawn_at=timezone.now())
    broken.validate_constraints(exclude=CONSTRAINED)
    for looked_at in (None, CONSTRAINED - {"live", "withdrawn_at"}):
        with pytest.raises(ValidationError, match="a_withdrawn_story_is_not_live"):
            broken.validate_constraints(exclude=looked_at)


def autosave(client, story, section, answers, **more):
    return post(client, at("autosave", story, section), answers, story, **more)


def said(response):
    return response.json()["say"]


@pytest.mark.parametrize("section", [section.slug for section in SECTIONS])
def test_what_is_typed_is_saved_as_it_stands_and_the_page_goes_on_from_there(teller, story, section):
    answer = autosave(teller, story, section, TOLD[section])
    assert said(answer) == f"Saved {timezone.localtime():%H:%M}"
    assert "no-store" in answer["Cache-Control"]
    saved = fresh(story)
    assert answer.json()["fields"]["edit_number"] == saved.edit_number
    form = teller.get(at("write", story, section)).context["form"]
    assert answer.json()["fields"] == {name: form[name].value() for name in ("edit_number", "seen")}
    for name, value in TOLD[section].items():
        if name not in {"boundaries", "practices", "place", "period_year"}:
            assert getattr(saved, name) == value


def test_the_page_of_boxes_to_tick_is_saved_too(teller, story):
    autosave(teller, story, "where", TOLD["where"])
    saved = fresh(story)
    assert [boundary.slug for boundary in saved.boundary_list] == ["housing", "mental-health"]
    assert [practice.slug for practice in saved.practices.all()] == ["change-the-form"]
    assert (saved.place.slug, saved.period_year) == ("north-west", 2025)
    content = saved.latest_revision.content
    assert (len(content["tagged_boundaries"]), len(content["practices"])) == (2, 1)


def test_safety_is_saved_with_who_can_read_it(teller, story):
    answer = autosave(teller, story, "safety", {**SAFE, "byline": "hidden", "content_note": "Mentions self-harm."})
    saved = fresh(story)
    assert (saved.byline, saved.content_note, saved.byline_role.slug) == (
        "hidden",
        "Mentions self-harm.",
        "housing-officer",
    )
    form = teller.get(at("safety", story)).context["form"]
    assert answer.json()["fields"] == {name: form[name].value() for name in ("edit_number", "seen")}


def test_title_and_sentence_are_saved_before_they_are_sent(teller, story):
    autosave(teller, story, "send", {**SENDING, "summary": ""})
    assert (fresh(story).title, fresh(story).summary) == (SENDING["title"], story.summary)
    autosave(teller, story, "send", SENDING)
    assert (fresh(story).title, fresh(story).summary) == tuple(SENDING.values())
    assert fresh(story).standing == "Draft"


def test_a_story_being_typed_has_one_revision_and_one_row_of_who_typed(teller, story):
    for number in range(20):
        autosave(teller, story, "tried", {"tried": f"A call, then {number} more."})
    assert Revision.objects.for_instance(story).count() == 1
    assert fresh(story).latest_revision.content["tried"] == "A call, then 19 more."
    assert Edit.objects.filter(story=story).count() == 1


def test_each_change_of_hands_is_a_row_of_who_typed(story):
    other = MemberFactory()
    from stories import actions

    for member in (story.author, other, other, story.author):
        edited = fresh(story)
        edited.tried += "."
        actions.save_draft(edited, by=member, now=timezone.now())
    rows = Edit.objects.filter(story=story).order_by("edit_number").values_list("edit_number", "member")
    assert list(rows) == [(1, story.author_id), (4, other.pk), (6, story.author_id)]


# --- What cannot be saved ---------------------------------------------------------------------------------------------


def test_what_is_valid_is_saved_and_the_rest_is_named(teller, story):
    answer = autosave(teller, story, "noticed", {"noticed": "x" * 10_400, "flex": "There was none."})
    assert answer.status_code == 200
    assert answer.json()["left_out"] == ["noticed"]
    assert "but not everything. “What did you notice that was not working, from where you stood?”: " in said(answer)
    assert "Keep this to 10000 characters or fewer. It has 10400 now." in said(answer)
    assert (fresh(story).noticed, fresh(story).flex) == (story.noticed, "There was none.")


@pytest.mark.parametrize(
    ("section", "answers", "left_out", "kept"),
    [
        ("noticed", {"noticed": "a\x00b", "flex": "Kept"}, ["noticed"], {"flex": "Kept"}),
        ("now", {"outcome": "perfect", "shift_ground": "Kept"}, ["outcome"], {"shift_ground": "Kept"}),
        ("now", {"evidence_note": "x" * 301, "shift_ground": "Kept"}, ["evidence_note"], {"shift_ground": "Kept"}),
        (
            "where",
            {"boundaries": ["housing", "a\x00b"], "period_part": "late"},
            ["boundaries"],
            {"period_part": "late"},
        ),
        ("where", {"boundaries": "police", "place": "x\x00", "period_year": "then"}, ["place", "period_year"], {}),
        ("safety", {**SAFE, "consent": "in_person", "content_note": "Kept"}, [], {"content_note": "Kept"}),
        ("safety", {**SAFE, "byline_role": "king", "content_note": "Kept"}, ["byline_role"], {"content_note": "Kept"}),
        ("tried", {"tried": "Z" + "\u0334\u0358" * 2000, "happened": "\u202eهذا"}, [], {"happened": "\u202eهذا"}),
        ("send", {"title": "x" * 60_000, "summary": "Kept"}, ["title"], {"summary": "Kept"}),
        ("tried", {"tried": "Kept", "seen": "\x00" * 60_000}, [], {"tried": "Kept"}),
    ],
)
def test_hostile_answers_cost_nobody_their_other_words(teller, story, section, answers, left_out, kept):
    answer = autosave(teller, story, section, answers)
    assert (answer.status_code, sorted(answer.json()["left_out"])) == (200, sorted(left_out))
    assert {name: getattr(fresh(story), name) for name in kept} == kept


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 400, "a\x00b"])
def test_a_number_that_makes_no_sense_overwrites_nothing(teller, story, number):
    answer = teller.post(at("autosave", story, "noticed"), {"noticed": "From here", "edit_number": number})
    assert (answer.status_code, fresh(story).noticed) == (409, story.noticed)


def test_a_request_without_answers_empties_nothing(teller, story):
    answer = teller.post(at("autosave", story, "noticed"), {"edit_number": fresh(story).edit_number})
    assert (said(answer), fresh(story).noticed) == ("Nothing to save.", story.noticed)


def test_a_page_that_another_window_saved_is_told_of(teller, story):
    number = fresh(story).edit_number
    edit_of(story, noticed="From there")
    answer = teller.post(at("autosave", story, "noticed"), {"noticed": "From here", "edit_number": number})
    assert (answer.status_code, fresh(story).noticed) == (409, "From there")
    assert "Continue shows both texts." in said(answer)


def test_another_window_with_another_page_is_no_conflict(teller, story):
    form = teller.get(at("write", story, "noticed")).context["form"]
    based_on = {name: form[name].value() for name in ("edit_number", "seen")}
    edit_of(story, tried="From there")
    answer = teller.post(at("autosave", story, "noticed"), {"noticed": "From here", **based_on})
    assert answer.status_code == 200
    assert (fresh(story).noticed, fresh(story).tried) == ("From here", "From there")


def test_before_sending_any_save_in_another_window_counts(teller, story):
    number = fresh(story).edit_number
    edit_of(story, tried="From there")
    answer = teller.post(at("autosave", story, "send"), {**SENDING, "edit_number": number})
    assert (answer.status_code, fresh(story).title) == (409, story.title)
    assert "look at it once more" in said(answer)


def test_the_same_words_sent_twice_are_saved_once(teller, story):
    number = fresh(story).edit_number
    answers = {"noticed": "From here", "edit_number": number}
    first, second = (teller.post(at("autosave", story, "noticed"), answers) for _ in range(2))
    assert first.json()["fields"] == second.json()["fields"]
    assert fresh(story).edit_number == number + 1


def test_what_a_moderator_reads_is_not_changed(client, sent):
    answer = autosave(client, sent, "noticed", {"noticed": "From here"})
    assert (answer.status_code, fresh(sent).noticed) == (409, sent.noticed)
    assert "A moderator has this story now" in said(answer)
    assert fresh(sent).is_in_moderation


def test_signed_out_the_page_is_told_so_in_words(client, story):
    answer = post(client, at("autosave", story, "noticed"), {"noticed": "From here"}, story)
    assert (answer.status_code, fresh(story).noticed) == (401, story.noticed)
    assert said(answer) == "You are signed out. Your words are still here: Continue keeps them while you sign in."
    assert not answer.cookies


@pytest.mark.parametrize("who", [MemberFactory, ModeratorFactory, AdminFactory])
def test_nobody_saves_into_another_ones_story(client, story, who):
    client.force_login(who())
    for answers in ({"noticed": "Mine now"}, {}):
        assert autosave(client, story, "noticed", answers).status_code == 404
    assert fresh(story).noticed == story.noticed


def test_a_page_that_does_not_exist_is_missing_and_a_link_saves_nothing(teller, story):
    assert autosave(teller, story, "epilogue", {"noticed": "A"}).status_code == 404
    assert teller.get(at("autosave", story, "noticed")).status_code == 405


def test_without_its_token_nothing_is_saved(story):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(story.author)
    assert autosave(strict, story, "noticed", {"noticed": "From elsewhere"}).status_code == 403
    assert fresh(story).noticed == story.noticed


def test_an_edit_of_a_live_story_is_saved_and_readers_see_the_old_words(client, live):
    autosave(client, live, "tried", {"tried": "Again", "happened": "More"})
    autosave(client, live, "tried", {"tried": "Again and again", "happened": "More"})
    assert fresh(live).tried == live.tried
    assert fresh(live).get_latest_revision_as_object().tried == "Again and again"
    assert Revision.objects.for_instance(live).count() == 2
    client.logout()
    assert "Again" not in text(client.get(live.get_absolute_url()))


# --- Queries ----------------------------------------------------------------------------------------------------------


def asked(client, story, section, answers):
    number = fresh(story).edit_number
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(at("autosave", story, section), {**answers, "edit_number": number})
    assert (answer.status_code, fresh(story).edit_number) == (200, number + 1)
    # Savepoints exist only because a test is one transaction.
    return [query["sql"][:150] for query in captured if "SAVEPOINT" not in query["sql"]]


@pytest.mark.parametrize("section", ["safety", "noticed", "tried", "now", "matters", "more", "send"])
def test_an_autosave_takes_six_queries(teller, story, section):
    answers = {"safety": SAFE, "send": SENDING, **TOLD}[section]
    autosave(teller, story, section, answers)
    queries = asked(teller, story, section, answers)
    # Safety also asks which groups its teller could tell it to.
    assert len(queries) == (7 if section == "safety" else 6), "\n".join(queries)


def test_the_lists_to_tick_cost_an_autosave_what_it_takes_to_read_them(teller, story):
    autosave(teller, story, "where", TOLD["where"])
    queries = asked(teller, story, "where", TOLD["where"])
    assert len(queries) == 8, "\n".join(queries)
