"""What is chosen for whom, compared with the plain answer of the models."""

from datetime import timedelta

import pytest

from digests import choosing, scale
from digests.models import Delivery, Issue
from digests.tests import oracle
from members import outbox
from members.models import Block, Notice, User
from members.tests.factories import MemberFactory
from networks.models import Attendance, Gathering, Introduction, RuleAnswer, RuleQuestion, Side
from networks.tests.gathered import coalition_of
from practices.models import Boundary
from reports.models import ReportPage
from reports.tests.factories import ReportFactory
from stories import following
from stories.models import Follow, FollowUp, Reading, Story
from stories.tests.contributing import live as follow_up

pytestmark = pytest.mark.django_db


def chosen(member, issue, now):
    return choosing.choose([member], issue, now=now)[member.pk]


@pytest.fixture
def issue(world):
    return Issue.objects.next_draft(world.now)


SERVICES = [["housing"], ["police"], ["education"], ["housing", "police"], ["mental-health", "police"]]


def told(world, number, **fields):
    """So many live stories, no two of one crossing."""
    return [world.story(live=True, boundaries=SERVICES[n], **fields) for n in range(number)]


def stories_of(letter):
    return [item["id"] for item in letter.items if item["kind"] == "story"]


def test_with_nothing_new_there_is_no_letter(world, reader, issue):
    assert chosen(reader, issue, world.now) == choosing.Chosen([], Delivery.NOTHING_NEW)


def test_fewer_than_three_wait_a_week(world, reader, issue):
    two = told(world, 2)
    assert chosen(reader, issue, world.now) == choosing.Chosen([], Delivery.TOO_FEW)
    third = world.story(live=True, boundaries=["council"])
    assert stories_of(chosen(reader, issue, world.now)) == [story.pk for story in (third, *reversed(two))]


def test_neither_their_own_nor_what_they_opened(world, reader, issue):
    world.story(live=True, author=reader)
    opened = world.story(live=True)
    Reading.objects.create(member=reader, story=opened, read_at=world.now)
    others = [story.pk for story in told(world, 3)]
    assert sorted(stories_of(chosen(reader, issue, world.now))) == others


def test_two_of_one_crossing_at_most(world, reader, issue):
    for _ in range(4):
        world.story(live=True, boundaries=["housing", "mental-health", "police"])
    alone = told(world, 2)
    found = stories_of(chosen(reader, issue, world.now))
    assert len(found) == 4
    assert {story.pk for story in alone} <= set(found)


def test_it_says_why_where_that_harms_nobody(world, reader, issue):
    reader.profile.works_in.set(Boundary.objects.filter(slug__in=["housing", "domestic-abuse"]))
    reader.profile.would_cross_to.set(Boundary.objects.filter(slug="mental-health"))
    world.story(live=True, boundaries=["housing", "mental-health"])
    world.story(boundaries=["domestic-abuse", "mental-health"])
    world.story(live=True, boundaries=["police"])
    found = chosen(reader, issue, world.now)
    assert sorted(item["why"] for item in found.items) == ["", "", "From your service to one that you would cross to"]


def test_old_stories_are_no_news(world, reader, issue):
    told(world, 3)
    late = world.now + timedelta(weeks=7)
    assert chosen(reader, issue, late).reason == Delivery.NOTHING_NEW


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_costs_the_same_whoever_and_whatever(world, issue, django_assert_num_queries, count):
    members = [MemberFactory(profile__weekly_letter=True) for _ in range(count)]
    told(world, 2 + count)
    pool = choosing.Pool(issue, now=world.now)
    choosing.choose(members, issue, now=world.now, pool=pool)  # from here on the question is prepared
    with django_assert_num_queries(1):
        found = choosing.choose(members, issue, now=world.now, pool=pool)
    assert [len(letter.items) for letter in found.values()] == [2 + count] * count


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long), pytest.param(3, marks=pytest.mark.long)])
def test_it_is_what_the_models_say_in_random_worlds(world, issue, seed):
    readers, stories = scale.fill(seed, readers=15, stories=40 * seed, now=world.now)
    issue.picks.set(stories[:3])
    members = list(User.objects.filter(pk__in=readers).select_related("profile").order_by("pk"))
    members[0].is_staff = True
    members[0].save(update_fields=["is_staff"])
    Follow.objects.create(member=members[1], query="boundary=housing", followed_at=world.now, looked_at=world.now)
    for number, member in enumerate(members[:4]):
        group = coalition_of(member, now=world.now)
        group.boundaries.set(Boundary.objects.order_by("-pk")[number : number + 5])
    group.close(now=world.now)
    for teller in members[5:20]:
        Block.objects.get_or_create(
            blocker=teller, blocked=members[2], defaults={"known_as": "Them", "blocked_at": world.now}
        )
    found = choosing.choose(members, issue, now=world.now)
    hidden = 0
    for member in members:
        letter = found[member.pk]
        plain = oracle.stories_for(member, issue, now=world.now, count=choosing.MOST)
        hidden += plain.count(None)
        expected = plain if len(plain) >= choosing.FEWEST else []
        assert stories_of(letter) == [key for key in expected if key]
    assert hidden


# --- What else makes a difference -------------------------------------------------------------------------------------


def test_what_came_once_comes_never_again(world, reader, issue):
    stories = told(world, 3)
    letters = [Delivery.State.UNKNOWN, Delivery.State.SKIPPED, Delivery.State.FAILED]
    for number, (story, state) in enumerate(zip(stories, letters, strict=True), 1):
        moment = world.now - timedelta(weeks=number)
        had = Issue.objects.create(week=moment.date(), state="done", began_at=moment)
        Delivery.objects.create(
            issue=had, member=reader, state=state, story_ids=[story.pk], due_at=moment, planned_at=moment
        )
    told(world, 5)
    assert set(stories_of(chosen(reader, issue, world.now))).isdisjoint([stories[0].pk])
    assert set(stories_of(chosen(reader, issue, world.now))) >= {stories[1].pk, stories[2].pk}


def test_news_begins_with_the_last_letter(world, reader, issue):
    """What opened an hour before it was chosen then: the next one does not bring it."""
    told(world, 3)
    moment = world.now - timedelta(hours=2)
    last = Issue.objects.create(week=world.now.date(), state="done", began_at=moment)
    Delivery.objects.create(issue=last, member=reader, state="sent", due_at=moment, planned_at=moment)
    assert chosen(reader, issue, world.now).reason == Delivery.NOTHING_NEW
    Delivery.objects.update(planned_at=moment - timedelta(days=2))
    assert len(stories_of(chosen(reader, issue, world.now))) == 3


def test_a_story_for_one_group_is_in_no_letter(world, reader, issue):
    group = coalition_of(reader, now=world.now)
    story = world.story(live=True, coalition=group, author=reader)
    Story.objects.filter(pk=story.pk).update(author=world.teller)
    others = told(world, 3)
    assert Story.objects.readable_by(reader).filter(pk=story.pk).exists()
    assert sorted(stories_of(chosen(reader, issue, world.now))) == [other.pk for other in others]


def test_staff_picks_come_first_however_old(world, reader, issue):
    told(world, 5)
    old = world.story(live=True, boundaries=["council"])
    Story.objects.filter(pk=old.pk).update(first_published_at=world.now - timedelta(weeks=40))
    issue.picks.add(old)
    found = chosen(reader, issue, world.now)
    assert stories_of(found)[0] == old.pk
    assert found.items[0]["why"] == "Chosen by the team"


@pytest.mark.parametrize(
    ("fields", "why"), [({"outcome": "stalled"}, ""), ({"help_wanted": "A room."}, "Its teller would like help")]
)
def test_one_that_went_wrong_and_one_that_asks_for_help(world, reader, issue, fields, why):
    """However little it has to do with the reader."""
    reader.profile.works_in.set(Boundary.objects.filter(slug="housing"))
    wanted = world.story(live=True, boundaries=["council"], **fields)
    others = Boundary.objects.exclude(slug__in=["housing", "council"]).filter(sensitive=False)[:9]
    for boundary in others:
        world.story(live=True, boundaries=["housing", boundary.slug])
    found = chosen(reader, issue, world.now)
    assert len(found.items) == choosing.MOST
    assert found.items[-1] == {"kind": "story", "id": wanted.pk, "why": why}


def test_an_unnamed_story_is_there_whatever_its_teller_blocks(world, reader, issue):
    """Nor does another story come in the place of one that a block hides."""
    unnamed, named, *_ = told(world, 5)
    Story.objects.filter(pk=named.pk).update(byline="name")
    before = stories_of(chosen(reader, issue, world.now))
    assert {unnamed.pk, named.pk} < set(before)
    for blocker, blocked in ((world.teller, reader), (reader, world.teller)):
        block = Block.objects.create(blocker=blocker, blocked=blocked, known_as="Them", blocked_at=world.now)
        assert stories_of(chosen(reader, issue, world.now)) == [key for key in before if key != named.pk]
        block.delete()


def test_with_two_left_by_a_block_the_letter_goes_as_it_would_have(world, reader, issue):
    first, *_ = told(world, 3)
    Story.objects.filter(pk=first.pk).update(byline="name")
    Block.objects.create(blocker=world.teller, blocked=reader, known_as="Them", blocked_at=world.now)
    assert len(stories_of(chosen(reader, issue, world.now))) == 2


@pytest.mark.parametrize(("byline", "goes"), [("role", True), ("hidden", True), ("name", False)])
def test_whoever_told_one_of_three_unnamed_has_a_letter_as_everybody_else(world, reader, issue, byline, goes):
    """Had they alone none, it would tell whose the third is. Of a named one that is known."""
    others = [story.pk for story in told(world, 2)]
    world.story(live=True, boundaries=["council"], author=reader, byline=byline)
    assert len(stories_of(chosen(MemberFactory(profile__weekly_letter=True), issue, world.now))) == 3
    assert sorted(stories_of(chosen(reader, issue, world.now))) == (others if goes else [])


def test_what_is_told_unnamed_counts_as_it_would_for_others(world, reader, issue):
    """Two of one crossing at most, and nothing that is old."""
    told(world, 1)
    old = world.story(live=True, boundaries=["council"], author=reader, byline="role")
    Story.objects.filter(pk=old.pk).update(first_published_at=world.now - timedelta(weeks=7))
    world.story(live=True, boundaries=SERVICES[0], author=reader, byline="role")
    assert chosen(reader, issue, world.now).reason == Delivery.TOO_FEW


# --- What is addressed to them ----------------------------------------------------------------------------------------


def introduce(world, reader, **fields):
    given = {"made_by": world.teller, "asked_at": world.now, "answer_until": world.now + timedelta(days=9), **fields}
    one = Introduction.objects.create(reason="You would like each other.", **given)
    Side.objects.create(introduction=one, member=reader, known_as="Asha")
    Side.objects.create(introduction=one, member=world.teller, known_as="Tess", answer="yes")
    return one


def gather(world, coalition, **fields):
    begins = world.now + timedelta(days=3)
    times = {"begins_at": begins, "ends_at": begins + timedelta(hours=1), "remind_at": begins}
    given = {**times, "put_up_at": world.now, "changed_at": world.now, "form_key": "a", **fields}
    return Gathering.objects.create(coalition=coalition, title="Lunch", **given)


def kinds_of(letter):
    return [(item["kind"], item["id"]) for item in letter.items]


def test_one_thing_that_is_addressed_to_them_is_a_letter(world, reader, issue):
    one = introduce(world, reader)
    assert kinds_of(chosen(reader, issue, world.now)) == [("introduction", one.pk)]
    Side.objects.filter(member=reader).update(answer="no")
    assert chosen(reader, issue, world.now).reason == Delivery.NOTHING_NEW


def test_an_introduction_from_behind_a_block_waits_in_no_letter(world, reader, issue):
    introduce(world, reader)
    Block.objects.create(blocker=world.teller, blocked=reader, known_as="Them", blocked_at=world.now)
    assert chosen(reader, issue, world.now).reason == Delivery.NOTHING_NEW


def test_gatherings_that_come_soon(world, reader, issue):
    coalition, other = coalition_of(reader, now=world.now), coalition_of(world.teller, now=world.now)
    soon = gather(world, coalition)
    gather(world, other, form_key="b")
    late = world.now + timedelta(days=20)
    gather(world, coalition, form_key="c", begins_at=late, ends_at=late + timedelta(hours=1))
    gather(world, coalition, form_key="d", called_off_at=world.now)
    assert kinds_of(chosen(reader, issue, world.now)) == [("gathering", soon.pk)]
    Attendance.objects.create(gathering=soon, member=reader, answer="no", answered_at=world.now)
    assert chosen(reader, issue, world.now).reason == Delivery.NOTHING_NEW


def test_news_of_a_story_that_they_follow(world, reader, issue):
    story, other = world.story(live=True), world.story(live=True)
    for one in (story, other):
        Reading.objects.create(member=reader, story=one, read_at=world.now)
    before = world.now - timedelta(days=2)
    following.follow(member=reader, now=before, story=story)
    added = follow_up(FollowUp, story, now=world.now - timedelta(hours=1))
    follow_up(FollowUp, other, now=world.now - timedelta(hours=1))
    assert kinds_of(chosen(reader, issue, world.now)) == [("follow_up", added.pk)]


def test_mails_that_were_kept_for_it(world, reader, issue):
    for kind in ("stories.story_live", "stories.new_responses", "stories.new_responses"):
        outbox.post(kind=kind, subject="A secret word", text="A secret word", member=reader, now=world.now)
    Notice.objects.update(state=Notice.State.KEPT)
    [item] = chosen(reader, issue, world.now).items
    assert item == {"kind": "waiting", "id": reader.pk, "why": "", "lines": [["stories", 1], ["people", 2]]}


def test_what_is_addressed_to_them_comes_once(world, reader, issue):
    introduce(world, reader)
    letter = chosen(reader, issue, world.now)
    last = Issue.objects.create(week=world.now.date(), state="done", began_at=world.now)
    Delivery.objects.create(
        issue=last, member=reader, state="sent", items=letter.items, due_at=world.now, planned_at=world.now
    )
    assert chosen(reader, issue, world.now + timedelta(days=1)).reason == Delivery.NOTHING_NEW


def test_a_question_that_they_could_answer(world, reader, issue):
    """About a service where they work, neither their own nor answered by them; and one at most."""
    housing = Boundary.objects.get(slug="housing")
    reader.profile.works_in.add(housing)
    asked = {}
    for name, author in {
        "own": reader,
        "answered": world.teller,
        "elsewhere": world.teller,
        "older": world.teller,
        "new": world.teller,
    }.items():
        asked[name] = RuleQuestion.objects.create(
            told=name, author=author, state="live", created_at=world.now - timedelta(days=5 - len(asked) % 5)
        )
        if name != "elsewhere":
            asked[name].boundaries.add(housing)
    RuleAnswer.objects.create(
        question=asked["answered"],
        author=reader,
        kind="law",
        text="It is.",
        checked_date=world.now,
        created_at=world.now,
    )
    told(world, 3)
    found = [key for kind, key in kinds_of(chosen(reader, issue, world.now)) if kind == "rule"]
    assert found == [asked["new"].pk]


def test_two_new_reports_at_most(world, reader, issue):
    reports = [ReportFactory(title=f"Report {number}", slug=f"report-{number}") for number in range(4)]
    for number, report in enumerate(reports):
        ReportPage.objects.filter(pk=report.pk).update(first_published_at=world.now - timedelta(days=number))
    told(world, 2)
    found = [key for kind, key in kinds_of(chosen(reader, issue, world.now)) if kind == "report"]
    assert found == [reports[0].pk, reports[1].pk]


def test_there_are_eight_things_at_most(world, reader, issue):
    coalition = coalition_of(reader, now=world.now)
    for number in range(3):
        gather(world, coalition, form_key=str(number))
        introduce(world, reader)
        ReportFactory(title=f"Report {number}", slug=f"report-{number}")
    ReportPage.objects.update(first_published_at=world.now - timedelta(days=1))
    told(world, 5)
    kinds = [kind for kind, _ in kinds_of(chosen(reader, issue, world.now))]
    assert kinds == ["introduction"] * 2 + ["gathering"] * 2 + ["story"] * 2 + ["report"] * 2


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_addressed_costs_the_same_whoever_it_is(world, issue, django_assert_num_queries, count):
    members = [MemberFactory(profile__weekly_letter=True) for _ in range(count)]
    for member in members:
        introduce(world, member)
        gather(world, coalition_of(member, now=world.now))
        following.follow(member=member, now=world.now, story=world.story(live=True))
        outbox.post(kind="stories.story_live", subject="A", text="A", member=member, now=world.now)
    Notice.objects.update(state=Notice.State.KEPT)
    pool = choosing.Pool(issue, now=world.now)
    choosing.choose(members, issue, now=world.now, pool=pool)
    with django_assert_num_queries(7):
        found = choosing.choose(members, issue, now=world.now, pool=pool)
    assert all(
        [kind for kind, _ in kinds_of(letter)][:3] == ["waiting", "introduction", "gathering"]
        for letter in found.values()
    )
