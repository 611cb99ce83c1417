"""Thanks, responses, organisations' answers and follow-ups, as members and tellers meet them on the pages."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Notice
from members.tests.factories import MemberFactory, ModeratorFactory, UserFactory, sign_in_staff
from stories import actions, reminding
from stories.models import FollowUp, FollowUpReminder, KeptText, OrganisationResponse, Response, Story, Thanks
from stories.tests.contributing import add, fresh, heard_by_organisations, known_member, live, published
from stories.tests.factories import CoAuthorFactory, StoryFactory

pytestmark = pytest.mark.django_db
LONG = "a" * 60_000


def at(name, *words):
    return reverse(f"stories:{name}", args=words)


def text(response):
    return unescape(response.content.decode())


def page_of(client, story):
    return text(client.get(story.get_absolute_url()))


def post(client, address, **answers):
    token = client.get(address).context["form"]["form_key"].value() or ""
    return client.post(address, {"form_key": token, **answers})


@pytest.fixture
def member(client):
    member = MemberFactory(first_name="Priya", last_name="Quill")
    client.force_login(member)
    return member


# --- Responses --------------------------------------------------------------------------------------------------------


def test_a_newcomers_response_waits_and_only_they_see_it(client, member):
    story = published()
    client.force_login(member)
    answer = post(client, at("respond", story.slug), text="It helped us.", byline="role")
    assert answer.status_code == 302
    assert "It helped us." in page_of(client, story)
    client.logout()
    assert "It helped us." not in page_of(client, story)


def test_a_known_members_response_is_there_at_once(client):
    client.force_login(known_member())
    story = published()
    post(client, at("respond", story.slug), text="It helped us.", byline="hidden")
    client.logout()
    assert "It helped us." in page_of(client, story)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"text": "", "byline": "role"}, "Enter what you would like to say"),
        ({"text": LONG, "byline": "role"}, "Keep this to 10000 characters or fewer. It has 60000 now."),
        ({"text": "a\x00b", "byline": "role"}, "Take out the sign that cannot be shown"),
        ({"text": "Words.", "byline": "everything"}, "Choose one of the answers shown"),
        ({"text": "Words.", "byline": ""}, "Choose how we should name you"),
        ({"text": "Words.", "byline": "role", "byline_role": "no\x00role"}, "Choose one of the answers shown"),
    ],
)
def test_a_bad_response_gets_a_sentence_and_keeps_the_words(client, member, answers, sentence):
    answer = post(client, at("respond", published().slug), **answers)
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert answers["text"].replace("\x00", "") in text(answer).replace("\x00", "")
    assert not Response.objects.exists()


def test_markup_stays_text(client, member):
    story = published()
    live(Response, story, text="<script>alert(1)</script> javascript:alert(2)")
    assert "<script>alert" not in client.get(story.get_absolute_url()).content.decode()


def test_a_double_click_makes_one_response(client, member):
    address = at("respond", published().slug)
    token = client.get(address).context["form"]["form_key"].value()
    for _ in range(2):
        client.post(address, {"form_key": token, "text": "Once.", "byline": "role"})
    assert Response.objects.count() == 1


def test_words_typed_in_an_ended_session_wait_for_their_writer(client, member):
    address = at("respond", published().slug)
    client.logout()
    client.post(address, {"text": "Typed before.", "byline": "role"})
    client.force_login(member)
    assert "Typed before." in text(client.get(address))
    post(client, address, text="Typed before.", byline="role")
    assert not KeptText.objects.exists()


def test_whoever_waits_to_be_let_in_is_told_so(client):
    client.force_login(UserFactory())
    assert "A moderator lets you in first" in text(client.get(at("respond", published().slug)))


@pytest.mark.parametrize("name", ["respond", "thank", "responses", "try", "tried", "organisation"])
def test_there_is_no_page_on_a_story_that_one_may_not_read(client, member, name):
    hidden = published()
    Story.objects.filter(pk=hidden.pk).update(organisations_may_respond=True)
    actions.hide(hidden, by=hidden.author, now=timezone.now())
    assert client.get(at(name, hidden.slug)).status_code == 404
    assert client.post(at(name, hidden.slug), {"text": "Words."}).status_code == 404


def test_closing_keeps_what_is_there_and_hiding_hides_it(client):
    story = published()
    live(Response, story, text="A first answer.")
    client.force_login(story.author)
    client.post(at("listening", story.slug), {"responding": "closed", "organisations": "no"})
    assert "A first answer." in page_of(client, story)
    assert "The teller takes no more responses." in page_of(client, story)
    client.post(at("listening", story.slug), {"responding": "hidden", "organisations": "no"})
    reader = MemberFactory()
    client.force_login(reader)
    assert "A first answer." not in page_of(client, story)
    assert "A first answer." not in text(client.get(at("responses", story.slug)))
    client.force_login(story.author)
    assert "A first answer." in text(client.get(at("responses", story.slug)))


def test_a_response_that_comes_after_the_closing_is_given_back(client, member):
    story = published()
    token = client.get(at("respond", story.slug)).context["form"]["form_key"].value()
    Story.objects.filter(pk=story.pk).update(responding="closed")
    answer = client.post(at("respond", story.slug), {"form_key": token, "text": "Too late.", "byline": "role"})
    assert "takes no more responses" in text(answer)
    assert "Too late." in text(answer)


def test_the_newest_few_stand_on_the_page_and_the_rest_on_their_own(client, member):
    story = published()
    for number in range(5):
        live(Response, story, text=f"Answer {number}.")
    shown = page_of(client, story)
    assert [f"Answer {number}." in shown for number in range(5)] == [False, False, True, True, True]
    assert text(client.get(at("responses", story.slug))).count("Answer ") == 5


# --- Thanks -----------------------------------------------------------------------------------------------------------


def thank(story, *kinds, named=False, **person):
    actions.thank(story, kinds=kinds, named=named, by=MemberFactory(**person), now=timezone.now())


def test_thanks_are_one_sentence_a_kind_and_no_number(client):
    story = published()
    thank(story, "ask", named=True, first_name="Priya")
    thank(story, "ask", "trying")
    thank(story, "ask")
    shown = page_of(client, story)
    assert "It helped Priya and others ask." in shown
    assert "Somebody is trying it." in shown


def test_somebody_who_is_not_named_stands_nowhere(client, member):
    story = published()
    actions.thank(story, kinds=["meeting"], named=False, by=member, now=timezone.now())
    client.logout()
    assert "Somebody used it in a meeting." in page_of(client, story)
    client.force_login(story.author)
    listed = text(client.get(at("responses", story.slug)))
    assert "A member: I used it in a meeting" in listed
    assert "Priya" not in page_of(client, story) + listed


def test_thanks_are_given_once_and_taken_back(client, member):
    story = published()
    for _ in range(2):
        client.post(at("thank", story.slug), {"kinds": ["ask", "meeting"], "named": "no"})
    assert Thanks.objects.count() == 2
    client.post(at("thank", story.slug), {"kinds": ["ask"], "named": "yes"})
    assert [(one.kind, one.named) for one in Thanks.objects.all()] == [("ask", True)]
    client.post(at("thank", story.slug), {"kinds": [], "named": "no"})
    assert not Thanks.objects.exists()


@pytest.mark.parametrize("answers", [{"kinds": ["love"], "named": "no"}, {"kinds": ["ask"], "named": "\x00"}])
def test_bad_thanks_get_a_sentence(client, member, answers):
    answer = client.post(at("thank", published().slug), answers)
    assert "Choose one of the answers shown" in text(answer)
    assert not Thanks.objects.exists()


def test_nobody_thanks_themselves(client):
    story = published()
    client.force_login(story.author)
    client.post(at("thank", story.slug), {"kinds": ["ask"], "named": "yes"})
    assert not Thanks.objects.exists()


def test_thanks_for_a_members_story_do_not_come_out_with_it(client):
    story = published(audience="members")
    thank(story, "ask", named=True, first_name="Priya")
    Story.objects.filter(pk=story.pk).update(audience="public")
    assert "Priya" not in page_of(client, story)


# --- Organisations ----------------------------------------------------------------------------------------------------


def test_an_organisation_answers_only_where_the_teller_wants_it(client, member):
    story = published()
    assert client.get(at("organisation", story.slug)).status_code == 404
    Story.objects.filter(pk=story.pk).update(organisations_may_respond=True)
    answers = {"organisation": "Northside Homes", "stance": "cannot", "text": "The letter is a system’s."}
    post(client, at("organisation", story.slug), **answers)
    answer = OrganisationResponse.objects.get()
    assert answer.waits
    actions.approve_contribution(answer, by=ModeratorFactory(), now=timezone.now())
    client.logout()
    shown = page_of(client, story)
    assert "Northside Homes" in shown
    assert "We cannot, because" in shown
    assert "Quill" not in shown


@pytest.mark.parametrize(("answer", "may"), [("yes", True), ("no", False), ("", False)])
def test_the_teller_of_a_public_story_is_asked_when_they_send_it(client, answer, may):
    story = StoryFactory(audience="public")
    client.force_login(story.author)
    assert "May an organisation answer your story?" in text(client.get(at("send", story.slug)))
    words = {"title": "They ring", "summary": "They ring first.", "edit_number": story.edit_number}
    client.post(at("send", story.slug), {**words, "organisations": answer})
    assert fresh(story).is_in_moderation
    assert fresh(story).organisations_may_respond is may


def test_the_teller_of_a_members_story_is_not_asked(client):
    story = StoryFactory()
    client.force_login(story.author)
    assert "May an organisation answer" not in text(client.get(at("send", story.slug)))


def test_members_stories_get_no_answer_from_organisations(client, member):
    story = heard_by_organisations(audience="members")
    assert client.get(at("organisation", story.slug)).status_code == 404


# --- Follow-ups -------------------------------------------------------------------------------------------------------


def test_a_teller_says_what_happened_since(client):
    story = published(outcome="going")
    client.force_login(story.author)
    answers = {"text": "The desk has a new lead.", "outcome": "stalled", "period_part": "early", "period_year": "2026"}
    post(client, at("follow_up", story.slug), **answers)
    assert "The desk has a new lead." in page_of(client, story)
    client.logout()
    assert "The desk has a new lead." not in page_of(client, story)
    actions.approve_contribution(FollowUp.objects.get(), by=ModeratorFactory(), now=timezone.now())
    shown = page_of(client, story)
    assert "Where is it now? Stalled, since early 2026" in shown
    assert "First told as: still going." in shown


def test_several_follow_ups_stand_in_their_order(client):
    story = published()
    for day, words in [(182, "Half a year."), (365, "A whole year.")]:
        live(FollowUp, story, text=words, now=timezone.now() + timedelta(days=day))
    shown = page_of(client, story)
    assert shown.index("Six months on") < shown.index("Half a year.") < shown.index("A year on")
    assert shown.index("A year on") < shown.index("A whole year.")


def test_a_sensitive_follow_up_keeps_the_year_only(client):
    story = published(boundaries=["housing", "domestic-abuse"])
    client.force_login(story.author)
    answers = {"text": "It held.", "outcome": "going", "period_part": "early", "period_year": "2026"}
    post(client, at("follow_up", story.slug), **answers)
    assert FollowUp.objects.get().period_part == ""


@pytest.mark.parametrize("year", ["", "soon", "1066", "9999", "２０２６", "\x00"])
def test_a_follow_up_needs_a_year_that_has_been(client, year):
    story = published()
    client.force_login(story.author)
    answer = post(client, at("follow_up", story.slug), text="It held.", outcome="going", period_year=year)
    assert answer.status_code == 200
    assert "It held." in text(answer)
    assert not FollowUp.objects.exists()


def test_only_the_teller_follows_up(client, member):
    assert client.get(at("follow_up", published().slug)).status_code == 404


# --- Mails ------------------------------------------------------------------------------------------------------------


def mails(kind):
    return list(Notice.objects.filter(kind=f"stories.{kind}").order_by("pk"))


def test_six_months_on_the_teller_is_asked_once():
    told_at = timezone.now() - timedelta(days=190)
    story = published(at=told_at)
    for _ in range(2):
        reminding.ask_what_happened_since(now=timezone.now())
    assert [mail.member for mail in mails("follow_up_asked")] == [story.author]
    assert FollowUpReminder.objects.count() == 1


@pytest.mark.parametrize("days", [30, 181, 300])
def test_before_and_long_after_six_months_nobody_is_asked(days):
    published(at=timezone.now() - timedelta(days=days))
    reminding.ask_what_happened_since(now=timezone.now())
    assert mails("follow_up_asked") == []


def test_who_has_followed_up_hidden_or_left_is_not_asked():
    ago = timezone.now() - timedelta(days=190)
    add(FollowUp, published(at=ago))
    hidden, left = published(at=ago), published(at=ago)
    actions.hide(hidden, by=hidden.author, now=timezone.now())
    left.author.suspend(now=timezone.now())
    reminding.ask_what_happened_since(now=timezone.now())
    assert mails("follow_up_asked") == []


def test_a_teller_is_told_of_answers_once_a_day_and_not_of_what():
    story = published()
    for _ in range(2):
        live(Response, story, text="zephyr")
        reminding.tell_tellers(now=timezone.now())
    [mail] = mails("new_responses")
    assert mail.member == story.author
    assert "zephyr" not in mail.subject + mail.text + mail.html
    assert story.title not in mail.subject + mail.text + mail.html
    reminding.tell_tellers(now=timezone.now() + timedelta(days=1))
    assert len(mails("new_responses")) == 2
    reminding.tell_tellers(now=timezone.now() + timedelta(days=2))
    assert len(mails("new_responses")) == 2


def test_what_waits_and_ones_own_words_are_no_news_for_the_teller():
    story = published()
    add(Response, story)
    live(Response, story, by=story.author)
    reminding.tell_tellers(now=timezone.now())
    assert mails("new_responses") == []


def test_who_tells_it_together_is_asked_what_has_happened_since_each_once():
    story = published(at=timezone.now() - timedelta(days=190))
    beside, gone = CoAuthorFactory(story=story), CoAuthorFactory(story=story)
    actions.part(gone, by=story.author, now=timezone.now())
    for _ in range(2):
        reminding.ask_what_happened_since(now=timezone.now())
    assert [mail.member for mail in mails("follow_up_asked")] == [story.author, beside.member]


def test_where_the_author_has_left_who_told_it_with_them_is_asked():
    story = published(at=timezone.now() - timedelta(days=190))
    beside = CoAuthorFactory(story=story)
    story.author.suspend(now=timezone.now())
    reminding.ask_what_happened_since(now=timezone.now())
    assert [mail.member for mail in mails("follow_up_asked")] == [beside.member]


def test_who_tells_it_together_is_told_of_an_answer_each_once():
    story, other = published(), published()
    beside = CoAuthorFactory(story=story).member
    CoAuthorFactory(story=other, member=beside)
    for one in (story, other):
        live(Response, one)
    for days in (0, 0, 1):
        reminding.tell_tellers(now=timezone.now() + timedelta(days=days))
    assert {mail.member: mail.text.count("/responses/") for mail in mails("new_responses")} == {
        story.author: 1,
        other.author: 1,
        beside: 2,
    }
    assert len(mails("new_responses")) == 3


def test_what_comes_after_ones_mail_of_the_day_is_told_to_all_on_the_next():
    own, story = published(), published()
    beside = CoAuthorFactory(story=story).member
    live(Response, published(author=beside))
    reminding.tell_tellers(now=timezone.now())
    live(Response, story)
    live(Response, own)
    reminding.tell_tellers(now=timezone.now())
    assert [mail.member for mail in mails("new_responses")] == [beside, own.author]
    reminding.tell_tellers(now=timezone.now() + timedelta(days=1))
    assert {mail.member for mail in mails("new_responses")[2:]} == {story.author, beside}


def test_what_one_of_them_added_is_news_for_the_others_only():
    story = published()
    beside = CoAuthorFactory(story=story).member
    live(Response, story, by=beside)
    reminding.tell_tellers(now=timezone.now())
    assert [mail.member for mail in mails("new_responses")] == [story.author]


def test_no_mail_says_who_tells_it_too():
    story = published(author__first_name="Zephyr", author__email="zephyr@example.org")
    beside = CoAuthorFactory(story=story, member__first_name="Quillon", member__email="quillon@example.org").member
    live(Response, story)
    reminding.tell_tellers(now=timezone.now())
    for mail in mails("new_responses"):
        other = "Zephyr" if mail.member == beside else "Quillon"
        assert other.lower() not in f"{mail.to} {mail.subject} {mail.text} {mail.html}".lower()


def test_a_hidden_story_brings_no_mail():
    story = published()
    live(Response, story)
    actions.hide(story, by=story.author, now=timezone.now())
    reminding.tell_tellers(now=timezone.now())
    assert mails("new_responses") == []


# --- What one added, and the moderators' page -------------------------------------------------------------------------


def test_a_writer_finds_all_they_added_and_takes_it_away(client):
    story = published()
    added = live(Response, story, text="Mine to take away.")
    client.force_login(added.author)
    assert "Mine to take away." in text(client.get(at("added")))
    client.post(at("withdraw_added", "response", added.slug))
    assert "Mine to take away." not in page_of(client, story)
    assert "Withdrawn" in text(client.get(at("added")))


def test_nobody_takes_away_anothers(client, member):
    added = live(Response, published())
    for kind in ("response", "experiment", "nothing"):
        assert client.post(at("withdraw_added", kind, added.slug)).status_code == 404
    assert fresh(added).is_live


def test_moderators_see_what_waits_oldest_first_and_no_name_that_was_not_given(client):
    writer = MemberFactory(first_name="Zephyrine", last_name="Quill")
    story = published(author=MemberFactory(first_name="Quillon", last_name="Marsh"), byline="hidden")
    live_since = timezone.now()
    second = add(Response, story, by=writer, text="Second words.", now=live_since)
    first = add(FollowUp, story, text="First words.", now=live_since - timedelta(days=1))
    desk = sign_in_staff(client, ModeratorFactory())
    shown = text(desk.get(reverse("stories_staff:contributions")))
    assert shown.index("First words.") < shown.index("Second words.")
    assert not [name for name in ("Zephyrine", "Quillon", "Marsh") if name in shown]
    desk.post(reverse("stories_staff:approve_contribution", args=["response", second.slug]))
    assert fresh(second).is_live
    refusal = reverse("stories_staff:refuse_contribution", args=["follow-up", first.slug])
    assert "Write why it is not shown." in text(desk.post(refusal, {"reason": " "}))
    desk.post(refusal, {"reason": "It names a small service."})
    assert fresh(first).reason == "It names a small service."
    [mail] = mails("contribution_refused")
    assert (mail.member, mail.subject) == (story.author, "What you added is not shown")


def test_a_moderator_takes_down_what_is_shown(client):
    added = live(Response, published(), text="Shown so far.")
    desk = sign_in_staff(client, ModeratorFactory())
    assert "Shown so far." in text(desk.get(reverse("stories_staff:contributions_published")))
    desk.post(
        reverse("stories_staff:take_down_contribution", args=["response", added.slug]), {"reason": "It names a person."}
    )
    assert "Shown so far." not in page_of(client, added.story)


def test_only_moderators_have_these_pages(client):
    added = add(Response, published())
    desk = sign_in_staff(client, MemberFactory(is_staff=True))
    for name, words in {"contributions": [], "approve_contribution": ["response", added.slug]}.items():
        assert desk.post(reverse(f"stories_staff:{name}", args=words)).status_code in {302, 403, 404}
    assert fresh(added).waits
