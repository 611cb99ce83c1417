"""Questions from commissioners: who reads them, how they are answered, and what is owed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory, UserFactory, sign_in_staff
from reports.models.commissioning import CommissionersQuestion, QuestionAnswer, Standing
from reports.tests.questions import QuestionFactory, answered_by, replied
from stories.models import Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db

LIST = "/questions/"
DAY = date(2027, 3, 10)
ADMIN = CommissionersQuestion.snippet_viewset


def standing(today, **fields):
    asked = QuestionFactory(**fields)
    return CommissionersQuestion.objects.with_standing(today).get(pk=asked.pk).standing


@pytest.mark.parametrize(
    ("opens", "closes", "due", "heard", "expected"),
    [
        (None, 5, 9, False, Standing.DRAFT),
        (1, 5, 9, False, Standing.DRAFT),
        (0, 5, 9, False, Standing.OPEN),
        (-9, 0, 9, False, Standing.OPEN),
        (-9, 0, 9, True, Standing.OPEN),
        (-9, -1, 9, False, Standing.CLOSED),
        (-9, -1, 0, False, Standing.CLOSED),
        (-9, -2, -1, False, Standing.MISSING),
        (-9, -2, -1, True, Standing.HEARD),
        (-9, -1, 9, True, Standing.HEARD),
    ],
)
def test_where_it_stands_is_a_matter_of_days(opens, closes, due, heard, expected):
    days = {"opens_date": opens, "closes_date": closes, "reply_due_date": due}
    days = {name: None if days is None else DAY + timedelta(days=days) for name, days in days.items()}
    assert standing(DAY, **days, **(replied(DAY) if heard else {})) == expected


def test_what_is_not_shown_yet_is_there_for_whoever_writes_it_and_nobody_else(client):
    draft = QuestionFactory(question="Wrencanary?", opens_date=None)
    for user in (None, UserFactory(), MemberFactory()):
        if user:
            client.force_login(user)
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert "Wrencanary" not in client.get(LIST).text
    sign_in_staff(client, ModeratorFactory())
    assert client.get(draft.get_absolute_url()).status_code == 404
    sign_in_staff(client, EditorFactory())
    assert "Not shown yet" in client.get(draft.get_absolute_url()).text


def test_the_list_shows_open_ones_first_and_a_missing_reply_as_missing(client):
    today = timezone.localdate()
    QuestionFactory(question="Still open?")
    QuestionFactory(question="Just closed?", closed=True)
    late = {"closes_date": today - timedelta(days=9), "reply_due_date": today - timedelta(days=1)}
    QuestionFactory(question="Forgotten?", **late)
    QuestionFactory(question="Answered?", **late, **replied(heard="That nobody rings back."))
    page = client.get(LIST).text
    order = [page.index(words) for words in ("Open now", "Still open?", "Closed", "Just closed?", "Answered?")]
    assert order == sorted(order)
    assert page.count("Their reply is missing") == 1
    assert page.index("Forgotten?") < page.index("Their reply is missing")
    assert "That nobody rings back." in page


def test_an_overdue_question_says_so_on_its_own_page_and_a_reply_ends_it(client):
    today = timezone.localdate()
    asked = QuestionFactory(closes_date=today - timedelta(days=9), reply_due_date=today - timedelta(days=1))
    assert "Nothing has come yet" in client.get(asked.get_absolute_url()).text
    CommissionersQuestion.objects.update(**replied())
    page = client.get(asked.get_absolute_url()).text
    assert "Nothing has come yet" not in page
    assert ("What they heard" in page, "We open it." in page) == (True, True)


def test_only_stories_that_the_reader_may_read_are_shown_as_answers(client):
    asked = QuestionFactory()
    told = [
        StoryFactory(live=True, audience="public", title="Everybody reads it"),
        StoryFactory(live=True, audience="members", title="Memberscanary"),
        StoryFactory(live=True, audience="public", title="Hiddencanary"),
        StoryFactory(title="Draftcanary"),
    ]
    StoryFactory(live=True, audience="public", title="Answers nothing")
    Story.objects.filter(title="Hiddencanary").update(hidden_at=timezone.now())
    answered_by(asked, *told)
    expected = {"Everybody reads it"}
    for user in (None, MemberFactory()):
        if user:
            client.force_login(user)
            expected |= {"Memberscanary"}
        page = client.get(asked.get_absolute_url())
        assert {story.title for story in page.context["page"].items} == expected
        assert not [word for word in ("Hiddencanary", "Draftcanary", "Answers nothing") if word in page.text]


def test_a_member_answers_with_the_beginning_of_a_story_and_the_question_is_remembered(client):
    asked, member = QuestionFactory(), MemberFactory()
    client.force_login(member)
    answer = reverse("questions:answer", args=[asked.slug])
    assert f'href="{answer}"' in client.get(asked.get_absolute_url()).text
    page = client.get(answer)
    assert asked.question in page.text
    typed = {
        "title": "The bell",
        "noticed": "It is out of reach.",
        "form_key": page.context["form"].initial["form_key"],
    }
    for _ in range(2):
        sent = client.post(answer, typed)
    story = Story.objects.get()
    assert sent["Location"] == reverse("stories:safety", args=[story.slug])
    assert (story.author, story.title, story.live) == (member, "The bell", False)
    assert [one.question for one in QuestionAnswer.objects.filter(story=story)] == [asked]
    assert "The bell" not in client.get(asked.get_absolute_url()).text
    story.delete()
    assert not QuestionAnswer.objects.exists()


def test_whoever_waits_to_be_let_in_is_offered_no_way_that_is_not_there_for_them(client):
    asked = QuestionFactory()
    pages = {
        asked.get_absolute_url(): "Answer with what you saw",
        reverse("practices:practice", args=["rule-or-habit"]): "I’m trying this",
    }
    for user, offered in ((None, True), (UserFactory(), False), (MemberFactory(), True)):
        if user:
            client.force_login(user)
        assert [words in client.get(page).text for page, words in pages.items()] == [offered] * 2


def test_an_empty_answer_begins_nothing_and_one_typed_signed_out_is_there_afterwards(client):
    answer = reverse("questions:answer", args=[QuestionFactory().slug])
    sent = client.post(answer, {"title": "The bell", "noticed": "It is out of reach."})
    assert sent["Location"].startswith(reverse("account_login"))
    client.force_login(MemberFactory())
    assert "It is out of reach." in client.get(answer).text
    assert "Enter what you noticed" in client.post(answer, {"title": "The bell", "noticed": ""}).text
    assert not Story.objects.exists()


@pytest.mark.parametrize("days", [1, 0])
def test_a_closed_question_takes_no_answer_and_loses_no_word(client, days):
    today = timezone.localdate()
    asked = QuestionFactory(closes_date=today - timedelta(days=days))
    answer = reverse("questions:answer", args=[asked.slug])
    client.force_login(MemberFactory())
    is_open = days == 0
    assert (answer in client.get(asked.get_absolute_url()).text) is is_open
    assert client.get(answer).status_code == (200 if is_open else 302)
    sent = client.post(answer, {"title": "The bell", "noticed": "It is out of reach."})
    assert Story.objects.exists() is is_open
    if not is_open:
        assert "This question is closed" in sent.text
        assert "It is out of reach." in sent.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens_date": DAY, "closes_date": DAY - timedelta(days=1)},
        {"closes_date": DAY, "reply_due_date": DAY},
        {"heard": "Something."},
        {"heard": "Something.", "will_do": "Nothing, because."},
        {"will_do": "Something.", "replied_date": DAY},
    ],
)
def test_the_database_refuses_days_out_of_order_and_half_a_reply(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFactory(**{"opens_date": None, "closes_date": DAY, "reply_due_date": DAY + timedelta(days=9), **wrong})


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_queries_however_much_there_is(client, django_assert_max_num_queries, count):
    asked = [QuestionFactory() for _ in range(count)][0]
    QuestionFactory.create_batch(count, closed=True, **replied())
    answered_by(asked, *(StoryFactory(live=True, audience="public", title="Told") for _ in range(count)))
    for page, most in ((LIST, 3), (asked.get_absolute_url(), 5)):
        client.get(page)
        with django_assert_max_num_queries(most):
            client.get(page)


# --- In the admin -----------------------------------------------------------------------------------------------------


def form(**more):
    return {
        "question": "What stops somebody at your door?",
        "why": "The contract is written in spring.",
        "organisation": "A council",
        "role": "Head of commissioning",
        "opens_date": "2027-03-01",
        "closes_date": "2027-03-31",
        "reply_due_date": "2027-04-30",
        "heard": "",
        "will_do": "",
        **more,
    }


def address(view, *args):
    return reverse(ADMIN.get_url_name(view), args=args)


def test_an_editor_asks_and_enters_the_reply_and_the_address_stays(client):
    sign_in_staff(client, EditorFactory())
    assert client.post(address("add"), form()).status_code == 302
    asked = CommissionersQuestion.objects.get()
    assert (asked.slug, asked.replied_date) == ("what-stops-somebody-at-your-door", None)
    reply = {"question": "What stops people?", "heard": "The bell.", "will_do": "We move it."}
    assert client.post(address("edit", asked.pk), form(**reply)).status_code == 302
    asked.refresh_from_db()
    assert (asked.slug, asked.question) == ("what-stops-somebody-at-your-door", "What stops people?")
    assert (asked.heard, asked.replied_date) == ("The bell.", timezone.localdate())
    assert "Where it stands" in client.get(address("list")).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"closes_date": "2027-02-01"}, "Choose a day on or after the one from which it is shown"),
        ({"reply_due_date": "2027-03-31"}, "Choose a day after the last one for answers"),
        ({"heard": "The bell."}, "Say both: what they heard, and what they will do"),
        ({"will_do": "We move it."}, "Say both: what they heard, and what they will do"),
        ({"question": "???"}, "Enter a question with letters in it"),
        ({"question": "What stops somebody at YOUR door"}, "There is one with almost these words already"),
    ],
)
def test_what_cannot_stand_is_said_in_words(client, wrong, said):
    QuestionFactory(question="What stops somebody at your door?")
    sign_in_staff(client, EditorFactory())
    page = client.post(address("add"), form(**{"question": "Another one?", **wrong}))
    assert page.status_code == 200
    assert said in page.text
    assert CommissionersQuestion.objects.count() == 1


def test_moderators_write_none_and_nobody_deletes_one(client):
    asked = QuestionFactory()
    sign_in_staff(client, ModeratorFactory())
    assert [client.get(address(*view)).status_code for view in [("list",), ("add",), ("edit", asked.pk)]] == [302] * 3
    for view in ("delete", "usage", "copy"):
        with pytest.raises(NoReverseMatch):
            address(view, asked.pk)


def test_whoever_chooses_one_is_shown_what_they_may_read(client):
    shown, draft = QuestionFactory(question="Larkcanary?"), QuestionFactory(question="Wrencanary?", opens_date=None)
    names = ADMIN.chooser_viewset.url_namespace
    for staff, reads_drafts in ((ModeratorFactory(), False), (EditorFactory(), True)):
        sign_in_staff(client, staff)
        listed = client.get(reverse(f"{names}:choose_results")).text
        assert ("Larkcanary" in listed, "Wrencanary" in listed) == (True, reads_drafts)
        asked = [client.get(reverse(f"{names}:chosen", args=[one.pk])).status_code for one in (shown, draft)]
        assert asked == [200, 200 if reads_drafts else 404]
