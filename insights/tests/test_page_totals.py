"""Which pages were opened how often: public ones, by people, and nothing about by whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from redis.exceptions import RedisError

from insights import page_totals, tasks
from insights.models import PageTotal
from members.tests.factories import MemberFactory
from stories.tests.factories import StoryFactory
from systemschange.tests.test_embedded_cache import OwnValkey

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
THIS_WEEK = page_totals.week_of(timezone.localdate())


@pytest.fixture
def reader():
    """Somebody with a browser, signed out."""
    return Client(headers={"user-agent": FIREFOX})


def totals():
    tasks.keep_page_totals()
    return {(one.kind, one.key): one.number for one in PageTotal.objects.all()}


def test_a_page_is_counted_by_its_address_without_the_question(reader):
    story = StoryFactory(live=True, audience="public")
    for _ in range(3):
        reader.get(story.get_absolute_url())
    reader.get(reverse("stories:list") + "?q=maya+osei&boundary=housing")
    reader.get(reverse("crossings:crossing", args=["housing", "mental-health"]))
    reader.get("/reports/")
    assert totals() == {
        ("stories:story", story.slug): 3,
        ("stories:list", ""): 1,
        ("crossings:crossing", "housing--mental-health"): 1,
        ("reports:list", ""): 1,
    }


def test_what_is_kept_of_a_visit_is_a_week_a_page_and_a_number(reader):
    reader.get("/", headers={"referer": "https://example.org/maya", "x-forwarded-for": "203.0.113.9"})
    names = page_totals._valkey(page_totals.settings.CACHES["default"]["LOCATION"]).hgetall("page-totals")
    assert names == {f"{THIS_WEEK}\nreports:home\n".encode(): b"1"}
    assert set(totals()) == {("reports:home", "")}
    assert {field.name for field in PageTotal._meta.get_fields()} == {"id", "week", "kind", "key", "number"}


def test_nobody_who_is_signed_in_is_counted(reader):
    story = StoryFactory(live=True, audience="public")
    reader.force_login(MemberFactory())
    for address in ["/", story.get_absolute_url(), "/people/"]:
        assert reader.get(address).status_code == 200
    assert totals() == {}


ROBOTS = [
    "",
    "curl/8.5.0",
    "python-requests/2.32",
    "FeedFetcher-Google; (+http://www.google.com/feedfetcher.html)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/120.0 Safari/537.36",
    "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0 Safari/537.36",
]


@pytest.mark.parametrize("robot", ROBOTS)
def test_known_robots_are_not_counted(robot):
    Client(headers={"user-agent": robot}).get("/stories/")
    assert totals() == {}


@pytest.mark.parametrize(
    "browser",
    [
        FIREFOX,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Edg/126.0",
        "Mozilla/5.0 (Linux; Android 10; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
    ],
)
def test_browsers_of_people_are(browser):
    Client(headers={"user-agent": browser}).get("/stories/")
    assert totals() == {("stories:list", ""): 1}


@pytest.mark.parametrize(
    "headers", [{"sec-purpose": "prefetch"}, {"purpose": "prefetch"}, {"hx-request": "true"}], ids=lambda one: str(one)
)
def test_what_a_browser_fetches_by_itself_is_no_page_that_was_opened(reader, headers):
    reader.get("/stories/", headers=headers)
    assert totals() == {}


def test_neither_a_question_for_the_head_nor_for_what_is_new_counts(reader):
    reader.head("/stories/")
    feed = reader.get("/stories/feed/")
    reader.get("/stories/feed/", headers={"if-none-match": feed.get("ETag", '"x"')})
    assert totals() == {}


def test_what_is_not_there_or_not_everybodys_is_not_counted(reader):
    closed = StoryFactory(live=True, audience="members")
    assert reader.get(closed.get_absolute_url()).status_code == 404
    assert reader.get("/nothing/here/").status_code == 404
    for address in ["/people/", "/account/login/", "/stories/new/", "/tell-us/", "/about/safety/", "/healthz"]:
        reader.get(address)
    assert totals() == {}


def test_weeks_begin_on_monday_by_the_clock_of_the_site():
    assert page_totals.week_of(date(2026, 11, 26)) == page_totals.week_of(date(2026, 11, 29)) == date(2026, 11, 23)
    page_totals.count(("stories:list", ""), now=datetime(2026, 7, 5, 22, 30, tzinfo=UTC))  # Sunday
    page_totals.count(("stories:list", ""), now=datetime(2026, 7, 5, 23, 30, tzinfo=UTC))  # Monday, in summer
    page_totals.keep()
    assert [*PageTotal.objects.order_by("week").values_list("week", "number")] == [
        (date(2026, 6, 29), 1),
        (date(2026, 7, 6), 1),
    ]


def test_what_was_counted_is_added_once_in_one_statement(reader, django_assert_num_queries):
    for address in ["/", "/stories/", "/practices/"]:
        reader.get(address)
    with django_assert_num_queries(1):
        assert page_totals.keep() == 3
    with django_assert_num_queries(0):
        assert page_totals.keep() == 0
    reader.get("/")
    assert totals()["reports:home", ""] == 2


def test_counting_asks_postgresql_for_nothing(reader):
    reader.get("/stories/")
    with connection.execute_wrapper(lambda run, sql, *rest: pytest.fail(sql)):
        page_totals.count(("stories:list", ""), now=timezone.now())


def test_numbers_of_a_story_go_with_it_and_all_of_them_after_two_years():
    kept, gone = StoryFactory(live=True, audience="public"), StoryFactory(live=True, audience="members")
    old = THIS_WEEK - timedelta(weeks=105)
    for week, slug in [(THIS_WEEK, kept.slug), (THIS_WEEK, gone.slug), (old, kept.slug)]:
        PageTotal.objects.create(week=week, kind="stories:story", key=slug, number=7)
    PageTotal.objects.create(week=THIS_WEEK, kind="stories:list", number=7)
    tasks.forget_page_totals()
    assert {*PageTotal.objects.values_list("week", "key")} == {(THIS_WEEK, kept.slug), (THIS_WEEK, "")}


@pytest.fixture
def own_valkey(settings):
    own = OwnValkey()
    location = f"unix://{own.folder}/valkey.sock?db=1"
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "LOCATION": location}}
    yield own
    own.stop()


@pytest.mark.fault
def test_without_valkey_pages_come_and_only_what_waited_is_lost(own_valkey, caplog):
    reader = Client(headers={"user-agent": FIREFOX})
    reader.get("/practices/")
    assert totals() == {("practices:list", ""): 1}
    reader.get("/practices/")
    own_valkey.stop()
    assert reader.get("/stories/").status_code == reader.get("/practices/").status_code == 200
    assert caplog.text.count("Pages are not counted for 30 seconds") == 1
    with pytest.raises(RedisError):
        page_totals.take()
    assert totals() == {("practices:list", ""): 1}
    own_valkey.start()
    assert totals() == {("practices:list", ""): 1}
    Client(headers={"user-agent": FIREFOX}).get("/practices/")
    assert totals() == {("practices:list", ""): 2}
