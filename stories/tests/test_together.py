"""Several people tell one story: who is let in by a link, what they may do, and what nobody else learns of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Invitation, Notice
from members.tests.factories import MemberFactory, ModeratorFactory, UserFactory
from stories import actions
from stories.models import Asking, CoAuthor, Edit, Story
from stories.tests.factories import CoAuthorFactory, StoryFactory, edit_of
from stories.tests.pages import TOLD, at, fresh, post, text

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def invite(story, email="ash@example.org", what="write"):
    return actions.invite(story, email=email, what=what, by=story.author, now=now())


def link(asking):
    return reverse("stories:invited", args=[asking.token])


@pytest.fixture
def written_by_two(story):
    return CoAuthorFactory(story=story, member__first_name="Coauthorcanary").story


# --- The link ---------------------------------------------------------------------------------------------------------


def test_an_invitation_is_asked_on_the_storys_own_page(teller, story):
    answers = {"email": "Ash@Example.org", "what": "lived"}
    assert teller.post(at("together", story), answers).url == at("together", story)
    asking = Asking.objects.get()
    assert (asking.story, asking.email, asking.what) == (story, "ash@example.org", "lived")
    assert "ash@example.org" in text(teller.get(at("together", story)))


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({}, {"email": ["Enter their e-mail address"], "what": ["Choose what you ask them for"]}),
        ({"email": "no", "what": "write"}, {"email": ["Enter an e-mail address in the form name@example.org"]}),
        ({"email": "a@b.org", "what": "tell"}, {"what": ["Choose one of the answers shown"]}),
        ({"email": "a@b.org", "what": "x\x00y"}, {"what": ["Choose one of the answers shown"]}),
    ],
)
def test_an_invitation_refuses_in_plain_words(teller, story, answers, errors):
    assert teller.post(at("together", story), answers).context["invite"].errors == errors
    assert not Asking.objects.exists()


def test_nobody_invites_themselves(teller, story):
    response = teller.post(at("together", story), {"email": story.author.email.upper(), "what": "write"})
    assert response.context["invite"].errors == {"email": ["Enter somebody else’s address: this one is yours"]}


def test_who_waits_to_be_let_in_writes_to_nobody(client):
    story = StoryFactory(author=UserFactory())
    client.force_login(story.author)
    page = client.post(at("together", story), {"email": "ash@example.org", "what": "write"})
    assert "You can ask somebody once a moderator has let you in." in text(page)
    assert not Notice.objects.filter(kind="stories.invitation").exists()


def test_asking_twice_is_asking_once(story):
    assert invite(story) == invite(story, email="ASH@example.org", what="lived")
    assert Asking.objects.get().what == "lived"
    assert Notice.objects.filter(kind="stories.invitation").count() == 1


def test_eleven_people_in_a_day_are_too_many(teller, story):
    for number in range(10):
        invite(story, email=f"a{number}@example.org")
    page = teller.post(at("together", story), {"email": "b@example.org", "what": "write"})
    assert "You have asked ten people today. Come back tomorrow." in text(page)


def test_taking_back_and_asking_again_does_not_flood_a_mailbox(story):
    for _ in range(5):
        actions.take_invitation_back(invite(story), by=story.author, now=now())
    assert Notice.objects.filter(kind="stories.invitation").count() == 3


def test_signed_out_the_link_shows_nothing_of_the_story(client, written_by_two):
    page = text(client.get(link(invite(written_by_two))))
    for secret in (written_by_two.title, written_by_two.slug, written_by_two.author.first_name, "Coauthorcanary"):
        assert secret not in page
    assert "Sign in, or make an account" in page


@pytest.mark.parametrize("what", ["write", "lived"])
def test_before_a_yes_the_link_shows_nothing_and_opens_nothing(client, written_by_two, what):
    client.force_login(MemberFactory())
    page = text(client.get(link(invite(written_by_two, what=what))))
    for secret in (written_by_two.title, written_by_two.slug, written_by_two.author.first_name, "Coauthorcanary"):
        assert secret not in page
    assert client.get(at("draft", written_by_two)).status_code == 404


def test_after_a_yes_the_draft_is_theirs_and_the_others_are_named(client, written_by_two):
    guest = MemberFactory()
    client.force_login(guest)
    response = client.post(link(invite(written_by_two)))
    assert response.url == at("draft", written_by_two)
    assert written_by_two.title in text(client.get(response.url))
    page = text(client.get(at("together", written_by_two)))
    assert written_by_two.author.first_name in page
    assert "Coauthorcanary" in page
    assert [story.pk for story in client.get(reverse("stories:mine")).context["page"].items] == [written_by_two.pk]


def test_the_author_is_told_that_somebody_joined(story):
    actions.accept(invite(story), by=MemberFactory(), now=now())
    assert Notice.objects.get(kind="stories.coauthor_joined").to == story.author.email


def test_a_link_opens_once(client, story):
    asking = invite(story)
    actions.accept(asking, by=MemberFactory(), now=now())
    client.force_login(MemberFactory())
    assert (client.get(link(asking)).status_code, client.post(link(asking)).status_code) == (404, 404)
    assert story.coauthors.count() == 1
    with pytest.raises(actions.NotThere):
        actions.accept(asking, by=MemberFactory(), now=now())


def test_a_used_link_keeps_no_address(story):
    asking = invite(story)
    actions.accept(asking, by=MemberFactory(), now=now())
    assert Asking.objects.get(pk=asking.pk).email == ""


@pytest.mark.parametrize("spoil", ["taken back", "too old", "author suspended", "wrong"])
def test_a_link_that_does_not_stand_is_a_page_that_is_not_there(client, story, spoil):
    asking = invite(story)
    if spoil == "taken back":
        actions.take_invitation_back(asking, by=story.author, now=now())
    elif spoil == "too old":
        Asking.objects.update(created_at=now() - timedelta(days=14, minutes=1))
    elif spoil == "author suspended":
        story.author.suspend(now=now())
    else:
        asking.token = "not-the-token"  # noqa: S105
    answers = [client.get(link(asking))]
    client.force_login(MemberFactory())
    answers += [client.get(link(asking)), client.post(link(asking))]
    assert {answer.status_code for answer in answers} == {404}
    assert not CoAuthor.objects.exists()


def test_fourteen_days_is_not_too_old(client, story):
    asking = invite(story)
    Asking.objects.update(created_at=now() - timedelta(days=14) + timedelta(minutes=1))
    assert client.get(link(asking)).status_code == 200


def test_the_authors_own_click_joins_nobody(teller, story):
    assert teller.get(link(invite(story))).url == at("together", story)
    assert not CoAuthor.objects.exists()


def test_who_waits_to_be_let_in_can_write_along(client, story):
    guest = UserFactory()
    client.force_login(guest)
    client.post(link(invite(story)))
    assert client.get(at("write", story, "tried")).status_code == 200


def test_where_joining_needs_a_members_word_the_link_brings_it(client, story, settings):
    settings.SIGNUP_MODE = "invitation"
    asking = invite(story)
    assert not Invitation.objects.exists()
    client.get(link(asking))
    assert client.get(reverse("account_signup")).status_code == 200
    assert Invitation.objects.get().invited_by == story.author


# --- Rights -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def coauthor(client, story):
    person = CoAuthorFactory(story=story).member
    client.force_login(person)
    return person


def test_a_coauthor_reads_and_writes_the_draft(client, story, coauthor):
    for name in ("draft", "check", "preview", "together"):
        assert client.get(at(name, story)).status_code == 200
    post(client, at("write", story, "tried"), TOLD["tried"], story)
    assert fresh(story).tried == TOLD["tried"]["tried"]
    assert Edit.objects.latest("pk").member == coauthor


def test_what_two_type_at_once_is_told_to_the_later_one(client, story, coauthor):
    number = fresh(story).edit_number
    edit_of(story, tried="The author was first.")
    page = client.post(at("write", story, "tried"), {**TOLD["tried"], "edit_number": number})
    assert "The author was first." in text(page)
    assert TOLD["tried"]["tried"] in text(page)


@pytest.mark.parametrize("trait", ["jot", "sent", "live", "hidden", "withdrawn"])
def test_what_the_author_decides_a_coauthor_cannot(client, trait):
    story = StoryFactory(**{trait: True})
    client.force_login(CoAuthorFactory(story=story).member)
    before = Story.objects.filter(pk=story.pk).values().get()
    acts = ["send", "take_back", "withdraw", "hide", "show", "reach", "safety", "together"]
    acts += ["take_invitation_back", "end_coauthor", "ask_for_word", "agreed", "their_word"]
    assert {client.post(at(name, story), {"who": 1}).status_code for name in acts} == {404}
    assert {client.get(at(name, story)).status_code for name in ("send", "withdraw", "reach", "safety")} == {404}
    assert Story.objects.filter(pk=story.pk).values().get() == before


@pytest.mark.parametrize("trait", ["sent", "live", "hidden", "withdrawn"])
def test_a_coauthor_opens_the_story_in_every_state(client, trait):
    story = StoryFactory(**{trait: True, "audience": "coalition"})
    client.force_login(CoAuthorFactory(story=story).member)
    assert client.get(story.get_absolute_url()).status_code == 200
    assert client.get(at("draft", story)).status_code == 200


def test_no_page_offers_a_coauthor_what_is_not_theirs(client, story, coauthor):
    for name in ("draft", "check", "preview", "together"):
        page = text(client.get(at(name, story)))
        for other in ("safety", "send", "reach", "withdraw", "end_coauthor", "agreed"):
            assert at(other, story) not in page, (name, other)


def test_a_coauthor_who_left_sees_nothing_any_more(client, story, coauthor):
    assert "Leave this story?" in text(client.get(at("leave", story)))
    assert client.post(at("leave", story)).url == reverse("stories:mine")
    names = ("draft", "check", "preview", "together", "leave")
    assert {client.get(at(name, story)).status_code for name in names} == {404}
    assert client.get(story.get_absolute_url()).status_code == 404
    assert Notice.objects.get(kind="stories.parted").to == story.author.email


def test_an_ended_coauthorship_opens_nothing_any_more(teller, story):
    person = CoAuthorFactory(story=story)
    teller.post(at("end_coauthor", story), {"who": person.pk})
    assert not Story.objects.visible_to(person.member).exists()
    assert not Story.objects.editable_by(person.member).exists()
    assert Notice.objects.get(kind="stories.parted").to == person.member.email


def test_parting_twice_tells_once(story):
    person = CoAuthorFactory(story=story)
    for _ in range(2):
        actions.part(person, by=story.author, now=now())
    assert Notice.objects.filter(kind="stories.parted").count() == 1


@pytest.mark.parametrize("who", ["", "0", "-1", "x\x00", "9" * 40, "²"])
def test_nobody_is_ended_by_a_number_that_is_not_theirs(teller, story, who):
    other = CoAuthorFactory(story=StoryFactory())
    for name in ("end_coauthor", "take_invitation_back"):
        assert teller.post(at(name, story), {"who": who}).url == at("together", story)
        teller.post(at(name, story), {"who": other.pk})
    assert CoAuthor.objects.get(pk=other.pk).left_at is None


def test_a_moderator_who_writes_along_decides_nothing(desk, moderator):
    story = StoryFactory(sent=True)
    CoAuthorFactory(story=story, member=moderator)
    with pytest.raises(actions.CannotDecide, match="your own story"):
        actions.approve(story, by=moderator, now=now())
    page = text(desk.get(reverse("stories_staff:review", args=[story.slug])))
    assert reverse("stories_staff:approve", args=[story.slug]) not in page


def test_a_coauthors_opening_is_no_reading(client, live):
    person = CoAuthorFactory(story=live).member
    client.force_login(person)
    client.get(live.get_absolute_url())
    assert not person.readings.exists()


def test_an_erased_author_leaves_the_page_standing(client, story, coauthor):
    Story.objects.update(author=None)
    assert "Its author has left" in text(client.get(at("together", story)))


# --- Names ------------------------------------------------------------------------------------------------------------


def named(**fields):
    author = MemberFactory(first_name="Sam", last_name="Lee")
    return StoryFactory(author=author, byline="name", audience="public", **fields)


def test_the_byline_names_those_who_chose_it(client):
    story = named(live=True)
    for first, wish in (("Asha", True), ("Hiddencanary", False), ("Rob", True)):
        CoAuthorFactory(story=story, member__first_name=first, named=wish)
    page = text(client.get(story.get_absolute_url()))
    assert "Sam Lee, Asha and Rob" in page
    assert "Hiddencanary" not in page
    assert "Sam Lee, Asha and Rob" in text(client.get(reverse("stories:list")))


@pytest.mark.parametrize("byline", ["role", "hidden"])
def test_while_the_author_is_unnamed_nobody_is_named(client, byline):
    story = StoryFactory(live=True, audience="public", byline=byline)
    CoAuthorFactory(story=story, member__first_name="Namedcanary", named=True)
    for address in (story.get_absolute_url(), reverse("stories:list"), "/"):
        assert "Namedcanary" not in text(client.get(address))


def test_a_coauthor_is_unnamed_until_they_choose(client):
    story = named()
    person = CoAuthorFactory(story=story, member__first_name="Asha")
    assert fresh(story).teller == "Sam Lee"
    client.force_login(person.member)
    client.post(at("name_coauthor", story), {"wish": "yes"})
    assert fresh(story).teller == "Sam Lee and Asha"
    client.post(at("name_coauthor", story), {"wish": "no"})
    assert fresh(story).teller == "Sam Lee"


def test_on_a_live_story_a_name_goes_at_once_and_comes_with_the_next_version(client):
    story = named(live=True)
    person = CoAuthorFactory(story=story, member__first_name="Asha")
    client.force_login(person.member)
    page = client.post(at("name_coauthor", story), {"wish": "yes"}, follow=True)
    assert "Your name shows with the next version that a moderator approves." in text(page)
    assert fresh(story).teller == "Sam Lee"
    edit_of(story, tried="Again")
    actions.send(story, by=story.author, now=now())
    actions.approve(story, by=ModeratorFactory(), now=now())
    assert fresh(story).teller == "Sam Lee and Asha"
    client.post(at("name_coauthor", story), {"wish": "no"})
    assert fresh(story).teller == "Sam Lee"


def test_while_a_moderator_reads_no_name_comes(client):
    story = named(sent=True)
    client.force_login(CoAuthorFactory(story=story).member)
    assert "A moderator is reading the story." in text(client.post(at("name_coauthor", story), {"wish": "yes"}))
    assert "Choose how we should name you" in text(client.post(at("name_coauthor", story), {"wish": ""}))


def test_who_leaves_takes_their_name_along():
    story = named(live=True)
    person = CoAuthorFactory(story=story, named=True)
    actions.part(person, by=person.member, now=now())
    assert fresh(story).teller == "Sam Lee"


def test_no_reader_and_no_moderator_learns_who_writes_along(client, desk):
    story = StoryFactory(sent=True, byline="role", audience="public")
    CoAuthorFactory(story=story, member__first_name="Hiddencanary", member__email="hiddencanary@example.org")
    pages = [reverse("stories_staff:review", args=[story.slug]), reverse("stories_staff:queue"), "/admin/"]
    assert [address for address in pages if "iddencanary" in text(desk.get(address))] == []
    actions.approve(story, by=ModeratorFactory(), now=now())
    client.force_login(MemberFactory())
    pages = [story.get_absolute_url(), reverse("stories:list"), "/"]
    assert [address for address in pages if "iddencanary" in text(client.get(address))] == []
    told = Notice.objects.exclude(to="hiddencanary@example.org")
    assert not [notice for notice in told if "iddencanary" in notice.text + notice.subject + notice.html]


# --- Queries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_however_many_write(teller, story, count, django_assert_num_queries):
    for number in range(count):
        CoAuthorFactory(story=story, lived_experience=True)
        invite(story, email=f"a{number}@example.org")
    teller.get(at("together", story))
    with django_assert_num_queries(7):
        teller.get(at("together", story))


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_stories_told_by_several_takes_the_same_queries(client, count, django_assert_num_queries):
    for _ in range(count):
        CoAuthorFactory(story=named(live=True), named=True)
    client.get(reverse("stories:list"))
    with django_assert_num_queries(2):
        client.get(reverse("stories:list"))
