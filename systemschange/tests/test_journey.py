"""A story's whole way, in a real browser on the real stack: from a phone to the weekly letter, and away again."""

import re
import time

import pytest
from django.core.management import call_command

from members.models import User
from members.tests.factories import PASSWORD, MemberFactory, ModeratorFactory, give_totp, totp_code
from reports.models import ReportIndexPage, ReportPage
from stories.models import Story
from stories.tests.factories import StoryFactory

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
TITLE = "The two teams ring each other before they refuse"


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, page, mailbox):
        self.page = page
        self.mailbox = mailbox

    def fill(self, **answers):
        for label, answer in answers.items():
            self.page.get_by_label(re.compile(label.replace("_", " "))).first.fill(answer)

    def choose(self, *labels):
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()
        # A form that is typed into makes sure of its connection before it goes.
        self.page.locator("form[data-busy]").wait_for(state="detached")

    def go_on(self, name="Continue"):
        """Press it, and be there: a page that saves first leaves a moment later."""
        here = self.page.url
        self.press(name)
        self.page.wait_for_url(lambda address: address != here)

    def follow(self, name):
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def sees(self, words):
        self.page.get_by_text(words).first.wait_for()

    def heading(self):
        return self.page.locator("h1").inner_text()

    def mail(self, to, containing):
        """The newest mail to an address that says this; waits for the worker to send it."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for message in reversed(self.mailbox.to(to)):
                if containing in message.get_body(("plain",)).get_content():
                    return message
            time.sleep(0.1)
        raise AssertionError(f"No mail to {to} says {containing!r}: {[m['Subject'] for m in self.mailbox.messages]}")

    def sign_in(self, email, secret=None):
        self.page.goto("/account/login/")
        self.page.locator("#id_login").fill(email)
        self.page.locator("#id_password").fill(PASSWORD)
        self.press("Sign in")
        if secret:
            self.page.locator("#id_code").fill(totp_code(secret))
            self.press("Sign in")


@pytest.fixture
def people(browse, mailbox):
    return lambda **options: Person(browse(**options), mailbox)


def jot_and_join(author, email):
    author.page.goto("/stories/new/")
    author.page.locator("#id_title").fill("Tuesday, the refusals")
    author.page.locator("#id_noticed").fill("Two teams each waited for the other to say yes first.")
    author.press("Keep this")
    author.follow("Make an account")
    author.page.locator("#id_email").fill(email)
    author.page.locator("#id_first_name").fill("Rowan")
    author.press("Mail me a code")
    author.page.wait_for_url("**/account/**")
    code = re.search(r"\b\d{6}\b", author.mail(email, "code").get_body(("plain",)).get_content())[0]
    author.page.locator("#id_code").fill(code)
    author.press("Continue")
    if author.heading().startswith("Welcome"):
        author.press("Not now")


def tell(author, *, to="Anyone"):
    """From the safety page to the check page."""
    assert author.heading() == "Safety first"
    author.choose("It is not about one person", to)
    author.go_on()
    author.go_on()  # what was noticed is there from the jot
    author.page.locator("#id_tried").fill("We had one lunch, and swapped numbers.")
    author.page.locator("#id_happened").fill("It worked for six referrals. The third team said no.")
    author.go_on()
    author.choose("Still going")
    author.page.locator("#id_shift_behaviour").fill("They ring before they refuse.")
    author.go_on()
    author.page.locator("#id_why_it_matters").fill("Nobody should have to be refused twice in a day.")
    author.go_on()
    author.choose("Housing", "Mental health")
    author.page.locator("#id_place").select_option("north-west")
    author.go_on()


def send(author, *, title=TITLE):
    author.page.wait_for_url("**/check/")
    author.follow("See it as others will")
    author.follow("Go on to send it")
    author.page.locator("#id_title").fill(title)
    author.page.locator("#id_summary").fill("A housing team and a crisis team stopped refusing people in turn.")
    author.go_on("Send")
    assert author.heading() == "It is with a moderator"


def embed_in_report(story):
    index = ReportIndexPage.objects.get()
    report = ReportPage(title="What we heard", introduction="Short.", body=[("story", story.slug)])
    index.add_child(instance=report)
    report.save_revision().publish()
    return report


@pytest.mark.parametrize(
    "javascript",
    [
        pytest.param(True, id="with JavaScript"),
        pytest.param(False, id="without JavaScript", marks=pytest.mark.long),
    ],
)
def test_a_story_travels_from_a_phone_to_the_weekly_letter_and_is_withdrawn(
    people, celery_worker, settings, javascript
):
    settings.SIGNUP_MODE = "open"
    email = "rowan@example.org"
    reader = MemberFactory(email="reader@example.org", profile__weekly_letter=True)
    moderator_account = ModeratorFactory(email="moderator@example.org")
    secret = give_totp(moderator_account)

    author = people(javascript=javascript, **PHONE)
    jot_and_join(author, email)
    tell(author)
    send(author)
    story = Story.objects.get()
    assert (story.author, story.live) == (User.objects.get(email=email), False)

    moderator = people()
    moderator.sign_in(moderator_account.email, secret)
    moderator.page.goto("/admin/")
    moderator.follow("Open the queue")
    moderator.follow(TITLE)
    moderator.page.get_by_label("What should the teller change, and why?").fill("Say roughly when this was.")
    moderator.press("Ask for changes")

    asked = author.mail(email, "asks for a change").get_body(("plain",)).get_content()
    author.page.goto(re.search(r"https?://\S+/draft/", asked)[0])
    author.sees("Say roughly when this was.")
    author.follow("Which services, where and when")
    author.page.locator("#id_period_year").fill("2025")
    author.go_on()
    author.page.goto(f"/stories/{story.slug}/check/")
    send(author)

    moderator.page.goto("/admin/moderation/")
    moderator.follow(TITLE)
    moderator.page.get_by_label("I asked myself").check()
    moderator.press("Approve")
    moderator.page.wait_for_url("**/admin/moderation/*")
    author.mail(email, f"/stories/{story.slug}/")

    visitor = people(javascript=javascript, **PHONE)
    visitor.page.goto("/stories/?boundary=housing&boundary=mental-health")
    visitor.follow(TITLE)
    visitor.sees("We had one lunch, and swapped numbers.")
    assert "Rowan" not in visitor.page.content()

    report = embed_in_report(story)
    visitor.page.goto(report.get_url())
    visitor.sees(TITLE)

    for pair in (["education", "police"], ["benefits", "housing"], ["benefits", "police"]):
        # Fewer than three things wait a week.
        StoryFactory(live=True, boundaries=pair)
    call_command("digest_drain", "--now")
    letter = visitor.mail(reader.email, TITLE)
    assert "Rowan" not in letter.as_string()
    assert TITLE not in letter["Subject"]

    author.page.goto(f"/stories/{story.slug}/withdraw/")
    author.press("Withdraw")
    author.page.wait_for_url("**/draft/")
    for address in ("/stories/", report.get_url(), "/"):
        visitor.page.goto(address)
        assert TITLE not in visitor.page.content(), address
    assert visitor.page.goto(f"/stories/{story.slug}/").status == 404

    MemberFactory(email="later@example.org", profile__weekly_letter=True)
    call_command("digest_drain", "--now")
    later = [message.get_body(("plain",)).get_content() for message in visitor.mailbox.to("later@example.org")]
    assert len(later) == 1
    assert TITLE not in later[0]
