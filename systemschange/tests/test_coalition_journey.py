"""In two real browsers: two who never met find each other across a boundary, talk, gather a group and meet, while three
others, one of them blocked and one unlisted, learn nothing of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from members import actions as accounts
from members.tests.factories import ListedMemberFactory, MemberFactory, ModeratorFactory, send_mail
from networks.models import Coalition, CoalitionInvitation, Conversation, Gathering, Introduction, Membership
from practices.models import Boundary, Place, Role
from stories import actions as stories
from stories.models import Story
from systemschange.tests import sweep
from systemschange.tests.chromium import sign_in
from systemschange.tests.test_journey import PHONE, Person, send, tell

pytestmark = pytest.mark.long

# Each stands in one thing that was said between the two, and nowhere else.
REASON, HELLO, DRAFT, ANSWER = "teasel", "dunlin", "bittern", "plover"
GROUP, PURPOSE, AGREEMENT, NOTICE = "sundew", "bogbean", "sorrel", "yarrow"
TITLE, WHAT_FOR, WHERE, LINK = "fieldfare", "redwing", "brambling", "siskin"
STORY, NOTICED = "godwit", "curlew"
GATHERINGS = ("list", "past", "new")
GATHERING = ("gathering", "change", "call_off", "calendar")
PAGES = ("coalition", "join", "ask", "requests", "invite", "close", "leave", "notices", "members")
STORY_PAGES = ("story", "thank", "respond", "try", "keep", "follow", "concern", "draft")
LISTS = (
    "/",
    "/people/",
    "/people/?boundary=mental-health&place=salford",
    "/coalitions/",
    "/coalitions/gatherings/",
    "/introductions/",
    "/conversations/",
    "/stories/",
    "/account/",
)


def working(role, service, wish, *, listed=True, **fields):
    profile = {
        "profile__role": Role.objects.get(slug=role),
        "profile__works_in": Boundary.objects.filter(slug=service),
        "profile__would_cross_to": Boundary.objects.filter(slug=wish),
        "profile__place": Place.objects.get(slug="salford"),
    }
    return (ListedMemberFactory if listed else MemberFactory)(**profile, **fields)


class Journey:
    """The two at their browsers, each step as one of them does it."""

    def __init__(self, officer, nurse, javascript):
        self.officer, self.nurse, self.javascript = officer, nurse, javascript

    def find_by_crossing_and_place(self):
        self.officer.page.goto("/people/")
        self.officer.page.get_by_text("Narrow this list").click()
        self.officer.choose("On the other side of mine")
        self.officer.page.get_by_label("Where they work").select_option("salford")
        self.officer.press("Show these people")
        self.officer.page.wait_for_url("**across=on**")
        assert self.officer.page.locator(".card__title").all_inner_texts() == ["Ottoline"]
        self.officer.follow("Ottoline")

    def ask_to_be_introduced(self):
        self.officer.follow("Ask to be introduced")
        self.officer.page.locator("#id_reason").fill(f"We both write to the same {REASON} and never to each other.")
        self.officer.press("Ask")
        self.officer.sees("They may answer until")

    def say_yes(self):
        self.nurse.page.goto("/introductions/")
        self.nurse.follow("Housing officer, North West")
        self.nurse.sees(REASON)
        assert "Wilhelmina" not in self.nurse.page.content()
        self.nurse.press("Yes, introduce us")
        self.nurse.page.wait_for_url("**/conversations/**")
        assert self.nurse.heading() == "Wilhelmina"

    def talk(self):
        box = self.nurse.page.locator("#id_text")
        if self.javascript:
            box.fill(f"Half a sentence about a {DRAFT}")
            # What is typed is saved every fifteen seconds, and at once where the connection comes back.
            self.nurse.page.evaluate("dispatchEvent(new Event('online'))")
            self.nurse.sees("Nobody sees it until you send it")
            self.nurse.page.reload()
            assert DRAFT in box.input_value()
        box.fill(f"Hello, I have seen the {HELLO} too.")
        self.nurse.press("Send")
        self.nurse.page.wait_for_url("**#newest")
        self.officer.page.goto("/conversations/")
        self.officer.follow("Ottoline")
        self.officer.sees(HELLO)
        assert DRAFT not in self.officer.page.content()
        self.officer.page.locator("#id_text").fill(f"Then we gather a {ANSWER}.")
        self.officer.press("Send")
        self.officer.page.wait_for_url("**#newest")

    def gather_a_group(self):
        page = self.officer.page
        page.goto("/coalitions/")
        self.officer.follow("Gather a group")
        page.locator("#id_name").fill(f"Letters and {GROUP}")
        page.locator("#id_purpose").fill(f"One {PURPOSE} instead of four letters.")
        page.locator("#id_place").select_option("salford")
        self.officer.choose("By invitation only")
        page.locator("#id_agreements").fill(f"The {AGREEMENT} stays in here.")
        self.officer.press("Gather it")
        self.officer.sees(PURPOSE)
        self.officer.follow("Notice board")
        page.locator("#id_text").fill(f"I bring the {NOTICE}.")
        self.officer.press("Put it up")
        page.get_by_role("listitem").filter(has_text=NOTICE).wait_for()

    def invite(self):
        self.officer.page.goto(Coalition.objects.get().get_absolute_url())
        self.officer.follow("Invite somebody")
        self.officer.page.locator("#id_known").select_option("Ottoline")
        self.officer.press("Invite them")
        self.officer.sees("A mail is on its way")

    def join(self):
        self.nurse.page.goto("/coalitions/")
        self.nurse.follow(f"Letters and {GROUP}")
        self.nurse.follow("Open the invitation")
        self.nurse.sees(AGREEMENT)
        self.nurse.choose("I agree")
        self.nurse.press("Join")
        self.nurse.follow("Notice board")
        self.nurse.sees(NOTICE)

    def put_up_a_gathering(self):
        page, day = self.officer.page, timezone.localdate() + timedelta(days=20)
        page.goto(Coalition.objects.get().get_absolute_url())
        self.officer.follow("Gatherings")
        self.officer.follow("Put up a gathering")
        page.locator("#id_title").fill(f"Tea and {TITLE}")
        page.locator("#id_what_for").fill(f"Bring the {WHAT_FOR}.")
        page.locator("#id_day").fill(f"{day:%Y-%m-%d}")
        page.locator("#id_begins").fill("14:00")
        page.locator("#id_ends").fill("15:00")
        page.locator("#id_where").fill(f"Behind the {WHERE}")
        page.locator("#id_link").fill(f"https://meet.example.org/{LINK}")
        self.officer.press("Put it up")
        self.officer.sees(WHAT_FOR)

    def come_and_take_the_file(self):
        self.nurse.page.goto("/coalitions/gatherings/")
        self.nurse.follow(f"Tea and {TITLE}")
        self.nurse.choose("I am coming")
        self.nurse.press("Answer")
        self.nurse.sees("Coming: 1")
        with self.nurse.page.expect_download() as taken:
            self.nurse.follow("A file for your calendar")
        with open(taken.value.path(), "rb") as file:
            (event,) = Calendar.from_ical(file.read()).walk("VEVENT")
        # Others look into calendars: of a group that one is invited to they say no more.
        assert str(event["summary"]) == "A gathering"
        assert [word for word in (TITLE, WHERE, LINK, GROUP) if word in event.to_ical().decode()] == []
        assert event.decoded("dtstart") == Gathering.objects.get().begins_at

    def tell_the_group_a_story(self):
        """Only it reads it, once a moderator has."""
        page = self.officer.page
        page.goto(Coalition.objects.get().get_absolute_url())
        self.officer.follow("Tell a story to this group")
        page.locator("#id_title").fill(f"One {STORY} less")
        page.locator("#id_noticed").fill(f"Two teams waited for the same {NOTICED}.")
        self.officer.go_on("Keep this")
        tell(self.officer, to=f"Only my group “Letters and {GROUP}”")
        send(self.officer, title=f"One {STORY} less")
        stories.approve(Story.objects.get(), by=ModeratorFactory(), now=timezone.now())

    def read_it(self):
        self.nurse.page.goto(Coalition.objects.get().get_absolute_url())
        self.nurse.follow(f"One {STORY} less")
        self.nurse.sees(NOTICED)
        assert "Wilhelmina" not in self.nurse.page.content()

    def leave(self):
        self.nurse.page.goto(Coalition.objects.get().get_absolute_url())
        self.nurse.follow("Leave")
        self.nurse.press("Leave it")
        self.nurse.sees("You have left")
        assert GROUP not in self.nurse.page.content()


class Outside:
    """Somebody else who is signed in, and everything they might ask for."""

    def __init__(self, member, mailbox):
        self.member, self.mailbox, self.client = member, mailbox, Client()
        self.client.force_login(member)

    def learns_nothing(self, words, closed):
        answers = {address: self.client.get(address) for address in (*LISTS, *closed)}
        opened = [address for address in closed if answers[address].status_code != 404]
        assert opened == [], self.member.first_name
        said = {address: sweep.said(answer) for address, answer in answers.items()}
        leaks = {address: [word for word in words if word in text] for address, text in said.items()}
        assert {address: found for address, found in leaks.items() if found} == {}, self.member.first_name
        send_mail()
        assert self.mailbox.to(self.member.email) == [], self.member.first_name

    def changes_nothing(self, closed):
        done = [address for address in closed if self.client.post(address).status_code != 404]
        assert done == [], self.member.first_name


def closed_addresses():
    """Of all that has come about between the two so far. A group has more pages than its own."""
    for one in [*Introduction.objects.all(), *Conversation.objects.all()]:
        yield one.get_absolute_url()
    for coalition in Coalition.objects.all():
        yield from (reverse(f"coalitions:{name}", args=[coalition.key]) for name in PAGES)
        yield from (reverse(f"gatherings:{name}", args=[coalition.key]) for name in GATHERINGS)
    for invitation in CoalitionInvitation.objects.all():
        yield reverse("coalitions:invited", args=[invitation.token])
    for gathering in Gathering.objects.all():
        keys = [gathering.coalition.key, gathering.key]
        yield from (reverse(f"gatherings:{name}", args=keys) for name in GATHERING)
    for story in Story.objects.all():
        yield from (reverse(f"stories:{name}", args=[story.slug]) for name in STORY_PAGES)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_two_meet_gather_and_part_and_nobody_else_learns_of_it(
    browse, live_server, mailbox, transactional_db, javascript
):
    wilhelmina = working("housing-officer", "housing", "mental-health", first_name="Wilhelmina")
    ottoline = working("mental-health-nurse", "mental-health", "housing", first_name="Ottoline")
    working("mental-health-nurse", "mental-health", "housing", first_name="Peregrine", listed=False)
    third = ListedMemberFactory(first_name="Third")
    blocked = working("mental-health-nurse", "mental-health", "housing", first_name="Blocked")
    unlisted = MemberFactory(first_name="Unlisted")
    accounts.block(blocked, known_as="Blocked", by=wilhelmina, now=timezone.now())

    def at_a_browser(member, **options):
        client, page = Client(), browse(javascript=javascript, **options)
        client.force_login(member)
        sign_in(page, client, live_server)
        return Person(page, mailbox)

    journey = Journey(at_a_browser(wilhelmina, **PHONE), at_a_browser(ottoline), javascript)
    outside = [Outside(member, mailbox) for member in (third, blocked, unlisted)]
    words = [REASON, HELLO, DRAFT, ANSWER, GROUP, PURPOSE, AGREEMENT, NOTICE, TITLE, WHAT_FOR, WHERE, LINK]
    words += [STORY, NOTICED]

    def nobody_else_learns_of_it():
        for one in outside:
            names = ["Wilhelmina"] if one.member == blocked else []
            one.learns_nothing([*words, *names], [*closed_addresses()])

    journey.find_by_crossing_and_place()
    journey.ask_to_be_introduced()
    nobody_else_learns_of_it()
    journey.say_yes()
    journey.talk()
    journey.gather_a_group()
    journey.invite()
    journey.join()
    journey.put_up_a_gathering()
    journey.come_and_take_the_file()
    journey.tell_the_group_a_story()
    journey.read_it()
    nobody_else_learns_of_it()
    for one in outside:
        one.changes_nothing(closed_addresses())
    journey.leave()

    assert list(Membership.objects.now().values_list("member", flat=True)) == [wilhelmina.pk]
    coalition, gone = Coalition.objects.get(), Outside(ottoline, mailbox)
    theirs = [Introduction.objects.get().get_absolute_url(), Conversation.objects.get(for_two=True).get_absolute_url()]
    for address in closed_addresses():
        status = gone.client.get(address).status_code
        assert status == (200 if address in theirs else 404), address
    assert not coalition.gatherings.get().answers.exists()
    send_mail()
    for message in mailbox.messages:
        said = sweep.said_by_mail(message)
        assert [word for word in words if word in said] == [], message["Subject"]
