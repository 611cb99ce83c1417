"""The demo community once it is loaded: whole, marked, and never seen by those whom a story is not for."""

import re
from collections import Counter

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from digests import planning, previewing
from digests.models import Delivery, Issue
from digests.models.handling import unhandled
from insights import packing
from insights.models import EvidencePack
from members.models import Concern, Notice, Profile, Suppression, User
from networks.models import (
    Coalition,
    CohortPlace,
    Gathering,
    Introduction,
    JoinRequest,
    Membership,
    RuleAnswer,
    RuleQuestion,
    Side,
)
from reports.models import CommissionersQuestion, HomePage, QuestionAnswer
from stories.models import Attempt, Byline, Edit, Story
from systemschange.demo import load
from systemschange.demo.front import add_front

PASSWORD = "stair carpet lantern"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STORIES, ELSEWHERE = load.read("stories"), load.read("elsewhere")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for all the tests here: each of them works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        load.load_community(now=timezone.now(), password=PASSWORD, totp=SECRET)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def community(loaded, db):
    """The demo community as it stands after its first loading."""


def test_an_evidence_pack_is_there_and_says_that_it_is_a_demo(client, community):
    pack = EvidencePack.objects.get()
    page = client.get(pack.get_absolute_url()).text
    assert "Evidence pack" in page
    assert "<span>Demo</span>" in page
    at_rest, others = pack.shown_words()
    assert at_rest
    assert others
    assert not Notice.objects.filter(kind="stories.words_in_pack").exists()
    assert packing.tell(now=timezone.now()) == 0


def test_staff_hold_something_up_on_the_front_page(client, community):
    shown = client.get("/").context
    assert shown["lead"].demo
    home = shown["page"]
    assert home.question
    told = Story.objects.public().filter(demo=True)
    assert told.crossing(home.crossing.a, home.crossing.b).exists()


def test_words_that_somebody_wrote_on_the_front_page_stay(db):
    HomePage.objects.update(question="Ours", crossing_from=None, crossing_to=None)
    add_front(words=load.Words())
    home = HomePage.objects.get()
    assert (home.question, home.crossing) == ("Ours", None)


def counts():
    models = (User, Profile, EmailAddress, Story, Edit, Notice)
    return {model.__name__: model.objects.count() for model in models} | {
        "revisions": sum(story.revisions.count() for story in Story.objects.all()),
        "tags": Story.boundaries.through.objects.count(),
    }


@pytest.mark.long
def test_loading_twice_is_loading_once(community):
    once = counts()
    assert load.load_community(now=timezone.now()) is False
    assert counts() == once


def test_everybody_and_everything_is_marked_demo(community):
    assert User.objects.people().filter(demo=False).count() == 0
    assert User.objects.people().count() == 30
    assert Story.objects.filter(demo=True).count() == Story.objects.count() == 40
    assert Profile.objects.listed().count() == 24
    assert User.objects.waiting().count() == 3


def test_every_state_is_really_in_the_database(community):
    assert Story.objects.published().count() == 30
    assert Story.objects.in_moderation().count() == 5
    assert Story.objects.exclude(hidden_at=None).count() == 1
    assert Story.objects.exclude(withdrawn_at=None).count() == 1
    assert Story.objects.filter(live=True).count() == 31
    asked = Story.objects.get(title="We swapped desks with the discharge team for a day")
    assert asked.current_workflow_state.status == "needs_changes"
    assert all(story.latest_revision_id for story in Story.objects.all())


def test_a_waiting_edit_leaves_the_live_story_as_it_was(community):
    story = Story.objects.get(title="I stopped handing out leaflets and started walking people in")
    assert story.live
    assert story.get_latest_revision_as_object().title == "I stopped handing out leaflets and began walking people in"


def test_what_is_live_could_have_been_sent(community):
    lacking = {story.title: story.missing_to_send() for story in Story.objects.published()}
    assert {title: missing for title, missing in lacking.items() if missing} == {}


def test_the_newest_story_comes_first_and_no_two_share_a_moment(community):
    newest = list(Story.objects.published().newest_first())
    assert newest[0].title == "Appointments for people with no letterbox"
    assert len({story.first_published_at for story in newest}) == 30


def test_a_visitor_reads_the_public_stories_and_no_others(community):
    public = {told["title"] for told in STORIES if told["state"].startswith("live") and told["audience"] == "public"}
    assert {story.title for story in Story.objects.visible_to(AnonymousUser())} == public


def test_a_visitor_finds_nobody(community):
    assert Profile.objects.visible_to(AnonymousUser()).count() == 0


@pytest.mark.long
def test_a_visitor_opens_a_public_story_and_is_told_of_no_other(community, client):
    answers = {story.pk: client.get(story.get_absolute_url()).status_code for story in Story.objects.all()}
    public = Story.objects.visible_to(AnonymousUser()).values_list("pk", flat=True)
    assert answers == {pk: 200 if pk in set(public) else 404 for pk in answers}


def test_no_page_names_a_teller_who_did_not_choose_it(community, client):
    client.force_login(User.objects.get(email="member@demo.example"))
    unnamed = Story.objects.published().exclude(byline=Byline.NAME).exclude(author__email="member@demo.example")
    # Without the cards of other stories: what is like it may be told by the same person, by name.
    card = re.compile(r'<article class="card">.*?</article>', re.DOTALL)
    pages = {story: card.sub("", client.get(story.get_absolute_url()).content.decode()) for story in unnamed}
    assert len(pages) == 17
    assert [story.title for story, page in pages.items() if story.author.last_name in page] == []


def test_wagtail_records_the_teller_and_no_author(community):
    users = {revision.user for story in Story.objects.all() for revision in story.revisions.all()}
    assert users == {User.objects.teller()}


def test_the_six_accounts_share_the_password_and_staff_the_second_factor(community):
    fixed = User.objects.filter(email__in=[f"{name}@demo.example" for name in load.FIXED])
    assert [user.check_password(PASSWORD) for user in fixed] == [True] * 6
    assert not User.objects.get(email="aisha@demo.example").has_usable_password()
    staff = User.objects.filter(is_staff=True, demo=True)
    assert {user.email.partition("@")[0] for user in staff} == {"moderator", "moderator2", "editor", "admin"}
    code = format_hotp_value(hotp_value(SECRET, list(yield_hotp_counters_from_time())[1]))
    assert [TOTP(user.authenticator_set.get()).validate_code(code) for user in staff.order_by("pk")[:1]] == [True]
    assert all(user.authenticator_set.count() == 1 for user in staff)


def test_moderators_moderate_and_members_do_not(community):
    able = {user.email for user in User.objects.current() if user.is_moderator}
    assert able == {"moderator@demo.example", "moderator2@demo.example", "admin@demo.example"}


def test_a_members_story_stands_before_every_retold_one(community):
    load.load_elsewhere(now=timezone.now())
    order = [bool(story.source_url) for story in Story.objects.published().newest_first()]
    assert order == [False] * 30 + [True] * len(ELSEWHERE)


# --- Who does it with whom --------------------------------------------------------------------------------------------


def test_six_groups_are_of_every_kind_and_in_each_something_is_said(community):
    groups = Coalition.objects.filter(cohort=None)
    assert Counter(group.joining for group in groups) == {"open": 3, "request": 1, "invited": 1, "hidden": 1}
    convened = Membership.objects.convenors().values("coalition")
    assert groups.exclude(closed_at=None).get().name == "The shelf with a key"
    assert groups.exclude(pk__in=convened).get().name == "Half a day in somebody else's chair"
    for group in Coalition.objects.all():
        assert group.agreements, group.name
        assert group.conversation.messages.count() >= 2, group.name
        assert group.notices.exists(), group.name
    assert JoinRequest.objects.waiting().count() == 2
    assert CohortPlace.objects.count() == 4


def test_a_member_reads_where_each_group_is_and_that_one_is_closed(community, client):
    client.force_login(User.objects.get(email="member@demo.example"))
    page = client.get("/coalitions/").text
    assert "Primary and community health · Glasgow City, Somerset, Southwark</p>" in page
    assert page.count(">Closed<") == 1
    assert "Reading circle" not in page


def test_gatherings_are_past_to_come_and_called_off_on_working_days(community):
    now = timezone.now()
    assert Gathering.objects.past(now).count() == 3
    assert Gathering.objects.to_come(now).count() == 6
    assert Gathering.objects.exclude(called_off_at=None).count() == 1
    assert [one.title for one in Gathering.objects.all() if one.begins.weekday() > 4] == []
    assert all(one.answers.exists() for one in Gathering.objects.all())


def test_introductions_stand_in_each_of_their_states(community):
    made, ended = Introduction.objects.all(), Introduction.objects.exclude(ended_at=None)
    assert made.exclude(met_at=None).count() == 4
    assert made.filter(met_at=None, ended_at=None, taken_back_at=None).count() == 5
    assert made.exclude(taken_back_at=None).count() == 1
    said_no = Side.objects.filter(answer=Side.Answer.NO).values("introduction")
    assert ended.filter(pk__in=said_no).count() == ended.exclude(pk__in=said_no).count() == 1
    between = [one for one in made.with_sides() if not one.asked_for_oneself]
    assert sorted(one.met_at is None for one in between) == [False, True]
    assert Concern.objects.open().about_any(Introduction).count() == 1


def test_ten_questions_and_more_have_answers_of_each_kind(community):
    assert RuleQuestion.objects.live().count() == 10
    assert set(RuleAnswer.objects.live().values_list("kind", flat=True)) == set(RuleAnswer.Kind.values)
    nations = RuleAnswer.objects.exclude(nation=None).values_list("nation__slug", flat=True)
    assert set(nations) == {"england", "scotland", "wales"}


def test_nobody_is_mailed_about_what_is_past(community):
    assert Notice.objects.filter(kind__startswith="networks.").count() == 0


def test_one_commissioner_asks_and_one_has_replied_with_answers_that_everybody_reads(community):
    asked = CommissionersQuestion.objects.with_standing(timezone.localdate())
    assert Counter(one.standing for one in asked) == {"open": 1, "heard": 1}
    assert all(len(one.answered_for(AnonymousUser())) >= 2 for one in asked)
    assert QuestionAnswer.objects.count() == 7


def test_the_demo_member_tries_things_and_one_group_reads_two(community):
    member = User.objects.get(email="member@demo.example")
    own = Attempt.objects.editable_by(member)
    assert Counter(one.decision for one in own) == {"": 2, "change": 1, "stop": 1}
    assert own.filter(coalition=None).count() == 3
    assert [one.member.first_name for one in Attempt.objects.shared_with(member)] == ["Tasha"]
    assert not Attempt.objects.due_for_reminding(timezone.now()).exists()


def test_letters_of_three_weeks_stand_in_the_archive_and_none_goes_by_itself(community, client):
    member, now = User.objects.get(email="member@demo.example"), timezone.now()
    client.force_login(member)
    page = client.get("/letter/archive/")
    assert len(page.context["page"].items) == 3
    assert client.get("/letter/last/", follow=True).context["items"]
    before = Delivery.objects.count()
    planning.tick(clock=lambda: now)
    assert Delivery.objects.count() == before
    assert {issue.state for issue in Issue.objects.gone()} == {"done"}


def test_there_is_something_in_the_next_letter_and_something_for_staff_to_look_at(community):
    member, now = User.objects.get(email="member@demo.example"), timezone.now()
    issue = Issue.objects.next_draft(now)
    shown = previewing.own(member, issue, now=now)
    assert shown.reason == ""
    assert "stories you have not read" in shown.subject
    assert "Newcastle" in issue.note
    assert "Newcastle" not in shown.text, "what staff have not sent yet is theirs"
    assert {one.state for one in unhandled(Delivery.objects)} == {"failed", "unknown"}
    assert Suppression.objects.count() == 1
