"""Mail about gatherings: who is reminded and told, once, never at night, and not once their rights are gone."""

from datetime import UTC, datetime, timedelta

import pytest

from members import actions as accounts
from members import kinds, mail, outbox
from members.models import Notice
from members.tests.factories import MemberFactory
from networks import reminding
from networks.actions import coalitions
from networks.actions import gatherings as actions
from networks.models import Gathering
from networks.tests.gathered import NOON, coalition_of, gathering_of
from networks.tests.test_at_once import at_once
from practices.models import Boundary

pytestmark = pytest.mark.django_db
# The gathering of these tests is on Thursday 7 January 2027 at noon.
MORNING_BEFORE = datetime(2027, 1, 6, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Circle:
    """A convenor, and members who each answered in their way."""

    def __init__(self, **fields):
        self.convenor, self.comes, self.perhaps, self.stays, self.silent = (MemberFactory() for _ in range(5))
        people = (self.comes, self.perhaps, self.stays, self.silent)
        self.coalition = coalition_of(self.convenor, *people, now=NOON, **fields)
        self.gathering = gathering_of(self.coalition, self.convenor)
        Notice.objects.filter(kind="networks.gathering_new").delete()  # these tests are about what comes after
        for member, answer in zip(people, ("coming", "perhaps", "no"), strict=False):
            actions.say(self.gathering, answer=answer, by=member, now=NOON)

    def fresh(self):
        return Gathering.objects.get(pk=self.gathering.pk)

    def move(self, *, now=NOON, **by):
        old = self.fresh()
        moved = {"begins_at": old.begins_at + timedelta(**by), "ends_at": old.ends_at + timedelta(**by)}
        return actions.change(old, **moved, by=self.convenor, now=now)


def to(kind):
    return sorted(Notice.objects.filter(kind=f"networks.gathering_{kind}").values_list("to", flat=True))


def addresses(*members):
    return sorted(member.email for member in members)


def sent(mailbox, at):
    outbox.drain(clock=lambda: at)
    return sorted(message["To"] for message in mailbox.messages)


def test_those_in_a_group_hear_of_a_new_gathering_by_their_preference_and_not_once_it_is_another(mailbox):
    circle = Circle(joining="hidden")
    circle.silent.suspend(now=NOON)
    mail.stop(circle.stays, kinds.BY_SLUG["groups"])
    gathering_of(circle.coalition, circle.convenor, form_key="two")
    assert to("new") == addresses(circle.comes, circle.perhaps, circle.stays)
    coalitions.leave(circle.coalition, by=circle.perhaps, now=NOON)
    assert sent(mailbox, NOON) == addresses(circle.comes)
    text = mailbox.messages[0].as_string()
    assert "A gathering" in text
    assert not [word for word in ("Wrencanary", "Room 7", "Larkcanary", str(circle.convenor)) if word in text]
    mailbox.messages.clear()
    off = gathering_of(circle.coalition, circle.convenor, form_key="three")
    actions.call_off(off, by=circle.convenor, now=NOON)
    assert sent(mailbox, NOON) == []


def test_whoever_has_not_yet_heard_of_a_new_gathering_hears_once_as_it_is_now(mailbox):
    circle = Circle()
    gathering = gathering_of(circle.coalition, circle.convenor, form_key="two")
    actions.say(gathering, answer="coming", by=circle.comes, now=NOON)
    for days in (1, 2):
        row = Gathering.objects.get(pk=gathering.pk)
        moved = {"begins_at": row.begins_at + timedelta(days=days), "ends_at": row.ends_at + timedelta(days=days)}
        actions.change(row, **moved, by=circle.convenor, now=NOON)
    assert sent(mailbox, NOON) == addresses(circle.comes, circle.perhaps, circle.stays, circle.silent)
    assert [message["To"] for message in mailbox.messages if "10 January" not in message.as_string()] == []
    late = Gathering.objects.get(pk=gathering.pk)
    actions.change(late, where="Room 8", by=circle.convenor, now=NOON)
    mailbox.messages.clear()
    assert sent(mailbox, NOON) == addresses(circle.comes)


def test_who_comes_or_perhaps_is_reminded_once_on_the_morning_before():
    circle = Circle()
    reminding.remind_of_gatherings(now=MORNING_BEFORE - HOUR)
    assert to("reminder") == []
    for late in (timedelta(0), HOUR, DAY):
        reminding.remind_of_gatherings(now=MORNING_BEFORE + late)
    assert to("reminder") == addresses(circle.comes, circle.perhaps)


def test_a_beat_that_was_dead_for_a_day_reminds_late_and_once_and_never_of_what_has_begun():
    circle = Circle()
    reminding.remind_of_gatherings(now=MORNING_BEFORE + DAY)
    assert to("reminder") == addresses(circle.comes, circle.perhaps)
    other = gathering_of(circle.coalition, circle.convenor, begins_at=NOON + 4 * DAY)
    actions.say(other, answer="coming", by=circle.stays, now=NOON)
    reminding.remind_of_gatherings(now=NOON + 4 * DAY)
    assert circle.stays.email not in to("reminder")


def test_nobody_is_reminded_who_takes_a_break_is_suspended_or_has_left():
    circle = Circle()
    mail.take_break(circle.comes, until=(NOON + 9 * DAY).date())
    coalitions.leave(circle.coalition, by=circle.perhaps, now=NOON)
    actions.say(circle.gathering, answer="coming", by=circle.silent, now=NOON)
    accounts.suspend(circle.silent, now=NOON)
    reminding.remind_of_gatherings(now=MORNING_BEFORE)
    assert to("reminder") == []


@pytest.mark.parametrize(
    "what", ["removed", "called off", "moved", "on a break", "not coming any more", "begun", "closed"]
)
def test_right_before_a_reminder_goes_it_is_asked_again(mailbox, what):
    """It was written, and lay in the outbox while something happened."""
    circle, at = Circle(), MORNING_BEFORE + HOUR
    reminding.remind_of_gatherings(now=MORNING_BEFORE)
    if what == "removed":
        coalitions.remove(circle.coalition, circle.comes, by=circle.convenor, now=NOON)
    elif what == "called off":
        actions.call_off(circle.gathering, by=circle.convenor, now=MORNING_BEFORE)
    elif what == "moved":
        circle.move(days=7)
    elif what == "closed":
        coalitions.close(circle.coalition, by=circle.convenor, now=NOON)
    elif what == "on a break":
        mail.take_break(circle.comes, until=(NOON + 9 * DAY).date())
    elif what == "not coming any more":
        actions.say(circle.gathering, answer="no", by=circle.comes, now=MORNING_BEFORE)
    else:
        at = circle.fresh().begins_at + HOUR
    sent(mailbox, at)
    reminders = [message["To"] for message in mailbox.messages if "soon" in message["Subject"]]
    both = {"called off", "moved", "begun", "closed"}
    assert reminders == ([] if what in both else [circle.perhaps.email])


def test_none_goes_at_night_and_it_goes_in_the_morning(mailbox, settings):
    """By the clock of whoever reads it: eight in London is night in New York."""
    settings.QUIET_HOURS = (21, 7)
    circle = Circle()
    circle.comes.time_zone = "America/New_York"
    circle.comes.save()
    reminding.remind_of_gatherings(now=MORNING_BEFORE)
    assert sent(mailbox, MORNING_BEFORE) == [circle.perhaps.email]
    assert sent(mailbox, MORNING_BEFORE + 5 * HOUR) == addresses(circle.comes, circle.perhaps)


def test_who_comes_hears_of_another_time_and_of_calling_off_and_of_other_words_nobody():
    circle = Circle()
    actions.change(circle.fresh(), what_for="Bring a map", by=circle.convenor, now=NOON)
    assert to("changed") == []
    circle.move(days=1)
    assert to("changed") == addresses(circle.comes, circle.perhaps)
    actions.call_off(circle.gathering, by=circle.convenor, now=NOON)
    assert to("off") == addresses(circle.comes, circle.perhaps)
    with pytest.raises(actions.NotOpen):
        actions.call_off(circle.gathering, by=circle.convenor, now=NOON)


def test_moved_twice_before_the_mail_goes_only_the_latest_goes(mailbox):
    circle = Circle()
    circle.move(days=1)
    circle.move(days=1)
    assert sent(mailbox, NOON + HOUR) == addresses(circle.comes, circle.perhaps)
    assert "Saturday 9 January 2027" in mailbox.messages[0].get_body(("plain",)).get_content()


def test_moved_it_is_reminded_of_anew():
    circle = Circle()
    reminding.remind_of_gatherings(now=MORNING_BEFORE)
    circle.move(days=7)
    reminding.remind_of_gatherings(now=MORNING_BEFORE + DAY)
    assert len(to("reminder")) == 2
    reminding.remind_of_gatherings(now=MORNING_BEFORE + 7 * DAY)
    assert len(to("reminder")) == 4


def test_a_block_keeps_it_from_nobody_and_no_mail_says_where_or_who(mailbox):
    circle = Circle()
    accounts.block(circle.comes, known_as="x", by=circle.convenor, now=NOON)
    circle.move(days=1)
    assert sent(mailbox, NOON + HOUR) == addresses(circle.comes, circle.perhaps)
    for message in mailbox.messages:
        text = message.as_string()
        assert "Wrencanary" in text
        assert not [word for word in ("Room 7", "meet.example", circle.convenor.email) if word in text]
        assert "Wrencanary" not in message["Subject"]


@pytest.mark.parametrize("why", ["hidden", "sensitive"])
def test_of_a_hidden_or_sensitive_coalition_mail_says_a_gathering(mailbox, why):
    circle = Circle(joining="hidden" if why == "hidden" else "open")
    if why == "sensitive":
        circle.coalition.boundaries.add(Boundary.objects.filter(sensitive=True).first())
    circle.move(days=1)
    sent(mailbox, NOON + HOUR)
    for message in mailbox.messages:
        text = message.get_body(("plain",)).get_content() + message.get_body(("html",)).get_content()
        assert "A gathering" in text
        assert not [word for word in ("Wrencanary", "Larkcanary") if word in text]


# --- At once ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_remind_once_and_a_move_at_once_leaves_no_old_reminder(mailbox):
    for _ in range(3):
        circle = Circle()
        at_once(
            lambda: reminding.remind_of_gatherings(now=MORNING_BEFORE),
            lambda: reminding.remind_of_gatherings(now=MORNING_BEFORE),
            lambda circle=circle: circle.move(days=7, now=MORNING_BEFORE),
        )
        mine = Notice.objects.filter(to=circle.comes.email)
        assert mine.filter(kind="networks.gathering_reminder").count() <= 1
        mailbox.messages.clear()
        sent(mailbox, MORNING_BEFORE + HOUR)
        mine = [message for message in mailbox.messages if message["To"] == circle.comes.email]
        assert ["changed" in message["Subject"] for message in mine] == [True]
        Gathering.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_answers_at_once_are_one_and_who_is_being_removed_does_not_come():
    circle = Circle()
    say = {"by": circle.silent, "now": NOON}
    at_once(*[lambda: actions.say(circle.gathering, answer="coming", **say)] * 3)
    assert circle.gathering.answers.filter(member=circle.silent).count() == 1
    at_once(
        lambda: coalitions.remove(circle.coalition, circle.silent, by=circle.convenor, now=NOON),
        lambda: actions.say(circle.gathering, answer="perhaps", **say),
    )
    assert not circle.gathering.answers.filter(member=circle.silent).exists()
