"""The pages of figures: for staff alone, the same work however much there is, and sentences that are true."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from insights.models import PageTotal
from insights.page_totals import A_WEEK, week_of
from insights.staff import funders, keeping, opened
from insights.staff.columns import Columns, round_up
from insights.staff.quarters import Quarter
from insights.tests.counted import DAY, NOW, told
from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("insights_staff:figures")
SHEET = reverse("insights_staff:quarter", args=[Quarter(2026, 4)])


def staff(factory=ModeratorFactory):
    return sign_in_staff(Client(), factory(approved_at=NOW - 900 * DAY))


def test_no_page_counts_people_or_names_anybody():
    author = MemberFactory(first_name="Zebedee", last_name="Quillfeather", approved_at=NOW - 10 * DAY)
    told(timezone.now() - DAY, author=author, byline="name")
    client = staff()
    assert "first figures come within five minutes" in client.get(PAGE).text
    keeping.refresh(now=timezone.now())
    for address in (PAGE, SHEET):
        page = client.get(address).text
        assert "Zebedee" not in page
        assert "Quillfeather" not in page
        assert author.email not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_the_same_queries_however_much_there_is(django_assert_num_queries, number):
    for _ in range(number):
        story = told(timezone.now() - DAY)
        StoryFactory(sent=True)
        week = week_of(timezone.localdate()) - A_WEEK
        PageTotal.objects.create(week=week, kind="stories:story", key=story.slug, number=7)
    keeping.refresh(now=timezone.now())
    client = staff()
    client.get(PAGE)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)
    with django_assert_num_queries(QUERIES_SHEET):
        client.get(SHEET)


QUERIES, QUERIES_SHEET = 23, 12


def test_what_waits_is_shown_to_moderators_alone():
    StoryFactory(sent=True)
    keeping.refresh(now=timezone.now())
    page = staff().get(PAGE).text
    assert "What waits now" in page
    assert "on which we ask them again" in page
    page = staff(EditorFactory).get(PAGE)
    assert page.status_code == 200
    assert "What waits now" not in page.text


def test_members_and_visitors_find_neither_page():
    member = Client()
    member.force_login(MemberFactory())
    for address in (PAGE, SHEET):
        assert Client().get(address).status_code == 302
        assert member.get(address).status_code == 403


def test_a_quarter_to_come_is_not_there_and_one_of_which_nothing_is_kept_says_so():
    client = staff()
    running = Quarter.of(timezone.now())
    assert client.get(reverse("insights_staff:quarter", args=[running.next])).status_code == 404
    page = client.get(reverse("insights_staff:quarter", args=[Quarter(2021, 1)]))
    assert "Nothing is kept of this quarter." in page.text
    assert reverse("insights_staff:quarter", args=[Quarter(2021, 2)]) in page.text
    first = client.get(reverse("insights_staff:quarter", args=[Quarter(2020, 1)]))
    assert "December 2019" not in first.text
    for wrong in ("2026-5", "2019-4"):
        assert client.get(f"/admin/figures/quarter/{wrong}/").status_code == 404


def test_pages_opened_are_shown_in_fives_by_whole_weeks_and_only_what_everybody_may_read_by_name():
    public, closed = told(title="A shared lunch"), told(title="The quiet room", audience="members")
    this_week = week_of(timezone.localdate())
    for week, key, number in [
        (this_week - A_WEEK, public.slug, 13),
        (this_week - A_WEEK, closed.slug, 23),
        (this_week, public.slug, 99),
    ]:
        PageTotal.objects.create(week=week, kind="stories:story", key=key, number=number)
    PageTotal.objects.create(week=this_week - A_WEEK, kind="stories:list", number=4)
    PageTotal.objects.create(week=this_week - A_WEEK, kind="crossings:crossing", key="housing--mental-health", number=5)
    found = opened.pages(this_week - A_WEEK)
    assert [(page.label or page.address, page.count) for page in found] == [
        ("/crossings/housing--mental-health/", 5),
        ("A shared lunch", 10),
    ]
    assert opened.by_week(this_week)[-1] == [this_week - A_WEEK, 45]
    page = staff().get(PAGE).text
    assert "A shared lunch" in page
    assert "The quiet room" not in page


# --- The page for funders ---------------------------------------------------------------------------------------------


def test_its_sentences_are_true_of_the_numbers_beside_them():
    for outcome, boundaries in [("going", ["housing", "police"]), ("stopped", ["housing", "police"]), ("early", [])]:
        told(outcome=outcome, boundaries=boundaries or ["housing"], place="salford")
    told(NOW - 100 * DAY)
    for _ in range(6):
        told(audience="members")
    quarter = Quarter(2026, 4)
    found = funders.count(quarter)
    assert funders.sentences(found, quarter) == [
        "3 stories were told for everybody to read from October to December 2026, and 5 or more for members only.",
        "Of the changes they tell of, 1 went on, 1 stalled or stopped, and for 1 it is too early to say or "
        "nothing was said.",
        "They ran between 1 pair of services, most often between housing and police (2), and came from 1 region.",
    ]


def test_where_two_pairs_are_alike_neither_is_called_the_most():
    told(boundaries=["housing", "police"])
    told(boundaries=["housing", "mental-health"])
    quarter = Quarter(2026, 4)
    assert funders.sentences(funders.count(quarter), quarter)[2] == "They ran between 2 different pairs of services."


def test_a_quarter_without_stories_says_so():
    quarter = Quarter(2026, 4)
    assert funders.sentences(funders.count(quarter), quarter) == [
        "No story was told for everybody to read from October to December 2026.",
        "So nothing can be said yet of what became of the changes.",
        "None of them ran between two services.",
    ]


def test_quarters_begin_and_end_by_the_clock_of_the_site():
    assert Quarter.of(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == Quarter(2026, 3)  # past midnight in summer
    assert Quarter.of(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == Quarter(2026, 4)
    assert [str(one) for one in Quarter(2025, 4).until(Quarter(2026, 2))] == ["2025-4", "2026-1", "2026-2"]
    assert Quarter(2026, 1).before == Quarter(2025, 4)
    assert Quarter(2026, 4).ends == Quarter(2027, 1).begins


# --- Drawing ----------------------------------------------------------------------------------------------------------


def test_columns_are_as_high_as_their_numbers():
    drawn = Columns(("a", "b"), [["Mon", 4, 0], ["Tue", 8, 2]])
    heights = {(bar.series, bar.x): bar.height for bar in drawn.bars}
    assert len(heights) == 3
    tall = drawn.base - 12
    assert sorted(heights.values()) == [round(tall * share, 1) for share in (2 / 8, 4 / 8, 1)]
    assert [text for _, text in drawn.ticks] == ["0", "4", "8"]


@pytest.mark.parametrize(
    ("number", "most"), [(0, 2), (3, 4), (8, 8), (11, 20), (41, 50), (61, 80), (99, 100), (412, 500), (1001, 2000)]
)
def test_the_highest_tick_is_round_and_not_below_any_number(number, most):
    assert round_up(number) == most


def test_a_drawing_of_nothing_is_empty():
    assert Columns(("a",), []).bars == Columns(("a",), [["Mon", 0]]).bars == []
