"""Gatherings: who reads of one, what is said in which hour, and the file for a calendar."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from members import actions as accounts
from members.tests.factories import MemberFactory, ModeratorFactory, UserFactory
from networks import calendars
from networks.actions import coalitions
from networks.actions import gatherings as actions
from networks.models import Attendance, Gathering
from networks.tests.gathered import NOON, coalition_of, gathering_of
from networks.tests.test_coalitions import as_, queries
from practices.models import Boundary

pytestmark = pytest.mark.django_db
PAGES = ("", "past/", "new/", "{key}/", "{key}/change/", "{key}/call-off/", "{key}/calendar/")
INSIDE = {"", "past/", "{key}/", "{key}/calendar/"}


def tomorrow(**more):
    day = timezone.localdate() + timedelta(days=1)
    return {
        "title": "Tea and maps",
        "day": f"{day:%Y-%m-%d}",
        "begins": "14:00",
        "ends": "15:30",
        "time_zone": "Europe/London",
        "form_key": "one",
        **more,
    }


def test_states_and_actors(client):
    """A convenor changes it, members answer and read, and for everybody else there is no such page."""
    convenor, inside, left, outside = (MemberFactory() for _ in range(4))
    coalition = coalition_of(convenor, inside, left)
    gathering = gathering_of(coalition, convenor, now=timezone.now())
    coalitions.leave(coalition, by=left, now=timezone.now())
    actors = {"convenor": convenor, "in": inside, "left": left, "out": outside}
    actors |= {"moderator": ModeratorFactory(), "waiting": UserFactory()}
    for joining in ("open", "hidden"):
        type(coalition).objects.update(joining=joining)
        for actor, user in actors.items():
            as_(client, user)
            start = f"/coalitions/{coalition.key}/gatherings/"
            got = {page for page in PAGES if client.get(start + page.format(key=gathering.key)).status_code == 200}
            assert got == {"convenor": set(PAGES), "in": INSIDE}.get(actor, set()), (joining, actor)
            own = client.get("/coalitions/gatherings/")
            assert own.status_code == (404 if actor == "waiting" else 200)
            assert ("Wrencanary" in own.content.decode()) == (actor in {"convenor", "in"}), (joining, actor)
            seen = client.get(f"/coalitions/{coalition.key}/").content.decode()
            assert ("Wrencanary" in seen) == (actor in {"convenor", "in"}), (joining, actor)
    # A gathering answers under its own coalition only.
    other = coalition_of(convenor)
    as_(client, convenor)
    assert client.get(f"/coalitions/{other.key}/gatherings/{gathering.key}/").status_code == 404
    for verb in (actions.change, actions.call_off):
        with pytest.raises(actions.NotOpen):
            verb(gathering, by=inside, now=timezone.now())
    for stranger in (left, outside):
        with pytest.raises(actions.NotOpen):
            actions.say(gathering, answer="coming", by=stranger, now=timezone.now())


def test_a_convenor_puts_one_up_once_and_a_member_answers(client):
    convenor, member = MemberFactory(), MemberFactory(first_name="Bea")
    coalition = coalition_of(convenor, member)
    as_(client, convenor)
    page = f"/coalitions/{coalition.key}/gatherings/new/"
    for _ in range(2):
        client.post(page, tomorrow(where="Room 7", link="meet.example.org/a"))
    gathering = Gathering.objects.get()
    assert (gathering.begins.hour, gathering.link) == (14, "https://meet.example.org/a")
    as_(client, member)
    for answer, said in (("coming", "Coming: 1"), ("no", "Not coming: 1")):
        client.post(gathering.get_absolute_url(), {"answer": answer})
        assert said in client.get(gathering.get_absolute_url()).content.decode()
    assert Attendance.objects.get().member == member
    assert client.post(gathering.get_absolute_url(), {"answer": "maybe"}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ends": "14:00"}, "Enter a time after it begins"),
        ({"day": "1999-01-01"}, "Choose a day from today on"),
        ({"day": "9999-12-31"}, "Choose a day from today on"),
        ({"day": "soon"}, "Enter a day, such as"),
        ({"begins": "25:00"}, "Enter a time, such as"),
        ({"time_zone": "Mars/Base"}, "Choose a clock from the list"),
        ({"link": "javascript:alert(1)"}, "Enter the address of a web page"),
        ({"link": "ftp://example.org/a"}, "Enter the address of a web page"),
        ({"title": "x" * 300}, "Keep this to 120 characters"),
        ({"title": " "}, "Enter what the gathering is called"),
        ({"what_for": "Ring 07700 900123"}, "Why can these words stay?"),
    ],
)
def test_what_cannot_be_meant_is_said_in_words(client, typed, said):
    convenor = MemberFactory()
    coalition = coalition_of(convenor)
    as_(client, convenor)
    answer = client.post(f"/coalitions/{coalition.key}/gatherings/new/", tomorrow(**typed))
    assert said in answer.content.decode()
    assert not Gathering.objects.exists()


def test_an_hour_is_meant_by_the_clock_of_its_own_day(client, monkeypatch):
    """Put up in winter for a day in summer; and the hour that the clocks leave out in spring is refused."""
    convenor = MemberFactory()
    coalition = coalition_of(convenor)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 3, 26, 12, tzinfo=UTC))
    as_(client, convenor)
    page = f"/coalitions/{coalition.key}/gatherings/new/"
    client.post(page, tomorrow(day="2027-03-29"))
    client.post(page, tomorrow(day="2027-03-27", form_key="two"))
    assert [one.begins_at.hour for one in Gathering.objects.order_by("-begins_at")] == [13, 14]
    gap = client.post(page, tomorrow(day="2027-03-28", begins="01:30", ends="03:00", form_key="three"))
    assert "there is no such time" in gap.content.decode()
    # 01:30 comes twice in October: the first is meant.
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 10, 30, 12, tzinfo=UTC))
    as_(client, convenor)
    client.post(page, tomorrow(day="2027-10-31", begins="01:30", ends="02:30", form_key="four"))
    long = Gathering.objects.latest("pk")
    assert long.ends_at - long.begins_at == timedelta(hours=2)
    assert long.when.startswith("Sunday 31 October 2027, 01:30 to 02:30 (time in the UK")
    # Whoever lives by another clock reads both.
    convenor.time_zone = "America/New_York"
    assert long.when_for(convenor).startswith("Saturday 30 October 2027, 20:30 to 22:30 (time in North")
    assert long.when_for(MemberFactory()) == ""


def test_a_block_hides_each_others_names_and_no_number_tells():
    one, other, third = (MemberFactory() for _ in range(3))
    coalition = coalition_of(one, other, third)
    gathering = gathering_of(coalition, one)
    for member in (one, other, third):
        actions.say(gathering, answer="coming", by=member, now=NOON)
    accounts.block(other, known_as="Other", by=one, now=NOON)

    def seen(who):
        return {answer.member for answer in Attendance.objects.shown_to(who)}

    assert (seen(one), seen(other), seen(third)) == ({one, third}, {other, third}, {one, other, third})
    accounts.suspend(third, now=NOON)
    assert seen(one) == {one}
    assert Gathering.objects.visible_to(other).exists()


def test_pages_cost_the_same_for_one_and_three(client):
    convenor, counts = MemberFactory(), []
    coalition = coalition_of(convenor)
    client.force_login(convenor)
    now = timezone.now()
    gathering = gathering_of(coalition, convenor, now=now)
    for rows in (1, 2):
        for _ in range(rows):
            member = MemberFactory()
            coalitions.join(coalition, by=member, now=now)
            actions.say(gathering, answer="coming", by=member, now=now)
            gathering_of(coalition, convenor, now=now)
        pages = ("gatherings/", f"{coalition.key}/", f"{coalition.key}/gatherings/")
        counts.append([queries(client, page) for page in (*pages, gathering.get_absolute_url()[12:])])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 11, counts


def test_past_ones_stand_behind_a_link_and_cannot_be_answered_or_changed(client):
    convenor = MemberFactory()
    coalition = coalition_of(convenor)
    gathering = gathering_of(coalition, convenor, now=timezone.now() - timedelta(days=9))
    as_(client, convenor)
    start = f"/coalitions/{coalition.key}/gatherings/"
    assert (
        "Wrencanary" not in client.get(start).content.decode() + client.get("/coalitions/gatherings/").content.decode()
    )
    assert "Wrencanary" in client.get(f"{start}past/").content.decode()
    client.post(gathering.get_absolute_url(), {"answer": "coming"})
    client.post(f"{start}{gathering.key}/call-off/")
    gathering.refresh_from_db()
    assert (Attendance.objects.count(), gathering.is_off) == (0, False)


def test_whoever_leaves_comes_no_more_not_even_after_coming_back():
    convenor, member = MemberFactory(), MemberFactory()
    coalition = coalition_of(convenor, member)
    gathering = gathering_of(coalition, convenor)
    actions.say(gathering, answer="coming", by=member, now=NOON)
    coalitions.leave(coalition, by=member, now=NOON)
    coalitions.join(coalition, by=member, now=NOON)
    assert not Attendance.objects.exists()


# --- The file for a calendar ------------------------------------------------------------------------------------------

HOSTILE = "Tea\r\nATTENDEE:mailto:x@example.org\u2028BEGIN:VEVENT\x07, maps; and \\n"
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"


def event_of(gathering):
    told = calendars.calendar_file(gathering)
    assert all(len(line) <= 75 for line in told.split(b"\r\n"))
    assert b"\n" not in told.replace(b"\r\n", b"")
    (event,) = Calendar.from_ical(told).walk("VEVENT")
    return event


def test_the_file_says_what_the_page_says_and_survives_hostile_words():
    convenor = MemberFactory()
    coalition = coalition_of(convenor)
    begins = datetime(2027, 7, 5, 13, tzinfo=UTC)
    title = f"{HOSTILE} {FAMILY} اجتماع \u202eevil " + "long " * 40
    gathering = gathering_of(coalition, convenor, begins_at=begins, title=title[:120], what_for=f"One\n{HOSTILE}")
    event = event_of(gathering)
    assert event.decoded("dtstart") == begins
    assert set(event) >= {"UID", "SEQUENCE", "DTSTAMP", "DTEND", "LOCATION", "DESCRIPTION"}
    assert "ATTENDEE" not in event
    assert FAMILY in event["summary"]
    assert "اجتماع" in event["summary"]
    assert not {"\u202e", "\x07", "\u2028", "\n"} & set(event["summary"])
    assert event["location"] == "Room 7"
    assert gathering.link in event["description"]


def test_changing_counts_up_and_calling_off_says_cancelled_under_the_same_uid():
    convenor = MemberFactory()
    coalition = coalition_of(convenor)
    gathering = gathering_of(coalition, convenor)
    events = [event_of(gathering)]
    moved = {"begins_at": gathering.begins_at + timedelta(days=1), "ends_at": gathering.ends_at + timedelta(days=1)}
    events.append(event_of(actions.change(gathering, **moved, by=convenor, now=NOON)))
    events.append(event_of(actions.change(gathering, what_for="Cake", by=convenor, now=NOON)))
    events.append(event_of(actions.call_off(gathering, by=convenor, now=NOON)))
    assert [event["sequence"] for event in events] == [0, 1, 1, 2]
    assert [event["status"] for event in events] == ["CONFIRMED"] * 3 + ["CANCELLED"]
    assert len({event["uid"] for event in events}) == 1


@pytest.mark.parametrize("why", ["hidden", "invited", "sensitive"])
def test_of_a_hidden_or_sensitive_coalition_the_file_says_only_when(why):
    convenor = MemberFactory()
    coalition = coalition_of(convenor, **({} if why == "sensitive" else {"joining": why}))
    if why == "sensitive":
        coalition.boundaries.add(Boundary.objects.filter(sensitive=True).first())
    gathering = gathering_of(coalition, convenor, what_for="Kitecanary")
    told = calendars.calendar_file(gathering).decode()
    assert "SUMMARY:A gathering" in told
    assert not [word for word in ("Wrencanary", "Larkcanary", "Room 7", "meet.example", "Kitecanary") if word in told]


def test_the_file_is_taken_by_whoever_is_signed_in_and_kept_by_nobody_between(client):
    convenor = MemberFactory()
    coalition = coalition_of(convenor)
    gathering = gathering_of(coalition, convenor)
    address = f"{gathering.get_absolute_url()}calendar/"
    assert client.get(address).status_code == 302
    client.force_login(convenor)
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
