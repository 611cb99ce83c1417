"""The letter's pages in the admin."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from digests import handling, planning, running, wishing
from digests.models import Delivery, Glimpse, Handling, Issue
from digests.models.handling import unhandled
from members.models import Notice, Suppression
from members.tests.factories import AdminFactory, EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from networks.tests.gathered import coalition_of
from stories.models import Audience
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
WEEK = date(2026, 1, 1)
State = Delivery.State


def to(name, *args):
    return reverse(f"letters_staff:{name}", args=args)


@pytest.fixture
def staff(db):
    return EditorFactory(first_name="Edith")


@pytest.fixture
def editor(client, staff):
    return sign_in_staff(client, staff)


@pytest.fixture
def issue(db):
    return Issue.objects.create(week=WEEK, state=Issue.State.SENDING, began_at=timezone.now(), candidate_count=9)


def row(issue, state=State.PLANNED, **fields):
    now = timezone.now()
    ended = {} if state in {State.PLANNED, State.SENDING} else {"finished_at": now}
    member = fields.pop("member", None) or MemberFactory(profile__weekly_letter=True)
    return issue.deliveries.create(member=member, state=state, due_at=now, planned_at=now, **ended, **fields)


def draft():
    return Issue.objects.next_draft(timezone.now())


def story(**fields):
    return StoryFactory(live=True, first_published_at=timezone.now() - timedelta(days=1), **fields)


# --- Who may come in --------------------------------------------------------------------------------------------------

PAGES = ["letters", "send", "find_preview", "problems", "find_why"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("factory", "let_in"), [(EditorFactory, True), (AdminFactory, True), (ModeratorFactory, False)]
)
def test_who_sees_the_pages(client, factory, let_in, name):
    sign_in_staff(client, factory())
    assert (client.get(to(name)).status_code == 200) is let_in
    assert (to("letters") in client.get("/admin/").text) is let_in


def test_nobody_else_does_anything_to_a_letter(client, issue):
    member = MemberFactory()
    suppression = Suppression.objects.create(address="a@example.org", reason="bounced", since=timezone.now())
    failed = row(issue, State.FAILED)
    for person in (member, ModeratorFactory()):
        if person.is_staff:
            sign_in_staff(client, person)
        else:
            client.force_login(person)
        for address in [
            *(to(name) for name in (*PAGES, "pick", "send_test")),
            *(to(name, WEEK) for name in ("letter", "progress", "pause", "resume", "cancel")),
            *(to(name, failed.pk) for name in ("seen", "again")),
            *(to(name, member.profile.public_id) for name in ("preview", "preview_mail", "why")),
            to("lift", suppression.pk),
            to("unpick", "abc"),
        ]:
            for method in (client.get, client.post):
                assert method(address).status_code in {302, 403, 404, 405}, address
    issue.refresh_from_db()
    assert issue.state == Issue.State.SENDING
    assert Suppression.objects.exists()
    assert not Handling.objects.exists()
    assert not Glimpse.objects.exists()


@pytest.mark.parametrize("name", ["pick", "send_test"])
def test_what_changes_something_is_a_post(editor, name):
    assert editor.get(to(name)).status_code == 405


# --- The next letter --------------------------------------------------------------------------------------------------


def test_the_note_and_the_question_are_kept(editor):
    response = editor.post(to("letters"), {"note": "See you in Leeds.", "question": "Who rang back?"}, follow=True)
    assert "See you in Leeds." in response.text
    assert (draft().note, draft().question) == ("See you in Leeds.", "Who rang back?")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"note": "a" * 2001}, "Keep the note within 2,000 characters"),
        ({"note": "", "question": "a" * 201}, "Keep the question within 200 characters"),
    ],
)
def test_what_is_too_long_is_asked_about_and_kept_on_the_page(editor, typed, words):
    response = editor.post(to("letters"), typed)
    assert words in response.text
    assert max(typed.values(), key=len) in response.text
    assert (draft().note, draft().question) == ("", "")


def test_a_story_is_picked_and_taken_out(editor):
    told = story(audience=Audience.PUBLIC, title="Keys in a drawer")
    assert "Keys in a drawer" in editor.post(to("pick"), {"story": told.slug}, follow=True).text
    assert list(draft().picks.all()) == [told]
    assert "Keys in a drawer" not in editor.post(to("unpick", told.slug), follow=True).text
    assert not draft().picks.exists()


def test_without_a_script_it_is_picked_by_its_address(editor):
    told = story(audience=Audience.MEMBERS)
    editor.post(to("pick"), {"story": "", "address": f"http://testserver{told.get_absolute_url()}?a=b"})
    assert list(draft().picks.all()) == [told]


def test_what_could_not_go_to_everybody_is_never_picked(editor, staff):
    inside = story(author=staff, coalition=coalition_of(staff))
    hidden = StoryFactory(title="A draft")
    for slug in (inside.slug, hidden.slug, "", "nothing-there"):
        response = editor.post(to("pick"), {"story": slug})
        assert "Choose a published story that is not for one group alone" in response.text
    assert not draft().picks.exists()


def test_a_pick_that_was_taken_back_is_not_named(editor):
    told = story(audience=Audience.MEMBERS, title="Taken back")
    handling.pick(draft(), told)
    type(told).objects.filter(pk=told.pk).update(live=False)
    assert "Taken back" not in editor.get(to("letters")).text


def test_four_picks_are_enough(editor):
    for _ in range(5):
        response = editor.post(to("pick"), {"story": story(audience=Audience.MEMBERS).slug}, follow=True)
    assert "4 are enough" in response.text
    assert draft().picks.count() == 4
    assert f'action="{to("pick")}"' not in editor.get(to("letters")).text


def test_nothing_is_picked_for_a_letter_that_has_begun(issue):
    assert handling.pick(issue, story()) is False


def test_a_test_goes_to_oneself_alone_through_the_outbox(editor, staff):
    told = story(audience=Audience.MEMBERS, title="Keys in a drawer")
    MemberFactory(profile__weekly_letter=True)
    handling.pick(draft(), told)
    editor.post(to("send_test"))
    notice = Notice.objects.get(kind__startswith="digests")
    assert (notice.kind, notice.to, notice.subject[:6]) == ("digests.test", staff.email, "Test: ")
    assert "Keys in a drawer" in notice.text
    assert "Keys in a drawer" in notice.html
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("issue_count", [1, 3])
def test_the_page_takes_the_same_queries(editor, django_assert_max_num_queries, issue_count):
    for number in range(issue_count):
        one = Issue.objects.create(week=WEEK + timedelta(weeks=number), state="done", began_at=timezone.now())
        row(one, State.SENT)
        handling.pick(draft(), story(audience=Audience.MEMBERS))
    editor.get(to("letters"))
    with django_assert_max_num_queries(24):
        response = editor.get(to("letters"))
    assert len(response.context["page"].items) == issue_count


# --- On its way -------------------------------------------------------------------------------------------------------


def test_send_now_asks_first_and_sends_what_was_shown(editor, monkeypatch):
    asked = []
    monkeypatch.setattr(planning, "hurry", lambda issue, *, prepared, now: asked.append((issue.pk, prepared)) or True)
    assert "Send it now" in editor.get(to("send")).text
    assert asked == []
    response = editor.post(to("send"), {"prepared": draft().pk}, follow=True)
    assert asked == [(draft().pk, draft().pk)]
    assert "The letter is on its way." in response.text


@pytest.mark.parametrize("prepared", ["", "x", "²", "999999", "9" * 40])
def test_only_what_the_page_showed_is_sent(editor, prepared):
    response = editor.post(to("send"), {"prepared": prepared}, follow=True)
    assert "Nothing was sent" in response.text
    assert not Issue.objects.gone().exists()


def test_it_is_paused_resumed_and_cancelled(editor, issue):
    def state_after(name):
        response = editor.post(to(name, WEEK), follow=True)
        issue.refresh_from_db()
        return issue.state, "Nothing was changed" in response.text

    assert state_after("pause") == ("paused", False)
    assert issue.paused_because == "Staff paused it"
    assert state_after("pause") == ("paused", True)
    assert state_after("resume") == ("sending", False)
    assert state_after("resume") == ("sending", True)
    assert "Cancel it for good" in editor.get(to("cancel", WEEK)).text
    issue.refresh_from_db()
    assert issue.state == "sending"
    assert state_after("cancel") == ("cancelled", False)
    assert state_after("resume") == ("cancelled", True)


def test_the_figures_on_the_page_are_those_for_its_script(editor, issue):
    for state, count in {"sent": 3, "failed": 1, "unknown": 1, "skipped": 2, "planned": 2}.items():
        for _ in range(count):
            row(issue, state)
    told = editor.get(to("progress", WEEK)).json()
    assert told["figures"] == {"sent": 3, "skipped": 2, "failed": 1, "unknown": 1, "still to come": 2}
    assert (told["ended"], told["all"], told["state"], told["is_over"]) == (7, 9, "Being sent", False)
    page = editor.get(to("letter", WEEK))
    assert '<progress id="letter-progress" max="9" value="7">' in page.text
    assert {key: count for key, _, _, count in page.context["figures"]} == told["figures"]
    assert "digests/progress.js" in page.text


def test_a_letter_that_has_gone_asks_for_nothing_more(editor, issue):
    Issue.objects.update(state="done", done_at=timezone.now())
    page = editor.get(to("letter", WEEK)).text
    assert "digests/progress.js" not in page
    for name in ("pause", "resume", "cancel"):
        assert to(name, WEEK) not in page


def test_a_letter_of_no_such_week_is_missing(editor):
    for name in ("letter", "progress"):
        assert editor.get(to(name, date(2020, 1, 2))).status_code == 404
    assert editor.get("/admin/letter/2026-13-45/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_one_takes_the_same_queries(editor, issue, django_assert_max_num_queries, count):
    for _ in range(count):
        row(issue, State.SENT)
    editor.get(to("letter", WEEK))
    with django_assert_max_num_queries(16):
        editor.get(to("letter", WEEK))


# --- Problems ---------------------------------------------------------------------------------------------------------


def test_what_failed_or_is_in_doubt_is_shown_until_somebody_has_seen_it(editor, staff, issue):
    failed, doubted, sent = (row(issue, state, reason="550 no") for state in (State.FAILED, State.UNKNOWN, State.SENT))
    response = editor.get(to("problems"))
    assert {one.pk for one in response.context["page"].items} == {failed.pk, doubted.pk}
    assert "550 no" in response.text
    editor.post(to("seen", failed.pk))
    assert [one.pk for one in editor.get(to("problems")).context["page"].items] == [doubted.pk]
    assert editor.post(to("seen", sent.pk)).status_code == 404
    assert list(Handling.objects.values_list("delivery", "by", "what")) == [(failed.pk, staff.pk, "seen")]


def test_what_fails_again_is_shown_again(editor, staff, issue):
    failed = row(issue, State.FAILED)
    handling.mark_seen(failed, by=staff, now=timezone.now())
    assert not unhandled(Delivery.objects).exists()
    Delivery.objects.update(finished_at=timezone.now() + timedelta(hours=1))
    assert unhandled(Delivery.objects).get() == failed


@pytest.mark.parametrize("state", ["sending", "paused", "done"])
def test_what_failed_goes_again_when_asked(editor, issue, state):
    Issue.objects.update(state=state, done_at=timezone.now() if state == "done" else None)
    failed = row(issue, State.FAILED, reason="552 full", claimed_by="x")
    Delivery.objects.update(planned_at=timezone.now() - timedelta(days=9))
    assert "Send it again" in editor.get(to("again", failed.pk)).text
    failed.refresh_from_db()
    assert failed.state == State.FAILED
    assert "It goes again" in editor.post(to("again", failed.pk), follow=True).text
    failed.refresh_from_db()
    issue.refresh_from_db()
    assert (failed.state, failed.reason, failed.claimed_by, failed.finished_at) == (State.PLANNED, "", "", None)
    assert timezone.now() - failed.planned_at < timedelta(minutes=5)
    assert (issue.state, issue.done_at) == ("paused" if state == "paused" else "sending", None)


def test_nothing_of_a_cancelled_letter_goes_again(editor, issue):
    failed = row(issue, State.FAILED)
    Issue.objects.update(state="cancelled", done_at=timezone.now())
    assert "Nothing was sent" in editor.post(to("again", failed.pk), follow=True).text
    failed.refresh_from_db()
    assert failed.state == State.FAILED


def test_what_is_in_doubt_goes_again_with_a_reason_only(editor, staff, issue):
    doubted = row(issue, State.UNKNOWN)
    assert "It may have arrived" in editor.get(to("again", doubted.pk)).text
    response = editor.post(to("again", doubted.pk), {"reason": " "})
    assert "Write down why it must go again" in response.text
    doubted.refresh_from_db()
    assert doubted.state == State.UNKNOWN
    assert handling.send_again(doubted, by=staff, now=timezone.now()) is False
    editor.post(to("again", doubted.pk), {"reason": "She asked for it."})
    doubted.refresh_from_db()
    assert doubted.state == State.PLANNED
    assert Handling.objects.get().reason == "She asked for it."


def test_an_address_is_let_go_again_but_never_against_its_reader(editor):
    now = timezone.now()
    member = MemberFactory(email="full@example.org", first_name="Flora")
    bounced = Suppression.objects.create(address="Full@example.org", reason="bounced", since=now)
    refused = Suppression.objects.create(address="no@example.org", reason="complained", since=now)
    page = editor.get(to("problems")).text
    assert "Flora" in page
    assert member.email not in page.lower()
    assert "An address of nobody here" in page
    assert "Lift it" in editor.get(to("lift", bounced.pk)).text
    assert Suppression.objects.count() == 2
    editor.post(to("lift", bounced.pk))
    assert editor.post(to("lift", refused.pk)).status_code == 404
    assert handling.lift(refused) is False
    assert list(Suppression.objects.all()) == [refused]


@pytest.mark.parametrize("count", [1, 3])
def test_the_problems_take_the_same_queries(editor, issue, django_assert_max_num_queries, count):
    for number in range(count):
        row(issue, State.FAILED)
        Suppression.objects.create(address=f"a{number}@example.org", reason="bounced", since=timezone.now())
    editor.get(to("problems"))
    with django_assert_max_num_queries(16):
        editor.get(to("problems"))


# --- Why did this person (not) get it? --------------------------------------------------------------------------------


def test_a_member_is_found_by_name_and_told_of_in_plain_words(editor, staff, issue):
    member = MemberFactory(first_name="Asha", last_name="Okoro", profile__weekly_letter=True)
    wishing.choose(member, now=timezone.now(), wants=True, rhythm="monthly", weekday=0)
    row(issue, State.SKIPPED, member=member, reason=Delivery.NOTHING_NEW)
    found = editor.get(to("find_why"), {"q": "okoro"})
    assert to("why", member.profile.public_id) in found.text
    page = editor.get(to("why", member.profile.public_id)).text
    assert "Not sent: there was nothing new for them." in page
    assert "Once a month, on Mondays." in page
    assert list(Glimpse.objects.values_list("member", "by", "of")) == [(member.pk, staff.pk, "history")]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"profile__weekly_letter": None}, "They have not said whether they want it."),
        ({"profile__weekly_letter": False}, "They have said no, or have left."),
        ({"profile__weekly_letter": True, "suspended_at": "2026-01-01T00:00Z"}, "They are not a member"),
        ({"profile__weekly_letter": True, "email": "gone@example.org"}, "No mail may go to their address"),
    ],
)
def test_what_stands_against_the_next_one_is_said(editor, fields, sentence):
    Suppression.objects.create(address="gone@example.org", reason="bounced", since=timezone.now())
    member = MemberFactory(**fields)
    assert sentence in editor.get(to("why", member.profile.public_id)).text


def test_nobody_is_found_before_anything_is_asked(editor):
    MemberFactory(first_name="Asha")
    assert "Asha" not in editor.get(to("find_why")).text
    assert "Nobody is found by that." in editor.get(to("find_why"), {"q": "zzzz"}).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_member_takes_the_same_queries(editor, django_assert_max_num_queries, count):
    member = MemberFactory(profile__weekly_letter=True)
    for number in range(count):
        week = WEEK + timedelta(weeks=number)
        row(Issue.objects.create(week=week, state="done", began_at=timezone.now()), State.SENT, member=member)
    editor.get(to("why", member.profile.public_id))
    with django_assert_max_num_queries(22):
        editor.get(to("why", member.profile.public_id))


def test_counts_are_those_of_the_engine(issue):
    row(issue, State.SENT)
    assert running.counts(issue)["sent"] == 1
