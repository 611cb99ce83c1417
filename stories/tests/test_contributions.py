"""What members add to stories: who sees it, when it waits, what moderators decide."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from members.models import Notice
from members.tests.factories import AdminFactory, MemberFactory, ModeratorFactory, UserFactory
from practices.models import Place, Practice, Role
from stories import actions
from stories.added import KINDS
from stories.models import Experiment, FollowUp, OrganisationResponse, Response, Story, TrustEnd
from stories.search import codes as search_codes
from stories.tests.contributing import WORDS, add, fresh, heard_by_organisations, known_member, live, published
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
ALL = list(KINDS.values())


def now():
    return timezone.now()


def seen_by(user, model):
    return model.objects.visible_to(user)


# --- Who sees it ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ALL)
def test_what_waits_is_seen_by_its_writer_and_by_moderators(model):
    waiting = add(model, heard_by_organisations())
    others = [AnonymousUser(), MemberFactory(), UserFactory(), MemberFactory(is_superuser=True)]
    assert [seen_by(user, model).exists() for user in others] == [False] * 4
    assert [seen_by(user, model).get() for user in (waiting.author, ModeratorFactory())] == [waiting] * 2


@pytest.mark.parametrize("model", ALL)
def test_what_is_live_is_seen_by_whoever_reads_the_story(model):
    added = live(model, heard_by_organisations())
    assert [seen_by(user, model).get() for user in (AnonymousUser(), MemberFactory())] == [added] * 2


@pytest.mark.parametrize("model", ALL)
@pytest.mark.parametrize("leave", [actions.withdraw, actions.hide])
def test_nothing_outlives_its_story(model, leave):
    added = live(model, heard_by_organisations())
    waiting = add(model, added.story)
    leave(added.story, by=added.story.author, now=now())
    assert not seen_by(AnonymousUser(), model).exists()
    if model is not FollowUp:  # its writer is the teller, who still reads the story
        assert not seen_by(waiting.author, model).exists()


@pytest.mark.parametrize("model", [FollowUp, Experiment, Response])
def test_what_is_added_to_a_members_story_is_read_by_members_only(model):
    added = live(model, published(audience="members"))
    readers = [AnonymousUser(), UserFactory(), MemberFactory(suspended_at=now()), MemberFactory()]
    assert [list(model.objects.readable_by(user)) for user in readers] == [[], [], [], [added]]


@pytest.mark.parametrize("model", [Experiment, Response])
def test_a_story_that_is_opened_wider_does_not_open_what_was_written_for_members(model):
    added = live(model, published(audience="members"))
    Story.objects.filter(pk=added.story_id).update(audience="public")
    assert not seen_by(AnonymousUser(), model).exists()
    assert seen_by(MemberFactory(), model).exists()


@pytest.mark.parametrize("model", ALL)
@pytest.mark.parametrize("end", [actions.refuse_contribution, actions.take_down_contribution])
def test_what_a_moderator_refused_is_seen_by_nobody(model, end):
    begin = add if end is actions.refuse_contribution else live
    added = begin(model, heard_by_organisations())
    end(added, by=ModeratorFactory(), now=now(), reason="It names a person.")
    users = [AnonymousUser(), added.author, ModeratorFactory(), AdminFactory()]
    assert [seen_by(user, model).exists() for user in users] == [False] * 4
    assert fresh(added).reason == "It names a person."


def test_an_organisations_answer_leaves_with_the_tellers_wish():
    answer = live(OrganisationResponse, heard_by_organisations())
    actions.set_listening(
        answer.story, responding="open", organisations_may_respond=False, by=answer.story.author, now=now()
    )
    assert not seen_by(MemberFactory(), OrganisationResponse).exists()


# --- How its writer is named ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("byline", "shown"), [("name", "Zephyrine Quill"), ("role", "Housing officer"), ("hidden", "A frontline worker")]
)
@pytest.mark.parametrize("model", [Experiment, Response])
def test_a_writer_is_named_as_they_chose(model, byline, shown):
    writer = MemberFactory(first_name="Zephyrine", last_name="Quill")
    role = Role.objects.get(slug="housing-officer")
    added = live(model, published(), by=writer, byline=byline, byline_role=role)
    assert added.shown_name == shown


def test_a_follow_up_is_named_as_its_story_is():
    story = published(byline="hidden")
    assert live(FollowUp, story).shown_name == "A frontline worker"


@pytest.mark.parametrize(
    ("byline", "boundaries", "shown"),
    [
        ("name", ["housing", "police"], "Salford"),
        ("role", ["housing", "police"], "North West"),
        ("name", ["housing", "domestic-abuse"], "North West"),
    ],
)
def test_an_experiment_shows_a_place_as_coarse_as_stories_do(byline, boundaries, shown):
    story = published(boundaries=boundaries)
    added = live(Experiment, story, byline=byline, place=Place.objects.get(slug="salford"))
    assert str(added.shown_place) == shown


# --- When it waits ----------------------------------------------------------------------------------------------------


def test_the_words_of_a_known_member_are_shown_at_once():
    member, story = known_member(), published()
    assert add(Response, story, by=member).is_live
    assert add(Experiment, story, by=member).is_live


def test_organisations_and_follow_ups_always_wait():
    member, story = known_member(), heard_by_organisations()
    assert add(OrganisationResponse, story, by=member).waits
    assert add(FollowUp, story, by=story.author).waits


def test_beside_a_sensitive_story_everything_waits():
    story = published(boundaries=["housing", "domestic-abuse"])
    assert add(Response, story, by=known_member()).waits


def test_whoever_lost_trust_waits_again():
    member = known_member()
    TrustEnd.objects.create(member=member, ended_at=now())
    assert add(Response, published(), by=member).waits


def test_what_was_shown_without_a_moderator_makes_nobody_known():
    member = known_member()
    Response.objects.filter(author=member).update(decided_by=None)
    assert add(Response, published(), by=member).waits


def test_an_experiment_may_be_written_before_its_writer_is_let_in_and_waits_for_that():
    newcomer = UserFactory()
    experiment = add(Experiment, published(), by=newcomer)
    assert experiment.waits
    assert not Experiment.objects.waiting().exists()
    newcomer.approve(by=None, now=now())
    assert Experiment.objects.waiting().get() == experiment


@pytest.mark.parametrize("model", [Response, OrganisationResponse])
def test_other_words_need_a_member(model):
    with pytest.raises(actions.NotAMember):
        add(model, heard_by_organisations(), by=UserFactory())


@pytest.mark.parametrize("model", ALL)
@pytest.mark.parametrize("state", ["draft", "hidden", "withdrawn"])
def test_nothing_is_added_to_a_story_that_nobody_reads(model, state):
    story = StoryFactory(audience="public", stage=state)
    Story.objects.filter(pk=story.pk).update(organisations_may_respond=True)
    with pytest.raises(actions.Closed):
        add(model, fresh(story))


@pytest.mark.parametrize("model", ALL)
def test_the_same_form_twice_adds_one_thing(model):
    story, member = heard_by_organisations(), MemberFactory()
    first, second = (add(model, story, by=member, form_key="a key") for _ in range(2))
    assert first == second
    assert model.objects.count() == 1


def test_the_same_form_with_other_words_changes_what_still_waits():
    story, member = published(), MemberFactory()
    add(Response, story, by=member, form_key="a key")
    add(Response, story, by=member, form_key="a key", text="Better words.")
    assert Response.objects.get().text == "Better words."


# --- What moderators decide -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ALL)
def test_nobody_decides_about_their_own(model):
    moderator = ModeratorFactory()
    story = heard_by_organisations(author=moderator) if model is FollowUp else heard_by_organisations()
    own = add(model, story, by=moderator)
    for decide in (
        lambda: actions.approve_contribution(own, by=moderator, now=now()),
        lambda: actions.refuse_contribution(own, by=moderator, now=now(), reason="No."),
    ):
        with pytest.raises(actions.CannotDecide, match="your own"):
            decide()
    assert fresh(own).waits


def test_a_decision_is_made_once():
    added = live(Response, published())
    with pytest.raises(actions.CannotDecide):
        actions.approve_contribution(added, by=ModeratorFactory(), now=now())
    with pytest.raises(actions.CannotDecide):
        actions.refuse_contribution(added, by=ModeratorFactory(), now=now(), reason="No.")


def test_what_was_withdrawn_is_not_approved():
    added = add(Response, published())
    actions.withdraw_contribution(added, by=added.author, now=now())
    with pytest.raises(actions.CannotDecide):
        actions.approve_contribution(added, by=ModeratorFactory(), now=now())


def test_a_response_is_not_approved_once_the_teller_has_closed():
    added = add(Response, published())
    actions.set_listening(
        added.story, responding="closed", organisations_may_respond=False, by=added.story.author, now=now()
    )
    with pytest.raises(actions.CannotDecide, match="not open"):
        actions.approve_contribution(added, by=ModeratorFactory(), now=now())


@pytest.mark.parametrize("model", ALL)
def test_withdrawing_takes_it_away_at_once_and_twice_is_once(model):
    added = live(model, heard_by_organisations())
    for _ in range(2):
        actions.withdraw_contribution(added, by=added.author, now=now())
    assert not seen_by(AnonymousUser(), model).exists()


def test_an_erased_writer_leaves_no_name_and_gets_no_mail():
    added = live(Response, published(), byline="name")
    added.author.delete()
    assert fresh(added).shown_name == "A frontline worker"
    Notice.objects.all().delete()
    actions.take_down_contribution(fresh(added), by=ModeratorFactory(), now=now(), reason="It names a person.")
    assert not Notice.objects.exists()


# --- Where a story is now ---------------------------------------------------------------------------------------------


def test_the_newest_follow_up_says_where_a_story_is():
    story = published(outcome="going")
    first = live(FollowUp, story, outcome="spread")
    assert fresh(story).where_it_is_now == "Where is it now? Spread to others"
    assert search_codes.of_outcome("spread") in fresh(story).listing.codes
    second = live(FollowUp, story, outcome="stalled")
    assert fresh(story).where_it_is_now == "Where is it now? Stalled"
    actions.withdraw_contribution(second, by=story.author, now=now())
    assert fresh(story).where_it_is_now == "Where is it now? Spread to others"
    actions.take_down_contribution(first, by=ModeratorFactory(), now=now(), reason="It names a person.")
    assert fresh(story).where_it_is_now == "Where is it now? Still going"
    assert search_codes.of_outcome("going") in fresh(story).listing.codes


def test_a_follow_up_that_waits_says_nothing_yet():
    story = published(outcome="going")
    add(FollowUp, story, outcome="stopped")
    assert fresh(story).where_it_is_now == "Where is it now? Still going"


def test_an_experiment_follows_a_practice_as_well():
    practice = Practice.objects.get(slug="rule-or-habit")
    experiment = Experiment(practice=practice, audience="public", **WORDS[Experiment])
    actions.add(experiment, by=known_member(), now=now())
    assert Experiment.objects.visible_to(AnonymousUser()).get().practice == practice
