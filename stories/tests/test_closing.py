"""Closing an account: what its owner is asked, and what becomes of each story, of what was added, of who told along."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from members import actions as accounts
from members.models import Concern, Erasure, User
from members.tests.factories import (
    AdminFactory,
    MemberFactory,
    ModeratorFactory,
    StaffFactory,
    prove,
    sign_in_staff,
)
from stories import actions
from stories.models import CoAuthor, Experiment, Listing, Response, Story, Thanks
from stories.tests.factories import CoAuthorFactory, StoryFactory, edit_of, photo_in, pictured

pytestmark = pytest.mark.django_db
CLOSE = "/account/close/"
NOW = timezone.now()


def close(member, *kept):
    accounts.close(member, kept={one.slug for one in kept}, now=timezone.now())


def fresh(story):
    return Story.objects.filter(pk=story.pk).first()


def respond(story, by, **more):
    told = {"story": story, "text": "We did the same.", "audience": "members", "byline": "name", **more}
    added = actions.add(Response(**told), by=by, now=NOW)
    if added.waits:
        actions.approve_contribution(added, by=ModeratorFactory(), now=NOW)
    return added


# --- The page ---------------------------------------------------------------------------------------------------------


def test_the_page_asks_about_each_story_that_others_read_and_says_what_goes(client):
    member = MemberFactory()
    named = StoryFactory(author=member, live=True, byline="name", title="The named one")
    unnamed = StoryFactory(author=member, live=True, byline="role", title="The unnamed one")
    StoryFactory(author=member, title="The draft")
    prove(client, member)
    page = client.get(CLOSE).content.decode()
    assert "These are: “The draft”" in page
    assert page.count('name="story_') == 4
    response = client.post(CLOSE, {f"story_{unnamed.slug}": "stay"})
    page = response.content.decode()
    assert "Choose what becomes of “The named one”" in page
    assert "Tick that you know" in page
    assert User.objects.filter(pk=member.pk).exists()
    answers = {f"story_{unnamed.slug}": "stay", f"story_{named.slug}": "go", "sure": "on"}
    assert client.post(CLOSE, answers)["Location"] == "/account/closed/"
    assert "Your account is closed" in client.get("/account/closed/").content.decode()
    assert client.get("/account/")["Location"].startswith("/account/login/")
    assert (fresh(named), fresh(unnamed).author) == (None, None)


@pytest.mark.long
@pytest.mark.parametrize(("answer", "left"), [("stay", 3), ("go", 0)])
def test_many_stories_are_answered_for_at_once(client, answer, left):
    member = MemberFactory()
    for _ in range(3):
        StoryFactory(author=member, live=True, byline="name")
    prove(client, member)
    client.post(CLOSE, {"all": answer, "sure": "on"})
    assert Story.objects.published().count() == left
    assert {story.teller for story in Story.objects.published()} <= {"A frontline worker"}


@pytest.mark.parametrize("story_count", [1, 3])
def test_the_page_takes_the_same_queries(client, django_assert_num_queries, story_count):
    member = MemberFactory()
    for _ in range(story_count):
        StoryFactory(author=member, live=True)
    prove(client, member)
    with django_assert_num_queries(12):
        client.get(CLOSE)


def test_staff_hand_over_first(client):
    staff = StaffFactory()
    prove(client, staff)
    assert "Hand that over first" in client.get(CLOSE).content.decode()
    client.post(CLOSE, {"sure": "on"})
    with pytest.raises(accounts.StaffStay):
        close(staff)
    assert User.objects.filter(pk=staff.pk).exists()


# --- Stories ----------------------------------------------------------------------------------------------------------


def test_a_story_that_stays_is_what_readers_read_without_its_name_or_its_drafts():
    member = MemberFactory(first_name="Wren")
    story = pictured(author=member, byline="name", audience="public")
    edit_of(story, advice="A word that nobody has read.")
    photo_in(story, alt="A photo that nobody has seen.")
    actions.send(fresh(story), by=member, now=NOW)
    thanked = fresh(story)
    actions.thank(thanked, kinds=["ask"], named=False, by=MemberFactory(), now=NOW)
    close(member, story)
    left = fresh(story)
    assert (left.author, left.teller, left.byline, left.advice) == (None, "A frontline worker", "hidden", "")
    assert left.is_published
    assert not left.is_in_moderation
    assert not left.has_unpublished_changes
    assert [revision.pk for revision in left.revisions] == [left.live_revision_id]
    assert left.photos.count() == 1
    assert Thanks.objects.filter(story=story).count() == 1
    assert left.review_date is None, "nobody is left to be asked again"
    assert Listing.objects.filter(story=story).exists()
    assert list(Story.objects.readable_by(AnonymousUser())) == [left]


def test_what_nobody_reads_goes_whatever_was_chosen():
    member = MemberFactory()
    stories = [StoryFactory(author=member, **{state: True}) for state in ("jot", "sent", "hidden", "withdrawn")]
    close(member, *stories)
    assert not Story.objects.exists()


def test_a_story_of_two_goes_on_with_the_other_and_names_nobody_until_they_choose():
    story = StoryFactory(live=True, byline="name")
    draft = StoryFactory(author=story.author)
    other = CoAuthorFactory(story=story, named=True, joined_at=NOW - timedelta(days=2)).member
    CoAuthorFactory(story=story, joined_at=NOW - timedelta(days=1))
    CoAuthorFactory(story=draft, member=other)
    close(story.author, story)
    left = fresh(story)
    assert (left.author, left.teller) == (other, "A frontline worker")
    assert [one.member == other for one in left.coauthors.all()] == [False]
    assert fresh(draft) is None, "their choice was to delete it"


def test_their_words_stay_in_a_story_of_another_and_their_name_and_their_say_do_not():
    story = StoryFactory(live=True, byline="name", author__first_name="Asha")
    person = CoAuthorFactory(story=story, named=True, member__first_name="Wren", lived_experience=True, answer="no")
    assert fresh(story).teller == "Asha and Wren"
    close(person.member)
    left = CoAuthor.objects.get()
    assert (left.member, left.named, left.answer) == (None, False, "no")
    assert left.left_at
    assert fresh(story).teller == "Asha"


@pytest.mark.parametrize("stays", [True, False])
def test_what_they_added_stays_without_a_name_or_goes(stays):
    member, story = MemberFactory(first_name="Wren"), StoryFactory(live=True)
    shown = respond(story, member)
    tried = {"story": story, "changed": "The form.", "happened": "It went.", "result": "worked", "audience": "members"}
    waiting = actions.add(Experiment(**tried, byline="name"), by=member, now=NOW)
    close(member, *([shown] if stays else []))
    assert not Experiment.objects.filter(pk=waiting.pk).exists()
    left = Response.objects.filter(pk=shown.pk).first()
    assert (left and (left.author, left.shown_name)) == ((None, "A frontline worker") if stays else None)


def test_a_story_that_goes_takes_along_what_was_said_about_it():
    story = StoryFactory(live=True)
    other = MemberFactory()
    respond(story, other)
    said = {"kind": "wrong", "text": "That is my street.", "contact": "", "sender": "x", "key": "k"}
    actions.raise_concern(story, **said, now=NOW)
    close(story.author)
    assert not Response.objects.exists()
    assert not Listing.objects.exists()
    assert not Concern.objects.exists()


# --- By staff ---------------------------------------------------------------------------------------------------------


def test_deleting_an_account_in_the_admin_closes_it_whole(client):
    stories = [StoryFactory(live=True, byline="name") for _ in range(3)]
    draft = StoryFactory(author=stories[0].author)
    people = [story.author for story in stories]
    sign_in_staff(client, AdminFactory())
    assert client.post(f"/admin/users/delete/{people[0].pk}/").status_code == 302
    many = "&".join(f"id={person.pk}" for person in people[1:])
    assert client.post(f"/admin/bulk/members/user/delete/?{many}").status_code == 302
    assert Erasure.objects.count() == 3
    assert {(fresh(story).author, fresh(story).teller) for story in stories} == {(None, "A frontline worker")}
    assert fresh(draft) is None
    moderator = ModeratorFactory()
    client.post(f"/admin/users/delete/{moderator.pk}/")
    assert User.objects.filter(pk=moderator.pk).exists(), "staff hand over first"


@pytest.mark.parametrize(("take_away", "left"), [(False, 1), (True, 0)])
def test_an_account_is_closed_for_whoever_asks_by_mail(take_away, left):
    story = StoryFactory(live=True)
    call_command("close_account", story.author.email.upper(), take_away=take_away)
    assert Story.objects.filter(author=None).count() == Story.objects.count() == left
    for email in (story.author.email, StaffFactory().email):
        with pytest.raises(CommandError):
            call_command("close_account", email)
