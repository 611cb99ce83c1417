"""Pages that are kept for visitors: for nobody else, and never longer than what they show is true."""

import gzip
import threading

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from insights import counting
from members.tests.factories import MemberFactory
from stories import actions
from stories.models import Byline, Story
from stories.tests.factories import StoryFactory
from systemschange import changes, kept_pages

pytestmark = pytest.mark.django_db
WORD = "Quincunx"


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.KEPT_PAGES = 50
    kept_pages.forget()
    yield
    kept_pages.forget()


def public(**fields):
    given = {"live": True, "audience": "public", "byline": "name", "boundaries": ["housing", "mental-health"]}
    return StoryFactory(**{**given, "title": f"The {WORD} of a form", **fields})


SHOWING = ["/", "/stories/", "/search/?q=quincunx", "/crossings/housing--mental-health/"]


def everywhere(story):
    return [*SHOWING, story.get_absolute_url()]


def shows(address):
    """What a visitor who has never been here is answered."""
    return WORD in Client().get(address).content.decode()


def withdraw(story):
    actions.withdraw(story, by=story.author, now=timezone.now())


def hide(story):
    actions.hide(story, by=story.author, now=timezone.now())


def narrow(story):
    Story.objects.filter(pk=story.pk).update(audience="members")


def by_hand(story):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_story SET live = false WHERE id = %s", [story.pk])


@pytest.mark.parametrize("verb", [withdraw, hide, narrow, by_hand])
def test_a_story_is_gone_from_every_kept_page_with_the_next_request(verb):
    story = public()
    addresses = everywhere(story)
    assert [shows(address) for address in addresses] == [True] * len(addresses)
    before = {address: kept_pages._pages[key(address)] for address in addresses}
    assert all(shows(address) for address in addresses)
    assert before == {address: kept_pages._pages[key(address)] for address in addresses}, "they were not kept"
    verb(story)
    assert [address for address in addresses if shows(address)] == []
    etags = {page.etag for page in before.values()}
    for address in addresses:
        answer = Client().get(address, headers={"If-None-Match": ", ".join(etags)})
        assert answer.status_code != 304


def key(address):
    return next(found for found in kept_pages._pages if found[2] == address)


def test_a_name_is_gone_from_kept_pages_as_soon_as_its_teller_takes_it_away():
    story = public(author=MemberFactory(first_name="Zebedee", last_name="Quill"))
    addresses = ["/stories/", story.get_absolute_url()]
    for address in addresses:
        assert "Zebedee" in Client().get(address).content.decode()
    Story.objects.filter(pk=story.pk).update(byline=Byline.ROLE)
    for address in addresses:
        assert "Zebedee" not in Client().get(address).content.decode()


def test_somebody_with_a_cookie_is_neither_shown_a_kept_page_nor_has_theirs_kept(client):
    story = StoryFactory(live=True, title=f"{WORD} for members")
    client.force_login(MemberFactory())
    assert WORD in client.get("/stories/").content.decode()
    assert not kept_pages._pages
    assert not shows("/stories/")
    assert WORD in client.get("/stories/").content.decode()
    assert WORD in client.get(story.get_absolute_url()).content.decode()


def test_no_page_that_sets_a_cookie_is_private_or_is_not_for_everybody_is_kept():
    for address in ["/account/login/", reverse("stories:new"), "/people/", "/tell-us/", "/nowhere/", "/healthz"]:
        Client().get(address)
    assert not kept_pages._pages


def test_hosts_and_questions_have_pages_of_their_own(settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example.org"]
    for host in ["testserver", "other.example.org"]:
        Client().get("/stories/", headers={"host": host})
    Client().get("/stories/?boundary=housing")
    assert len(kept_pages._pages) == 3


def test_whoever_has_the_page_is_told_so_in_a_few_bytes_and_others_get_it_packed():
    public()
    first = Client().get("/stories/")
    again = Client().get("/stories/", headers={"If-None-Match": first["ETag"]})
    packed = Client().get("/stories/", headers={"Accept-Encoding": "gzip"})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert gzip.decompress(packed.content) == first.content
    assert packed["Content-Length"] == str(len(packed.content))
    assert {first["Cache-Control"], again["Cache-Control"], packed["Cache-Control"]} == {"no-cache"}
    assert first["Content-Security-Policy"] == again["Content-Security-Policy"] == packed["Content-Security-Policy"]


def test_no_more_pages_are_kept_than_asked_for_and_none_beyond_its_time(settings, monkeypatch):
    settings.KEPT_PAGES = 2
    for word in "abc":
        Client().get(f"/stories/?q={word}story")
    assert len(kept_pages._pages) == 2
    monkeypatch.setattr(kept_pages, "SECONDS", -1)
    first = kept_pages._pages[key("/stories/?q=cstory")]
    Client().get("/stories/?q=dstory")
    Client().get("/stories/?q=dstory")
    assert first.until > kept_pages._pages[key("/stories/?q=dstory")].until


def test_no_number_is_older_than_the_page_about_the_numbers_says():
    assert counting.KEPT.total_seconds() + kept_pages.SECONDS <= counting.OLDEST_MINUTES * 60
    assert f"{counting.OLDEST_MINUTES} minutes at most" in Client().get("/insights/about/").text


def test_every_table_is_watched_or_named_as_unseen():
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        cursor.execute(changes.HAVE)
        have = {table for table, *_ in cursor.fetchall()}
    assert tables >= changes.UNSEEN, "these are gone: take them out of the list"
    assert changes.watched(tables) == have


def test_a_draft_and_a_sign_in_change_nothing_that_is_shown(client):
    draft, member = StoryFactory(), MemberFactory()
    before = changes.state()
    Story.objects.filter(pk=draft.pk).update(title="Another")
    member.last_login = timezone.now()
    member.save(update_fields=["last_login"])
    assert changes.state() == before
    member.first_name = "Ada"
    member.save(update_fields=["first_name"])
    assert changes.state() != before


def marks():
    """How many were left by this test: older ones may be taken away by any change."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {changes.MARKS} WHERE at >= now()")  # noqa: S608 (a name of ours)
        return cursor.fetchone()[0]


def test_many_stories_changed_at_once_leave_one_mark_and_drafts_among_them_hide_nothing():
    drafts, live = [StoryFactory() for _ in range(3)], [public() for _ in range(3)]
    before = marks()
    Story.objects.filter(pk__in=[story.pk for story in drafts + live]).update(title="Another")
    assert marks() == before + 1
    Story.objects.filter(pk__in=[story.pk for story in drafts]).update(live=True)
    assert marks() == before + 2, "shown now, and not before"
    Story.objects.filter(pk__in=[story.pk for story in live]).update(live=False)
    assert marks() == before + 3, "shown before, and not now"


def put_up(name, how, table=changes.STORIES):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {how} EXECUTE FUNCTION {changes.MARKS}()")
        cursor.execute(f"COMMENT ON TRIGGER {name} ON {table} IS NULL")


def test_what_was_put_up_in_another_way_is_replaced():
    put_up("visitors_update", f"AFTER UPDATE ON {changes.STORIES} FOR EACH ROW WHEN (OLD.live OR NEW.live)")
    stories = [public(), public()]
    before = marks()
    Story.objects.filter(live=True).update(title="Another")
    assert marks() == before + len(stories)
    changes.install()
    Story.objects.filter(live=True).update(title="A third")
    assert marks() == before + len(stories) + 1


def test_another_schemas_tables_are_another_sites():
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA other")
        cursor.execute(f"CREATE TABLE other.{changes.STORIES} (id int, live boolean)")
    how = f"AFTER UPDATE ON other.{changes.STORIES} FOR EACH ROW"
    put_up("visitors_update", how, f"other.{changes.STORIES}")
    changes.install()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'visitors_update' ORDER BY 1")
        assert cursor.fetchall() == [(f"other.{changes.STORIES}",), (changes.STORIES,)]


def test_watching_is_installed_once_more_without_a_change():
    before = changes.state()
    changes.install()
    call_command("migrate", verbosity=0)
    assert changes.state() == before


@pytest.mark.django_db(transaction=True)
def test_what_is_not_yet_committed_is_neither_shown_nor_known_and_what_is_rolled_back_leaves_no_mark():
    story = public()
    before = changes.state()
    seen = []

    def elsewhere():
        seen.append(changes.state())
        connections["default"].close()

    with transaction.atomic():
        Story.objects.filter(pk=story.pk).update(live=False)
        assert changes.state() != before
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        transaction.set_rollback(True)
    assert seen == [before]
    assert changes.state() == before


def elsewhere(work):
    """What another connection answers, while this one's transaction stays open."""
    answers = []

    def run():
        answers.append(work())
        connections["default"].close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return answers[0]


def long_ago(which=""):
    """Marks were left three minutes ago: the clock is moved, nobody waits."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {changes.MARKS} SET at = at - interval '3 minutes' {which}")  # noqa: S608 (a name of ours)


def old_marks():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {changes.MARKS} WHERE at < clock_timestamp() - interval '2 minutes'")  # noqa: S608 (a name of ours)
        return cursor.fetchone()[0]


def change_until_old_marks_are_gone():
    """Each change clears with a chance of one in twenty. The states on the way."""
    states = []
    while not states or old_marks():
        assert len(states) < 1000, "somebody holds them"
        StoryFactory(live=True)
        states.append(changes.state())
    return states


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_stays_open_for_minutes_is_not_missed_though_its_mark_is_old_at_once():
    story = public()
    address = story.get_absolute_url()
    change_until_old_marks_are_gone()
    with transaction.atomic():
        Story.objects.filter(pk=story.pk).update(live=False)
        long_ago("WHERE xmin = pg_current_xact_id()::xid")
        # Not before that change: it might clear as well, and would hold what it took away until it is committed.
        elsewhere(long_ago)
        # Meanwhile others change something, take old marks away, and visitors have pages kept.
        states = {*elsewhere(change_until_old_marks_are_gone), elsewhere(changes.state)}
        assert [elsewhere(lambda: shows(address)) for _ in range(2)] == [True, True]
    assert old_marks(), "its mark was old when it was committed"
    assert changes.state() not in states
    assert not shows(address)
    after = change_until_old_marks_are_gone()
    assert states.isdisjoint(after), "with its mark a state came back, and with it a page"
    assert not shows(address)
