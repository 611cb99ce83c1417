"""A story for one group only: who reads it, and what becomes of it when its teller or its group goes."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members import actions as accounts
from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory
from networks.actions import coalitions
from networks.tests.gathered import coalition_of
from stories import actions, exporting
from stories.models import Listing, Response, Story
from stories.permissions import on_the_desk
from stories.staff.featuring import FeatureForm
from stories.tests.factories import StoryFactory, approved
from stories.tests.pages import SAFE, TOLD, at, fresh, jot_page, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    """Two who stay, one who left, one who was removed."""
    people = {name: MemberFactory() for name in ("teller", "other", "left", "removed", "outside")}
    people |= {"moderator": ModeratorFactory(), "editor": EditorFactory(), "visitor": AnonymousUser()}
    people["suspended"] = MemberFactory(suspended_at=timezone.now())
    inside = [people[name] for name in ("other", "left", "removed")]
    coalition = coalition_of(people["teller"], *inside)
    coalitions.leave(coalition, by=people["left"], now=timezone.now())
    coalitions.remove(coalition, people["removed"], by=people["teller"], now=timezone.now())
    return coalition, people


def readers(story, people):
    """Who finds it: by its row and as itself, which must agree."""
    found = {name for name, user in people.items() if Story.objects.readable_by(user).filter(pk=story.pk)}
    rows = {name for name, user in people.items() if Listing.objects.readable_by(user).filter(story=story)}
    assert found == rows
    return found


@pytest.mark.parametrize("byline", ["name", "hidden"])
def test_who_is_in_the_group_reads_it_and_nobody_else(group, byline):
    coalition, people = group
    story = StoryFactory(live=True, author=people["teller"], coalition=coalition, byline=byline)
    assert readers(story, people) == {"teller", "other"}
    opens = {name for name, user in people.items() if Story.objects.visible_to(user).filter(pk=story.pk)}
    assert opens == {"teller", "other"}
    now = timezone.now()
    coalitions.close(coalition, by=people["teller"], now=now)
    assert readers(story, people) == {"teller", "other"}, "closed: its members read on"
    # A name leaves with whom it names; what is unnamed stays, so that nobody learns whose it was.
    coalitions.leave(coalition, by=people["teller"], now=now)
    assert readers(story, people) == ({"other"} if byline == "hidden" else set())
    assert Story.objects.visible_to(people["teller"]).filter(pk=story.pk)
    coalition.uphold(by=people["moderator"], now=now, reason="A threat")
    assert readers(story, people) == set()


def test_a_group_that_is_gone_leaves_the_story_to_its_teller(group):
    coalition, people = group
    story = StoryFactory(live=True, author=people["teller"], coalition=coalition)
    coalition.delete()
    story.refresh_from_db()
    assert (story.audience, story.coalition) == ("coalition", None)
    assert readers(story, people) == set()
    assert Story.objects.visible_to(people["teller"]).filter(pk=story.pk)


# --- Choosing it ------------------------------------------------------------------------------------------------------


def answer(coalition):
    return f"group-{coalition.key}"


def offered(client, story):
    field = client.get(at("reach" if story.live else "safety", story)).context["form"].fields["audience"]
    return [value for value, _ in field.choices]


def test_only_who_is_in_a_group_that_goes_on_is_offered_it_and_no_other_counts(group, client):
    coalition, people = group
    others, closed = coalition_of(people["other"]), coalition_of(people["teller"])
    coalitions.close(closed, by=people["teller"], now=timezone.now())
    story = StoryFactory(author=people["teller"])
    client.force_login(people["teller"])
    assert offered(client, story) == ["members", "public", answer(coalition)]
    for hostile in (answer(others), answer(closed), "coalition", "group-", str(coalition.pk)):
        response = post(client, at("safety", story), {**SAFE, "audience": hostile, "content_note": "Typed"}, story)
        assert "Choose one of the answers shown" in response.content.decode()
        assert "Typed" in response.content.decode(), "nothing typed is lost"
        assert fresh(story).audience == "members"
    assert post(client, at("safety", story), {**SAFE, "audience": answer(coalition)}, story).status_code == 302
    assert (fresh(story).audience, fresh(story).coalition) == ("coalition", coalition)
    # A page that does not ask changes nothing, and another answer takes it from the group.
    post(client, at("write", story, "noticed"), TOLD["noticed"], story)
    assert fresh(story).coalition == coalition
    post(client, at("safety", story), {**SAFE, "audience": "members"}, story)
    assert (fresh(story).audience, fresh(story).coalition) == ("members", None)
    client.force_login(people["outside"])
    theirs = StoryFactory(author=people["outside"])
    assert offered(client, theirs) == ["members", "public"]


def test_a_story_begun_in_a_group_is_for_it_and_never_begins_as_one_for_more(group, client):
    coalition, people = group
    new = f"{reverse('stories:new')}?group={coalition.key}"
    client.force_login(people["teller"])
    assert coalition.name in client.get(new).content.decode()
    assert new in client.get(coalition.get_absolute_url()).content.decode()
    client.post(new, jot_page(client))
    story = people["teller"].stories.get()
    assert (story.audience, story.coalition) == ("coalition", coalition)
    # Somebody who is not in it, and somebody who was signed out when they pressed the button.
    client.force_login(people["outside"])
    assert coalition.name not in client.get(new).content.decode()
    response = client.post(new, jot_page(client), follow=True)
    assert "Choose again who can read it" in response.content.decode()
    story = people["outside"].stories.get()
    assert (story.audience, story.coalition) == ("coalition", None)
    assert "audience" in story.missing_to_send()
    client.logout()
    client.post(new, jot_page(client))
    client.force_login(people["other"])
    client.get(reverse("stories:attach"))
    assert people["other"].stories.get().coalition == coalition


def test_a_draft_for_a_group_that_its_teller_left_cannot_be_sent_nor_approved(group):
    coalition, people = group
    draft = StoryFactory(author=people["other"], coalition=coalition)
    waits = StoryFactory(author=people["other"], coalition=coalition, sent=True)
    coalitions.leave(coalition, by=people["other"], now=timezone.now())
    assert fresh(draft).missing_to_send() == ["audience"]
    with pytest.raises(actions.CannotDecide):
        approved(waits)


# --- Wider, narrower, elsewhere ---------------------------------------------------------------------------------------


def set_reach(story, **more):
    now = {"byline": story.byline, "audience": "coalition"}
    return actions.set_reach(fresh(story), **{**now, **more}, by=story.author, now=timezone.now())


def test_it_opens_to_more_people_past_a_moderator_and_narrows_at_once(group, client):
    coalition, people = group
    story = StoryFactory(live=True, author=people["teller"], coalition=coalition, byline="hidden")
    set_reach(story, audience="members")
    assert readers(story, people) == {"teller", "other"}, "a moderator looks first"
    approved(story)
    assert (fresh(story).audience, fresh(story).coalition) == ("members", None)
    assert "outside" in readers(story, people)
    client.force_login(people["teller"])
    chosen = {"byline": "hidden", "audience": answer(coalition), "search_engines": "usual"}
    client.post(at("reach", story), chosen)
    assert readers(story, people) == {"teller", "other"}
    # To another group only as a new story: who answered it wrote for this one.
    another = coalition_of(people["teller"])
    with pytest.raises(actions.OtherReaders):
        set_reach(story, coalition=another)
    assert answer(another) not in offered(client, fresh(story))
    with pytest.raises(actions.OtherReaders):
        set_reach(StoryFactory(author=people["outside"]), coalition=coalition)


def test_taking_the_name_away_brings_no_story_back_to_a_group_that_it_left(group, client):
    coalition, people = group
    for audience in ("coalition", "members"):
        story = StoryFactory(live=True, author=people["other"], coalition=coalition, byline="name")
        coalitions.leave(coalition, by=people["other"], now=timezone.now())
        client.force_login(people["other"])
        for page in (at("draft", story), reverse("stories:mine")):
            assert "It shows your name, so nobody else reads it now" in client.get(page).content.decode()
        assert offered(client, story) == ["members", "public", answer(coalition)]
        set_reach(story, byline="hidden", audience=audience)
        assert readers(story, people) == set()
        assert "is gone, so nobody else reads it" in client.get(at("draft", story)).content.decode()
        coalitions.let_in(coalition, people["other"], now=timezone.now())


def test_a_yes_to_one_group_is_no_yes_to_another(group):
    coalition, people = group
    story = StoryFactory(author=people["teller"], coalition=coalition)
    before = fresh(story).version_key
    set_reach(story, coalition=coalition_of(people["teller"]))
    assert fresh(story).version_key != before


def test_what_was_answered_for_one_group_goes_along_to_no_other(group):
    coalition, people = group
    now = timezone.now()
    story = StoryFactory(live=True, author=people["teller"], coalition=coalition, byline="hidden")
    said = {"story": story, "text": "Larkresponse", "audience": "coalition", "byline": "name"}
    response = actions.add(Response(**said), by=people["other"], now=now)
    actions.approve_contribution(response, by=people["moderator"], now=now)
    actions.thank(story, kinds=["ask"], named=True, by=people["other"], now=now)
    with pytest.raises(actions.Closed):
        actions.add(Response(**said), by=people["removed"], now=now)
    with pytest.raises(actions.Closed):
        actions.thank(story, kinds=["ask"], named=True, by=people["removed"], now=now)

    def shown(user):
        page = Story.objects.visible_to(user).for_page(user).get(pk=story.pk)
        return len(page.response_rows), len(page.thanks_rows), Response.objects.readable_by(user).count()

    assert shown(people["other"]) == (1, 1, 1)
    another = coalition_of(people["teller"], people["outside"], people["other"])
    actions.withdraw(story, by=people["teller"], now=now)
    set_reach(story, coalition=another)
    actions.send(fresh(story), by=people["teller"], now=now)
    approved(story)
    assert readers(story, people) == {"teller", "other", "outside"}
    assert shown(people["outside"]) == shown(people["other"]) == (0, 0, 0)


# --- Where it does not go ---------------------------------------------------------------------------------------------


def test_staff_who_are_in_a_group_take_its_stories_nowhere(group):
    coalition, people = group
    editor, moderator = people["editor"], people["moderator"]
    for one in (editor, moderator):
        coalitions.join(coalition, by=one, now=timezone.now())
    story = StoryFactory(live=True, author=people["teller"], coalition=coalition, byline="hidden")
    assert {"editor", "moderator"} <= readers(story, people)
    assert not on_the_desk(moderator).filter(pk=story.pk)
    assert not exporting.stories_for(editor).filter(pk=story.pk)
    form = FeatureForm({"address": story.slug, "until": "2099-01-01"}, reader=editor, today=timezone.localdate())
    assert "address" in form.errors


def test_a_group_has_a_page_of_its_stories_in_as_many_queries_as_one(group, client, django_assert_num_queries):
    coalition, people = group
    address = reverse("group_stories:list", args=[coalition.key])
    blocked = people["outside"]
    coalitions.join(coalition, by=blocked, now=timezone.now())
    named = {"live": True, "author": people["teller"], "coalition": coalition, "byline": "name"}
    told = [StoryFactory(**named)]
    StoryFactory(live=True, author=people["teller"], byline="name")
    client.force_login(people["other"])
    client.get(address)
    with CaptureQueriesContext(connection) as once:
        assert client.get(address).context["page"].items == told
    told = [*[StoryFactory(**named) for _ in "ab"][::-1], *told]
    with django_assert_num_queries(len(once)):
        assert client.get(address).context["page"].items == told
    assert list(client.get(coalition.get_absolute_url()).context["stories"]) == told
    accounts.block(blocked, known_as="", by=people["teller"], now=timezone.now())
    client.force_login(blocked)
    assert client.get(address).context["page"].items == []
    client.force_login(people["removed"])
    assert client.get(address).status_code == 404


# --- Closing an account -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("byline", "left", "reads"), [("name", False, 1), ("hidden", True, 1), ("name", True, 0)])
def test_an_account_that_closes_leaves_to_the_group_what_it_read(group, byline, left, reads):
    coalition, people = group
    story = StoryFactory(live=True, author=people["other"], coalition=coalition, byline=byline)
    if left:
        coalitions.leave(coalition, by=people["other"], now=timezone.now())
    accounts.close(people.pop("other"), kept={story.slug}, now=timezone.now())
    assert Story.objects.readable_by(people["teller"]).filter(pk=story.pk).count() == reads
    assert Story.objects.filter(pk=story.pk).exists() == bool(reads), "what nobody reads goes"
