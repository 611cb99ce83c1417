"""What a member tries: theirs alone, one group's where they chose so, one reminder, and a story with one press."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members import actions as accounts
from members.models import Block, Notice
from members.tests.factories import AdminFactory, MemberFactory, ModeratorFactory, UserFactory, sign_in_staff
from networks.actions import coalitions
from networks.tests.gathered import coalition_of
from practices.models import Practice
from stories.actions import attempts as actions
from stories.models import Attempt, Outcome, Story

pytestmark = pytest.mark.django_db

LIST, NEW = "/attempts/", "/attempts/new/"
MORNING = datetime(2027, 1, 5, 7, 30, tzinfo=UTC)


def attempt_of(member, *, step="Wrencanary", coalition=None, **more):
    begun = {"step": step, "expects": "A call back", "begun_at": timezone.now()}
    return Attempt.objects.create(member=member, coalition=coalition, **{**begun, **more})


def answers(attempt, **more):
    kept = ("step", "expects", "noticed", "stop_if", "happened", "decision")
    return {**{name: getattr(attempt, name) for name in kept}, "look_again_date": "", "coalition": "", **more}


def pages(attempt):
    return [attempt.get_absolute_url() + end for end in ("", "change/", "delete/")]


def test_two_boxes_begin_one_with_its_practice_and_the_same_form_begins_no_second(client):
    member = MemberFactory()
    client.force_login(member)
    practice = client.get(reverse("practices:practice", args=["rule-or-habit"])).text
    assert f'href="{NEW}?practice=rule-or-habit"' in practice
    page = client.get(f"{NEW}?practice=rule-or-habit")
    assert list(page.context["form"].fields) == ["step", "expects", "form_key"]
    typed = {"step": "Ring the clinic", "expects": "Nobody", "form_key": page.context["form"].initial["form_key"]}
    for _ in range(2):
        sent = client.post(f"{NEW}?practice=rule-or-habit", typed)
    begun = Attempt.objects.get()
    assert sent["Location"] == begun.get_absolute_url()
    assert (begun.member, begun.practice.slug, begun.coalition) == (member, "rule-or-habit", None)
    assert client.get(f"{NEW}?practice=nothing").status_code == 200


def test_an_empty_box_is_said_and_nothing_is_lost(client):
    client.force_login(MemberFactory())
    page = client.post(NEW, {"step": "", "expects": "That they ring"}).text
    assert "Enter the step that you take" in page
    assert "That they ring" in page
    assert not Attempt.objects.exists()


def test_words_typed_in_a_session_that_ended_are_there_after_signing_in(client):
    sent = client.post(NEW, {"step": "Ring the clinic", "expects": "Nobody"})
    assert sent["Location"].startswith(reverse("account_login"))
    client.force_login(MemberFactory())
    assert "Ring the clinic" in client.get(NEW).text


@pytest.mark.parametrize("shared", [False, True])
def test_nobody_else_opens_one_staff_included_but_the_group_that_it_is_shared_with(client, shared):
    member, inside, left, outside = (MemberFactory() for _ in range(4))
    group = coalition_of(member, inside, left)
    coalitions.leave(group, by=left, now=timezone.now())
    one = attempt_of(member, coalition=group if shared else None)
    others = {"in": inside, "left": left, "out": outside, "waiting": UserFactory()}
    for who, other in others.items():
        client.force_login(other)
        readable = shared and who == "in"
        assert [client.get(page).status_code for page in pages(one)] == [200 if readable else 404, 404, 404], who
        assert client.post(f"{one.get_absolute_url()}story/").status_code == 404
        assert ("Wrencanary" in client.get(LIST).content.decode()) is readable, who
    for staff in (ModeratorFactory(), AdminFactory()):
        sign_in_staff(client, staff)
        assert [client.get(page).status_code for page in pages(one)] == [404] * 3
        assert "Wrencanary" not in client.get(LIST).text
    client.force_login(member)
    assert [client.get(page).status_code for page in pages(one)] == [200] * 3
    assert Attempt.objects.get().step == "Wrencanary"


def test_a_group_reads_it_no_more_once_its_member_left_was_suspended_or_is_behind_a_block(client):
    member, inside = MemberFactory(), MemberFactory()
    group = coalition_of(inside, member)
    one = attempt_of(member, coalition=group)
    readable = Attempt.objects.visible_to(inside)
    assert list(readable) == [one]
    block = Block.objects.create(blocker=member, blocked=inside, known_as="x", blocked_at=timezone.now())
    assert not readable.all().exists()
    block.delete()
    type(member).objects.filter(pk=member.pk).update(suspended_at=timezone.now())
    assert not readable.all().exists()
    type(member).objects.filter(pk=member.pk).update(suspended_at=None)
    assert list(readable.all()) == [one]
    coalitions.leave(group, by=member, now=timezone.now())
    assert not readable.all().exists()
    assert list(Attempt.objects.visible_to(member)) == [one]


def test_only_a_group_of_theirs_can_be_chosen_and_what_it_reads_is_looked_at_first(client):
    member = MemberFactory()
    group, foreign = coalition_of(member), coalition_of(MemberFactory())
    one = attempt_of(member, step="Ring Doreen Fairclough on 07700 900123")
    client.force_login(member)
    change = f"{one.get_absolute_url()}change/"
    assert client.post(change, answers(one)).status_code == 302  # for oneself nothing is looked at
    refused = client.post(change, answers(one, coalition=foreign.key))
    assert "Choose one of your groups, or nobody" in refused.text
    stopped = client.post(change, answers(one, coalition=group.key))
    assert "Take these words out, or say why they can stay" in stopped.text
    assert Attempt.objects.get().coalition is None
    client.post(change, answers(one, coalition=group.key, may_stay="Not a real detail"))
    assert Attempt.objects.get().coalition == group
    client.post(change, answers(one))
    assert Attempt.objects.get().coalition is None


def test_a_group_that_was_left_meanwhile_is_not_given_it(client):
    member = MemberFactory()
    group = coalition_of(MemberFactory(), member)
    one = attempt_of(member)
    said = {"step": "x", "expects": "y", "look_again_date": None, "coalition": group}
    coalitions.leave(group, by=member, now=timezone.now())
    with pytest.raises(actions.OtherReaders):
        actions.write(one, said=said, by=member, now=timezone.now())
    assert Attempt.objects.get().coalition is None


@pytest.mark.parametrize(("days", "fine"), [(-1, False), (0, False), (1, True), (731, True), (732, False)])
def test_a_day_to_look_again_is_still_to_come(client, days, fine):
    one = attempt_of(MemberFactory())
    client.force_login(one.member)
    day = timezone.localdate() + timedelta(days=days)
    page = client.post(f"{one.get_absolute_url()}change/", answers(one, look_again_date=f"{day:%Y-%m-%d}"))
    assert page.status_code == (302 if fine else 200)
    assert (Attempt.objects.get().look_again_date == day) is fine


def test_a_day_that_has_passed_may_stay_while_the_rest_is_written(client):
    past = date(2020, 1, 1)
    one = attempt_of(MemberFactory(), look_again_date=past, reminded_at=timezone.now())
    client.force_login(one.member)
    client.post(f"{one.get_absolute_url()}change/", answers(one, look_again_date="2020-01-01", happened="Nothing yet"))
    kept = Attempt.objects.get()
    assert (kept.look_again_date, kept.happened, kept.reminded_at is None) == (past, "Nothing yet", False)


def test_one_mail_comes_on_the_morning_and_says_not_a_word_of_it():
    one = attempt_of(MemberFactory(), look_again_date=MORNING.date())
    for moment, mails in [
        (MORNING - timedelta(hours=1), 0),
        (MORNING, 1),
        (MORNING + timedelta(hours=1), 1),
        (MORNING + timedelta(days=9), 1),
    ]:
        actions.remind(now=moment)
        assert Notice.objects.filter(kind="stories.attempt_reminder").count() == mails, moment
    mail = Notice.objects.get(kind="stories.attempt_reminder")
    assert (mail.to, mail.subject) == (one.member.email, "The day you wanted to look again")
    assert one.get_absolute_url() in mail.text
    assert one.get_absolute_url() in mail.html
    assert not any("Wrencanary" in said for said in (mail.subject, mail.text, mail.html))


def test_another_day_is_reminded_of_again_and_whoever_has_decided_or_rests_is_not():
    member, day = MemberFactory(), MORNING.date()
    one = attempt_of(member, look_again_date=day, reminded_at=MORNING)
    said = {name: getattr(one, name) for name in ("step", "expects", "coalition")}
    actions.write(one, said={**said, "look_again_date": day + timedelta(days=7)}, by=member, now=MORNING)
    attempt_of(MemberFactory(), look_again_date=day, decision="stop")
    attempt_of(MemberFactory(suspended_at=MORNING), look_again_date=day)
    attempt_of(MemberFactory(break_ends_at=MORNING + timedelta(days=30)), look_again_date=day)
    actions.remind(now=MORNING)
    assert not Notice.objects.filter(kind="stories.attempt_reminder").exists()
    actions.remind(now=MORNING + timedelta(days=7))
    assert [mail.member for mail in Notice.objects.filter(kind="stories.attempt_reminder")] == [member]


def test_one_press_makes_a_draft_of_it_once_with_nothing_to_type_again(client):
    practice = Practice.objects.get(slug="rule-or-habit")
    told = {"noticed": "Three locked doors", "happened": "It rang out", "decision": "stop", "practice": practice}
    one = attempt_of(MemberFactory(), step="Ring the clinic\nat eight", **told)
    client.force_login(one.member)
    for _ in range(2):
        sent = client.post(f"{one.get_absolute_url()}story/")
    story = Story.objects.get()
    assert sent["Location"] == reverse("stories:draft", args=[story.slug])
    newest = story.get_latest_revision_as_object()
    for version in (story, newest):
        assert (version.title, version.noticed) == ("Ring the clinic", "Three locked doors")
        assert version.happened == "It rang out"
        assert version.tried == "Ring the clinic\nat eight\n\nWhat I expected: A call back"
        assert version.outcome == Outcome.STOPPED
        assert list(version.practices.all()) == [practice]
    assert (story.author, story.live) == (one.member, False)
    assert "It became a story" in client.get(one.get_absolute_url()).text
    assert Attempt.objects.get().step == "Ring the clinic\nat eight"
    assert client.get(f"{one.get_absolute_url()}story/").status_code == 405


@pytest.mark.parametrize(
    ("step", "title"),
    [
        ("Ring the clinic\nand wait", "Ring the clinic"),
        ("word " * 40, "word " * 15 + "…"),
        ("x" * 200, "x" * 80),
        ("…", "…"),
    ],
)
def test_its_title_is_its_first_line_and_never_empty_or_too_long(step, title):
    assert Attempt(step=step).title == title


def test_a_group_is_not_told_that_it_became_a_story(client):
    member, inside = MemberFactory(), MemberFactory()
    one = attempt_of(member, coalition=coalition_of(member, inside))
    story = actions.make_story(one, by=member, now=timezone.now())
    client.force_login(inside)
    page = client.get(one.get_absolute_url()).text
    assert "Wrencanary" in page
    assert story.slug not in page
    assert "story" not in page.split("<main")[1].split("</main")[0]


def test_deleting_asks_first_and_leaves_the_story(client):
    one = attempt_of(MemberFactory())
    story = actions.make_story(one, by=one.member, now=timezone.now())
    client.force_login(one.member)
    client.get(f"{one.get_absolute_url()}delete/")
    assert Attempt.objects.exists()
    client.post(f"{one.get_absolute_url()}delete/")
    assert not Attempt.objects.exists()
    assert Story.objects.get() == story


def test_a_closed_account_leaves_none_of_it():
    one = attempt_of(MemberFactory())
    attempt_of(MemberFactory(), step="Another’s")
    accounts.close(one.member, kept=[], now=timezone.now())
    assert [kept.step for kept in Attempt.objects.all()] == ["Another’s"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_many(client, django_assert_max_num_queries, count):
    member, other = MemberFactory(), MemberFactory()
    group = coalition_of(other, member)
    for _ in range(count):
        attempt_of(member, practice=Practice.objects.first())
        attempt_of(other, coalition=group, step="Larkcanary too")
    client.force_login(member)
    client.get(LIST)
    with django_assert_max_num_queries(7):
        page = client.get(LIST).text
    assert (page.count("Wrencanary"), page.count("Larkcanary too")) == (count, count)
