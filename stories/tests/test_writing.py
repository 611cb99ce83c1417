from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members.tests.factories import MemberFactory, UserFactory
from stories import actions
from stories.forms import SECTIONS
from stories.models import KeptText, Story
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db

JOT = {"title": "The repairs desk", "noticed": "A letter that nobody read."}
SAFE = {
    "whose_story": "mine",
    "consent": "no_person",
    "employer": "agreed",
    "byline": "role",
    "byline_role": "housing-officer",
    "audience": "members",
    "may_quote": "ask",
}
TOLD = {
    "noticed": {"noticed": "A letter that nobody read.", "flex": "There was none."},
    "tried": {"tried": "A call.", "who_with": "The desk.", "happened": "They rang back."},
    "now": {"outcome": "going", "shift_behaviour": "They ring.", "evidence": "seen", "evidence_note": "Twice."},
    "matters": {"why_it_matters": "It makes people ill.", "lens": "me"},
    "where": {
        "boundaries": ["housing", "mental-health"],
        "practices": ["change-the-form"],
        "place": "north-west",
        "period_part": "early",
        "period_year": "2025",
    },
    "more": {"surprise": "They knew.", "advice": "Ring first.", "help_wanted": "A number."},
}


def fresh(story):
    return Story.objects.get(pk=story.pk)


def at(name, story, *more):
    return reverse(f"stories:{name}", args=[story.slug, *more])


def text(response):
    return response.content.decode()


@pytest.fixture
def story():
    return StoryFactory()


@pytest.fixture
def teller(client, story):
    client.force_login(story.author)
    return client


def post(client, address, answers, story=None, **more):
    number = {} if story is None else {"edit_number": fresh(story).edit_number}
    return client.post(address, {**number, **answers, **more})


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


# --- The two boxes ----------------------------------------------------------------------------------------------------


def jot_page(client):
    return {**JOT, "form_key": client.get(reverse("stories:new")).context["form"]["form_key"].value()}


def test_a_jot_of_a_member_becomes_a_draft_and_goes_on_to_safety(client):
    author = MemberFactory()
    client.force_login(author)
    response = client.post(reverse("stories:new"), jot_page(client))
    story = Story.objects.get()
    assert (story.author, story.title, story.noticed) == (author, JOT["title"], JOT["noticed"])
    assert response.url == at("safety", story)


def test_a_jot_sent_twice_is_one_story(client):
    client.force_login(MemberFactory())
    page = jot_page(client)
    addresses = [client.post(reverse("stories:new"), page).url for _ in range(2)]
    assert addresses == [at("safety", Story.objects.get())] * 2


def test_whoever_waits_to_be_let_in_may_jot(client):
    client.force_login(UserFactory())
    client.post(reverse("stories:new"), jot_page(client))
    assert Story.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"title": ""}, "Enter a line you will recognise later"),
        ({"noticed": " \n "}, "Enter what you noticed"),
        ({"title": "x" * 101}, "Keep this to 100 characters or fewer. It has 101 now."),
        ({"noticed": "x" * 1_000_000}, "Keep this to 10000 characters or fewer. It has 1000000 now."),
        ({"noticed": "a\x00b"}, "Take out the sign that cannot be shown."),
        ({"title": "a\x00b"}, "Take out the sign that cannot be shown."),
    ],
)
def test_a_jot_that_cannot_be_kept_says_why_and_keeps_what_was_typed(client, answers, sentence):
    response = client.post(reverse("stories:new"), {**JOT, **answers})
    assert response.status_code == 200
    assert sentence in text(response)
    assert "<title>Error: " in text(response)
    assert response.context["form"]["noticed"].value() == {**JOT, **answers}["noticed"]
    assert not KeptText.objects.exists()


def test_an_empty_form_says_both_sentences(client):
    response = client.post(reverse("stories:new"))
    assert response.context["form"].errors == {
        "title": ["Enter a line you will recognise later"],
        "noticed": ["Enter what you noticed"],
    }


def test_fields_that_the_page_does_not_show_are_ignored(client):
    author, other = MemberFactory(), MemberFactory()
    client.force_login(author)
    extra = {"author": other.pk, "live": "1", "slug": "mine", "edit_number": "7", "audience": "public", "demo": "1"}
    client.post(reverse("stories:new"), {**jot_page(client), **extra})
    story = Story.objects.get()
    assert (story.author, story.live, story.audience, story.demo) == (author, False, "members", False)
    assert (story.slug != "mine", story.edit_number) == (True, 1)


@pytest.mark.parametrize("form_key", ["", "made up", "a\x00b", "x" * 5000])
def test_a_form_key_that_we_did_not_sign_counts_for_nothing(client, form_key):
    client.force_login(MemberFactory())
    for _ in range(2):
        client.post(reverse("stories:new"), {**JOT, "form_key": form_key})
    expected = 0 if "\x00" in form_key else 2
    assert Story.objects.filter(jot_key=None).count() == expected


# --- The two boxes, signed out ----------------------------------------------------------------------------------------


def test_a_reader_of_the_two_boxes_gets_no_cookie_of_ours(client):
    client.get(reverse("stories:new"))
    assert set(client.cookies) == {"csrftoken"}


def test_signed_out_the_words_wait_under_a_cookie_set_by_the_post(client):
    response = client.post(reverse("stories:new"), jot_page(client))
    cookie = response.cookies["kept_text"]
    assert response.url == reverse("stories:kept")
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["path"]) == (
        True,
        "Lax",
        86400,
        "/stories/",
    )
    kept = KeptText.objects.get()
    assert kept.answers["noticed"] == JOT["noticed"]
    assert "csrfmiddlewaretoken" not in kept.typed
    page = text(client.get(response.url))
    assert f"?next={reverse('stories:attach')}" in page
    assert JOT["noticed"] not in page


def test_after_signing_in_the_waiting_jot_is_attached_once(client):
    client.post(reverse("stories:new"), jot_page(client))
    author = MemberFactory()
    client.force_login(author)
    response = client.get(reverse("stories:attach"))
    story = Story.objects.get()
    assert (response.url, story.author, story.title) == (at("safety", story), author, JOT["title"])
    assert response.cookies["kept_text"].value == ""
    assert not KeptText.objects.exists()
    assert client.get(reverse("stories:attach")).url == reverse("stories:mine")
    assert Story.objects.count() == 1


def test_the_list_of_ones_stories_finds_a_waiting_jot_too(client):
    client.post(reverse("stories:new"), jot_page(client))
    client.force_login(MemberFactory())
    page = client.get(reverse("stories:mine"))
    assert [story.title for story in page.context["page"].items] == [JOT["title"]]
    assert page.cookies["kept_text"].value == ""


def test_the_same_jot_sent_twice_signed_out_waits_once_and_its_last_words_count(client):
    page = jot_page(client)
    client.post(reverse("stories:new"), page)
    client.post(reverse("stories:new"), {**page, "noticed": "Another thing."})
    client.force_login(MemberFactory())
    client.get(reverse("stories:attach"))
    assert Story.objects.get().noticed == "Another thing."


def test_the_form_of_a_jot_that_was_attached_leads_to_its_story(client):
    page = jot_page(client)
    client.post(reverse("stories:new"), page)
    client.force_login(MemberFactory())
    client.get(reverse("stories:attach"))
    assert client.post(reverse("stories:new"), page).url == at("safety", Story.objects.get())


def test_two_jots_of_one_browser_both_wait(client):
    for title in ("One", "Two"):
        client.post(reverse("stories:new"), {**jot_page(client), "title": title})
    client.force_login(MemberFactory())
    assert client.get(reverse("stories:attach")).url == at("safety", Story.objects.get(title="Two"))
    assert Story.objects.count() == 2


def test_a_waiting_jot_is_for_the_browser_that_sent_it(client):
    client.post(reverse("stories:new"), jot_page(client))
    key = KeptText.objects.get().key
    for forged in (key, f"{key}:xxxx", ""):
        client.cookies["kept_text"] = forged
        client.force_login(MemberFactory())
        client.get(reverse("stories:attach"))
    assert not Story.objects.exists()


def test_after_a_day_a_waiting_jot_is_gone(client):
    from stories.tasks import clear_kept_texts

    client.post(reverse("stories:new"), jot_page(client))
    clear_kept_texts()
    assert KeptText.objects.count() == 1
    KeptText.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert client.get(reverse("stories:kept")).url == reverse("stories:new")
    client.force_login(MemberFactory())
    client.get(reverse("stories:attach"))
    clear_kept_texts()
    assert (Story.objects.count(), KeptText.objects.count()) == (0, 0)


def test_signed_in_the_page_of_kept_words_attaches_them(client):
    client.post(reverse("stories:new"), jot_page(client))
    client.force_login(MemberFactory())
    assert client.get(reverse("stories:kept")).url == reverse("stories:attach")


def test_attaching_asks_to_sign_in_first(client):
    assert client.get(reverse("stories:attach")).url.startswith(reverse("account_login"))


# --- Safety first -----------------------------------------------------------------------------------------------------


def test_safety_is_prefilled_and_continue_accepts(client):
    author = MemberFactory()
    story = StoryFactory(jot=True, author=author)
    client.force_login(author)
    page = client.get(at("safety", story))
    form = page.context["form"]
    assert {name: form[name].value() for name in ("whose_story", "byline", "audience", "may_quote", "employer")} == {
        "whose_story": "mine",
        "byline": "role",
        "audience": "members",
        "may_quote": "ask",
        "employer": "not_asked",
    }
    assert form["review_date"].value() == timezone.localdate() + timedelta(days=365)
    answers = {name: form[name].value() for name in form.fields if form[name].value()}
    assert client.post(at("safety", story), answers).url == at("write", story, "noticed")
    assert fresh(story).review_date == timezone.localdate() + timedelta(days=365)


def test_the_role_of_the_profile_is_suggested(client):
    from practices.models import Role

    nurse = Role.objects.get(slug="community-nurse")
    author = MemberFactory(profile__role=nurse)
    story = StoryFactory(jot=True, author=author)
    client.force_login(author)
    assert '<option value="community-nurse" selected>' in text(client.get(at("safety", story)))


def test_safety_sets_who_can_read_it_before_anybody_could(teller, story):
    post(teller, at("safety", story), {**SAFE, "byline": "hidden", "audience": "public"}, story)
    assert (fresh(story).byline, fresh(story).audience) == ("hidden", "public")
    assert fresh(story).byline_role.slug == "housing-officer"


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({"consent": "in_person"}, "consent_date", "Enter the day they agreed"),
        (
            {"consent": "in_person", "consent_date": "2999-01-01"},
            "consent_date",
            "Enter the day they agreed: it cannot lie ahead",
        ),
        ({"consent_date": "yesterday"}, "consent_date", "Enter a day, such as 27 3 2025"),
        ({"review_date": "2020-01-01"}, "review_date", "Enter a day that is still to come"),
        ({"audience": "coalition"}, "audience", "Choose one of the answers shown"),
        ({"audience": "everyone"}, "audience", "Choose one of the answers shown"),
        ({"whose_story": "a\x00b"}, "whose_story", "Choose one of the answers shown"),
        ({"byline_role": "queen"}, "byline_role", "Choose one of the answers shown"),
        ({"byline_role": "a\x00b"}, "byline_role", "Choose one of the answers shown"),
        (
            {"content_note": "x" * 201},
            "content_note",
            "Keep this to 200 characters or fewer. It has 201 now.",
        ),
        ({"byline": "name", "employer": "not_asked"}, "byline", "Without your employer’s word we do not show"),
    ],
)
def test_safety_refuses_in_plain_words(teller, story, answers, field, sentence):
    before = fresh(story).edit_number
    response = post(teller, at("safety", story), {**SAFE, **answers}, story)
    assert [error[: len(sentence)] for error in response.context["form"].errors[field]] == [sentence]
    assert fresh(story).edit_number == before


def test_safety_without_answers_about_reach_leaves_it(teller, story):
    post(teller, at("safety", story), {**SAFE, "byline": "", "audience": ""}, story)
    assert (fresh(story).byline, fresh(story).audience) == ("role", "members")


def test_safety_of_a_live_story_cannot_widen_it(client):
    story = StoryFactory(live=True)
    client.force_login(story.author)
    response = post(client, at("safety", story), {**SAFE, "byline": "name", "audience": "public"}, story)
    assert response.status_code == 302
    assert (fresh(story).byline, fresh(story).audience, fresh(story).wanted_audience) == ("role", "members", "")


# --- The short pages --------------------------------------------------------------------------------------------------


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
    from practices.models import Boundary

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


# --- Two windows ------------------------------------------------------------------------------------------------------


def two_windows(client, story, here, section="noticed", **there):
    number = fresh(story).edit_number
    edit_of(story, **there)
    return client.post(at("write", story, section), {**here, "edit_number": number})


def test_the_second_window_is_shown_both_texts(teller, story):
    response = two_windows(teller, story, {"noticed": "From here", "flex": ""}, noticed="From there")
    assert response.status_code == 200
    assert response.context["form"]["noticed"].value() == "From here"
    assert [row["value"] for row in response.context["elsewhere"]] == ["From there"]
    assert "From there" in text(response)
    assert fresh(story).noticed == "From there"


def test_keeping_the_boxes_saves_what_was_typed_here(teller, story):
    response = two_windows(teller, story, {"noticed": "From here"}, noticed="From there")
    number = response.context["form"]["edit_number"].value()
    teller.post(at("write", story, "noticed"), {"noticed": "From here", "edit_number": number})
    assert fresh(story).noticed == "From here"


def test_keeping_both_puts_one_text_after_the_other(teller, story):
    response = two_windows(teller, story, {"noticed": "From here", "flex": "Same"}, noticed="From there", flex="Same")
    number = response.context["form"]["edit_number"].value()
    answers = {"noticed": "From here", "flex": "Same", "edit_number": number, "both": "1"}
    assert teller.post(at("write", story, "noticed"), answers).url == at("write", story, "noticed")
    assert (fresh(story).noticed, fresh(story).flex) == ("From there\n\nFrom here", "Same")


def test_keeping_both_keeps_the_ticks_of_both(teller, story):
    edit_of(story, practices=["borrow-a-view"])
    answers = {"boundaries": ["police"], "place": "wales", "both": "1"}
    post(teller, at("write", story, "where"), answers, story)
    saved = fresh(story)
    assert [boundary.slug for boundary in saved.boundary_list] == ["housing", "mental-health", "police"]
    assert [practice.slug for practice in saved.practices.all()] == ["borrow-a-view"]
    assert saved.place.slug == "wales"


def test_the_same_page_sent_twice_is_simply_saved(teller, story):
    answers = {**TOLD["where"], "edit_number": fresh(story).edit_number}
    for _ in range(2):
        assert teller.post(at("write", story, "where"), answers).url == at("check", story)
    assert [boundary.slug for boundary in fresh(story).boundary_list] == ["housing", "mental-health"]


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 400, "a\x00b"])
def test_an_edit_number_that_makes_no_sense_overwrites_nothing(teller, story, number):
    response = teller.post(at("write", story, "noticed"), {"noticed": "From here", "edit_number": number})
    assert [row["value"] for row in response.context["elsewhere"]] == [story.noticed]
    assert fresh(story).noticed == story.noticed


def test_safety_too_tells_of_another_window(teller, story):
    number = fresh(story).edit_number
    edit_of(story, content_note="From there")
    response = teller.post(at("safety", story), {**SAFE, "content_note": "From here", "edit_number": number})
    rows = {row["label"]: row["value"] for row in response.context["elsewhere"]}
    assert rows["Is there something a reader should be warned of?"] == "From there"


# --- While a moderator has it -----------------------------------------------------------------------------------------


@pytest.fixture
def sent(client):
    story = StoryFactory(sent=True)
    client.force_login(story.author)
    return story


def test_a_sent_story_is_not_changed_and_the_words_are_kept(client, sent):
    response = post(client, at("write", sent, "noticed"), {"noticed": "From here"}, sent)
    assert "A moderator has this story now" in text(response)
    assert response.context["form"]["noticed"].value() == "From here"
    assert fresh(sent).noticed == sent.noticed


def test_taking_it_back_saves_the_words_in_the_same_step(client, sent):
    response = post(client, at("write", sent, "noticed"), {"noticed": "From here", "take_back": "1"}, sent)
    assert response.url == at("write", sent, "tried")
    assert (fresh(sent).noticed, fresh(sent).standing) == ("From here", "Draft")


def test_taking_it_back_with_another_window_open_changes_nothing(client, sent):
    response = client.post(at("write", sent, "noticed"), {"noticed": "From here", "take_back": "1", "edit_number": 1})
    assert [row["value"] for row in response.context["elsewhere"]] == [sent.noticed]
    assert fresh(sent).is_in_moderation


def test_a_sent_story_is_taken_back_from_its_page(client, sent):
    assert client.post(at("take_back", sent)).url == at("draft", sent)
    assert fresh(sent).standing == "Draft"


# --- Session ended ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "answers"),
    [("noticed", {"noticed": "Typed when signed out", "flex": ""}), ("where", {"boundaries": ["police", "housing"]})],
)
def test_after_the_session_ended_the_text_is_there_again_once_signed_in(client, story, page, answers):
    address = at("write", story, page)
    response = post(client, address, answers, story)
    assert response.url == f"{reverse('account_login')}?next={address}"
    client.force_login(story.author)
    form = client.get(address).context["form"]
    assert {name: form[name].value() for name in answers} == answers
    assert "You were signed out while you wrote" in text(client.get(address))
    saved = client.post(address, {**answers, "edit_number": form["edit_number"].value()})
    assert saved.status_code == 302
    assert saved.cookies["kept_text"].value == ""
    assert not KeptText.objects.exists()


def test_text_kept_for_one_person_is_not_shown_to_the_next(client, story):
    address = at("write", story, "noticed")
    post(client, address, {"noticed": "Typed when signed out"}, story)
    client.force_login(MemberFactory())
    assert client.get(address).status_code == 404
    client.get(reverse("stories:mine"))
    assert KeptText.objects.count() == 1


def test_text_of_a_story_that_is_not_there_is_treated_alike(client):
    address = reverse("stories:write", args=["nothing", "noticed"])
    assert client.post(address, {"noticed": "A"}).url == f"{reverse('account_login')}?next={address}"


def test_text_too_long_to_keep_is_shown_for_copying(client, story):
    response = post(client, at("write", story, "noticed"), {"noticed": "long " * 50_000}, story)
    assert "Copy your words from below" in text(response)
    assert "long long long" in text(response)
    assert not KeptText.objects.exists()


def test_kept_text_with_a_sign_that_cannot_be_shown_is_kept_too(client, story):
    address = at("write", story, "noticed")
    post(client, address, {"noticed": "a\x00b"}, story)
    client.force_login(story.author)
    assert client.get(address).context["form"]["noticed"].value() == "a\x00b"


def test_a_jot_and_a_kept_page_wait_side_by_side(client, story):
    post(client, at("write", story, "noticed"), {"noticed": "Typed when signed out"}, story)
    client.post(reverse("stories:new"), jot_page(client))
    client.force_login(story.author)
    client.get(reverse("stories:attach"))
    assert Story.objects.count() == 2
    assert client.get(at("write", story, "noticed")).context["form"]["noticed"].value() == "Typed when signed out"


# --- Check, preview, send ---------------------------------------------------------------------------------------------

SENDING = {"title": "They ring before they refuse", "summary": "Two teams ring each other."}


def test_the_answers_show_each_word_and_where_to_change_it(teller, story):
    page = text(teller.get(at("check", story)))
    for name in ("noticed", "tried", "happened", "why_it_matters", "shift_behaviour"):
        assert getattr(story, name) in page
    assert "Housing, Mental health" in page
    assert f"{at('write', story, 'tried')}?then=check#id_tried" in page
    assert "Still needed" not in page


def test_what_is_missing_is_named_with_its_page(client):
    story = StoryFactory(jot=True)
    client.force_login(story.author)
    missing = client.get(at("check", story)).context["missing"]
    assert missing == [
        ("What did you try?", f"{at('write', story, 'tried')}?then=check#id_tried"),
        ("What happened, including what went badly?", f"{at('write', story, 'tried')}?then=check#id_happened"),
        ("Where is it now?", f"{at('write', story, 'now')}?then=check#id_outcome"),
        ("Why does this change matter most to you?", f"{at('write', story, 'matters')}?then=check#id_why_it_matters"),
        ("Whose story is it?", f"{at('safety', story)}?then=check#id_whose_story"),
        ("Does the person you supported agree?", f"{at('safety', story)}?then=check#id_consent"),
        ("Does your employer agree?", f"{at('safety', story)}?then=check#id_employer"),
        (
            "What is different now, or that nothing has shifted yet",
            f"{at('write', story, 'now')}?then=check#id_shift_ground",
        ),
        ("Which services did this run between?", f"{at('write', story, 'where')}?then=check#id_boundaries"),
    ]


def test_the_preview_is_the_newest_words_and_for_no_robot(client):
    story = StoryFactory(live=True)
    edit_of(story, tried="As it will be")
    client.force_login(story.author)
    response = client.get(at("preview", story))
    assert "As it will be" in text(response)
    assert '<meta name="robots" content="noindex">' in text(response)
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_sending_asks_for_the_public_title_and_says_what_happens_next(teller, story):
    response = post(teller, at("send", story), SENDING, story)
    assert response.url == at("sent", story)
    sent = fresh(story)
    assert (sent.title, sent.summary, sent.standing) == (*SENDING.values(), "With a moderator")
    assert "What happens next" in text(teller.get(response.url))


def test_sending_twice_is_sending_once(teller, story):
    answers = {**SENDING, "edit_number": fresh(story).edit_number}
    addresses = [teller.post(at("send", story), answers).url for _ in range(2)]
    assert addresses == [at("sent", story)] * 2
    assert fresh(story).edit_number == 3


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"title": "", "summary": ""}, {"title": ["Enter a title"], "summary": ["Enter the change in one sentence"]}),
        ({"title": "x" * 101}, {"title": ["Keep this to 100 characters or fewer. It has 101 now."]}),
    ],
)
def test_sending_without_a_title_is_refused(teller, story, answers, errors):
    assert post(teller, at("send", story), {**SENDING, **answers}, story).context["form"].errors == errors
    assert not fresh(story).is_in_moderation


def test_what_lacks_answers_cannot_be_sent(client):
    story = StoryFactory(jot=True)
    client.force_login(story.author)
    assert post(client, at("send", story), SENDING, story).url == at("check", story)
    assert not fresh(story).is_in_moderation


def test_whoever_waits_to_be_let_in_is_told_why_it_cannot_go_yet(client):
    story = StoryFactory(author=UserFactory())
    client.force_login(story.author)
    for response in (client.get(at("send", story)), post(client, at("send", story), SENDING, story)):
        assert "your account still waits for a moderator to let you in" in text(response)
    assert not fresh(story).is_in_moderation


def test_nothing_goes_to_a_moderator_that_was_changed_in_another_window(teller, story):
    number = fresh(story).edit_number
    edit_of(story, title="From there", summary="")
    response = teller.post(at("send", story), {**SENDING, "edit_number": number})
    assert "Nothing was sent. Its title there is “From there”" in text(response)
    assert response.context["form"]["title"].value() == SENDING["title"]
    assert not fresh(story).is_in_moderation
    again = {**SENDING, "edit_number": response.context["form"]["edit_number"].value()}
    assert teller.post(at("send", story), again).url == at("sent", story)


@pytest.mark.parametrize(("choice", "hidden"), [("yes", True), ("no", False)])
def test_an_edit_of_a_live_story_asks_whether_to_hide_it_meanwhile(client, choice, hidden):
    story = StoryFactory(live=True)
    edit_of(story, tried="Again")
    client.force_login(story.author)
    assert "Hide the story while we check it?" in text(client.get(at("send", story)))
    post(client, at("send", story), {**SENDING, "hide": choice}, story)
    assert (fresh(story).is_in_moderation, fresh(story).hidden_at is not None) == (True, hidden)


def test_whether_to_hide_needs_an_answer(client):
    story = StoryFactory(live=True)
    client.force_login(story.author)
    response = post(client, at("send", story), SENDING, story)
    assert response.context["form"].errors == {"hide": ["Choose whether to hide it"]}


def test_what_happens_next_is_told_only_of_what_was_sent(teller, story):
    assert teller.get(at("sent", story)).url == at("draft", story)


def test_the_reason_of_a_moderator_stands_on_the_draft(client):
    story = StoryFactory(asked=True)
    client.force_login(story.author)
    assert "Say more about the first week." in text(client.get(at("draft", story)))
    post(client, at("send", story), SENDING, story)
    assert "Say more about the first week." not in text(client.get(at("draft", story)))


def test_the_draft_is_a_task_list(client):
    story = StoryFactory(jot=True)
    client.force_login(story.author)
    tasks = [(task["title"], task["status"]) for task in client.get(at("draft", story)).context["tasks"]]
    assert tasks == [
        ("Safety first", "Not yet started"),
        ("What you noticed", "Done"),
        ("What you tried, and what happened", "Not yet started"),
        ("What is different now", "Not yet started"),
        ("Why it matters", "Not yet started"),
        ("Which services, where and when", "Not yet started"),
        ("For whoever tries it next", "Not yet started"),
    ]


def test_a_page_half_answered_is_begun(teller, story):
    edit_of(story, happened="")
    tasks = {task["title"]: task["status"] for task in teller.get(at("draft", story)).context["tasks"]}
    assert tasks["What you tried, and what happened"] == "Begun"


# --- At any time ------------------------------------------------------------------------------------------------------


@pytest.fixture
def live(client):
    story = StoryFactory(live=True, audience="public")
    client.force_login(story.author)
    return story


def test_looking_at_the_page_withdraws_nothing(client, live):
    assert "Letters already sent cannot be called back." in text(client.get(at("withdraw", live)))
    assert fresh(live).live


def test_withdrawing_takes_the_story_away_at_once(client, live):
    assert client.post(at("withdraw", live)).url == at("draft", live)
    assert (fresh(live).live, fresh(live).standing) == (False, "Withdrawn")
    client.logout()
    assert client.get(live.get_absolute_url()).status_code == 404


def test_a_draft_says_that_there_is_nothing_to_withdraw(teller, story):
    assert "There is nothing to withdraw" in text(teller.get(at("withdraw", story)))


def test_hiding_and_showing_act_at_once(client, live):
    client.post(at("hide", live))
    assert fresh(live).standing == "Hidden"
    client.post(at("show", live))
    assert fresh(live).standing == "Live"


def test_narrowing_acts_at_once_and_widening_waits(client, live):
    client.post(at("reach", live), {"byline": "hidden", "audience": "members"})
    assert (fresh(live).byline, fresh(live).audience) == ("hidden", "members")
    page = client.post(at("reach", live), {"byline": "role", "audience": "public"}, follow=True)
    assert "A moderator looks at it first. Until then everything stays as it was." in text(page)
    assert (fresh(live).byline, fresh(live).wanted_audience) == ("hidden", "public")


def test_widening_beside_an_edit_goes_with_it(client):
    story = StoryFactory(live=True)
    edit_of(story, tried="Again")
    client.force_login(story.author)
    page = client.post(at("reach", story), {"byline": "role", "audience": "public"}, follow=True)
    assert "together with your edit" in text(page)


def test_widening_what_a_moderator_reads_is_refused_in_words(client, sent):
    response = client.post(at("reach", sent), {"byline": "role", "audience": "public"})
    assert "Take it back before you open it to more people." in text(response)
    assert fresh(sent).audience == "members"


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        (
            {},
            {"byline": ["Choose how we should name you"], "audience": ["Choose who can read it"]},
        ),
        ({"byline": "role", "audience": "coalition"}, {"audience": ["Choose one of the answers shown"]}),
        ({"byline": "a\x00b", "audience": "public"}, {"byline": ["Choose one of the answers shown"]}),
    ],
)
def test_reach_refuses_what_it_does_not_offer(client, live, answers, errors):
    assert client.post(at("reach", live), answers).context["form"].errors == errors


def test_a_name_needs_the_employers_word(client):
    story = StoryFactory(employer="not_asked")
    client.force_login(story.author)
    response = client.post(at("reach", story), {"byline": "name", "audience": "members"})
    assert list(response.context["form"].errors) == ["byline"]


def test_ones_stories_are_listed_with_their_state_and_nobody_elses(client):
    author = MemberFactory()
    for trait in ("jot", "sent", "withdrawn"):
        StoryFactory(author=author, title=trait, **{trait: True})
    StoryFactory(live=True)
    client.force_login(author)
    page = client.get(reverse("stories:mine")).context["page"]
    assert [(story.title, story.standing) for story in page.items] == [
        ("withdrawn", "Withdrawn"),
        ("sent", "With a moderator"),
        ("jot", "Draft"),
    ]


def test_without_stories_the_list_says_what_to_do(client):
    client.force_login(MemberFactory())
    assert "You have not begun a story yet" in text(client.get(reverse("stories:mine")))


# --- Nobody else ------------------------------------------------------------------------------------------------------

PAGES = ["safety", "draft", "check", "preview", "send", "sent", "withdraw", "reach"]
ACTS = ["take_back", "hide", "show", "withdraw", "reach", "safety", "send"]


@pytest.mark.parametrize("who", ["member", "moderator", "admin"])
@pytest.mark.parametrize("trait", ["jot", "sent", "live"])
def test_another_ones_story_has_no_such_pages(client, who, trait):
    from members.tests.factories import AdminFactory, ModeratorFactory

    story = StoryFactory(**{trait: True})
    client.force_login({"member": MemberFactory, "moderator": ModeratorFactory, "admin": AdminFactory}[who]())
    before = Story.objects.filter(pk=story.pk).values().get()
    answers = [client.get(at(name, story)) for name in PAGES] + [client.get(at("write", story, "noticed"))]
    answers += [client.post(at(name, story), {**SAFE, **SENDING}) for name in ACTS]
    answers += [client.post(at("write", story, "noticed"), {"noticed": "Mine now", "edit_number": 1})]
    assert {answer.status_code for answer in answers} == {404}
    assert Story.objects.filter(pk=story.pk).values().get() == before


@pytest.mark.parametrize("slug", ["%00", "nothing", "x" * 300])
def test_a_slug_that_does_not_exist_is_missing(client, slug):
    client.force_login(MemberFactory())
    assert {client.get(f"/stories/{slug}/{name}/").status_code for name in ("draft", "safety", "check")} == {404}


def test_signed_out_the_pages_ask_to_sign_in(client, live):
    client.logout()
    for name in PAGES:
        assert client.get(at(name, live)).url == f"{reverse('account_login')}?next={at(name, live)}"
    assert client.post(at("withdraw", live)).url == f"{reverse('account_login')}?next={at('draft', live)}"
    assert fresh(live).live


@pytest.mark.parametrize("name", ["take_back", "hide", "show"])
def test_a_link_never_acts(client, live, name):
    assert client.get(at(name, live)).status_code == 405


# --- Queries ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def queries(django_assert_max_num_queries):
    return django_assert_max_num_queries


@pytest.mark.parametrize("name", ["draft", "safety", "check", "preview", "send", "reach", "withdraw"])
def test_a_page_of_ones_own_takes_nine_queries_at_most(teller, queries, name):
    story = StoryFactory(author=Story.objects.get().author, practices=["borrow-a-view"], place="salford")
    with queries(9):
        teller.get(at(name, story))


def test_every_writing_page_takes_nine_queries_at_most(teller, story, queries):
    for section in SECTIONS:
        with queries(9):
            teller.get(at("write", story, section.slug))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_ones_stories_takes_the_same_queries(client, django_assert_num_queries, count):
    author = MemberFactory()
    for _ in range(count):
        StoryFactory(author=author, sent=True)
    client.force_login(author)
    client.get(reverse("stories:mine"))
    with django_assert_num_queries(3):
        client.get(reverse("stories:mine"))


@pytest.mark.parametrize("section", [section.slug for section in SECTIONS])
def test_a_save_takes_ten_queries_at_most(teller, story, section):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    post(teller, at("write", story, section), TOLD[section], story)
    number = fresh(story).edit_number
    with CaptureQueriesContext(connection) as captured:
        teller.post(at("write", story, section), {**TOLD[section], "edit_number": number})
    # Savepoints exist only because a test is one transaction.
    real = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(real) <= 10, "\n".join(sql[:150] for sql in real)
    assert fresh(story).edit_number == number + 1


def test_actions_are_named_as_the_buttons_are():
    assert {"jot", "save_draft", "send", "take_back", "withdraw", "hide", "show", "set_reach"} <= set(dir(actions))
