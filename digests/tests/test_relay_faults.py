"""A relay that refuses, puts off, hangs up or says nothing: each error has its own end, and none doubles a mail."""

from collections import Counter
from datetime import timedelta

import pytest

from digests import draining, running
from digests.models import Delivery, Issue
from digests.tests.relays import Relay, at_random
from digests.tests.test_draining import readers, states, stories
from members.models import Suppression

pytestmark = [pytest.mark.fault, pytest.mark.django_db]
State = Delivery.State


@pytest.fixture(params=[True, False], ids=["several commands at once", "one by one"])
def relay(request, settings):
    with Relay(pipelines=request.param).listening() as found:
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = found.port, 1
        yield found


@pytest.fixture
def begun(world, reader):
    stories(world)
    return world.hurry()


def drain(world, **later):
    world.now += timedelta(**later)
    return draining.drain(clock=world.clock)


def once(stage, fault):
    """This fault for the first mail that comes so far, and no other."""
    left = [fault]
    return lambda at, address: left.pop() if at == stage and left else None


def assert_accounted(issue, relay):
    """At most one mail a member at the relay; each row has its end; what was accepted is sent or in doubt."""
    assert set(relay.taken.values()) <= {1}
    rows = dict(issue.deliveries.values_list("address", "state"))
    assert {rows[address] for address in relay.taken} <= {State.SENT, State.UNKNOWN}
    sent = {address for address, state in rows.items() if state == State.SENT}
    assert sent <= set(relay.taken)
    ended = issue.deliveries.exclude(state__in=[State.PLANNED, State.SENDING]).count()
    issue.refresh_from_db()
    assert ended == issue.candidate_count


BEFORE = [
    ("sender", "421 4.3.2 Closing"),
    ("sender", "cut"),
    ("sender", "hang"),
    ("address", "421 4.3.2 Closing"),
    ("address", "cut"),
    ("address", "hang"),
    ("begin", "cut"),
    ("mail", "421 4.3.2 Closing"),
]


@pytest.mark.parametrize(("stage", "fault"), BEFORE)
def test_a_line_lost_before_the_mail_s_end_costs_nothing(world, reader, begun, relay, stage, fault):
    relay.faults = once(stage, fault)
    drain(world)
    assert relay.count == {f"{stage}: {fault}": 1}
    drain(world)
    assert_accounted(begun, relay)
    assert states(begun) == [(State.SENT, "")]
    begun.refresh_from_db()
    assert begun.relay_error_count == 0


@pytest.mark.parametrize("fault", ["cut", "cut after", "hang", "hang after"])
def test_after_its_last_dot_a_mail_is_in_doubt_and_never_sent_again(world, reader, begun, relay, fault):
    relay.faults = once("mail", fault)
    drain(world)
    assert relay.count == {f"mail: {fault}": 1}
    drain(world, days=1)
    assert states(begun) == [(State.UNKNOWN, "The connection was lost.")]
    assert relay.taken.total() == (1 if fault.endswith("after") else 0)
    assert_accounted(begun, relay)


@pytest.mark.parametrize("stage", ["address", "mail"])
def test_not_now_means_after_1_and_5_and_15_and_60_minutes(world, reader, begun, relay, stage):
    relay.faults = lambda at, address: "450 4.2.1 Not now" if at == stage else None
    drain(world)
    for minutes in (1, 5, 15, 60, 60):
        assert states(begun) == [(State.PLANNED, "The relay put it off: 450")]
        before = relay.count.total()
        drain(world, minutes=minutes, seconds=-1)
        assert relay.count.total() == before
        drain(world, seconds=1)
        assert relay.count.total() == before + 1
    drain(world, hours=72)
    assert states(begun) == [(State.SKIPPED, "Too late")]


@pytest.mark.parametrize("stage", ["address", "mail"])
def test_no_such_mailbox_fails_and_is_never_written_to_again(world, reader, begun, relay, stage):
    [other] = readers(1)
    relay.faults = lambda at, to: "550 5.1.1 No such mailbox" if at == stage and to == reader.email else None
    drain(world)
    assert states(begun) == [(State.FAILED, "The relay refused it: 550")]
    assert list(Suppression.objects.values_list("address", "reason")) == [(reader.email, "bounced")]
    assert_accounted(begun, relay)
    assert other.email not in relay.taken


def test_any_other_refusal_fails_and_holds_up_nobody(world, reader, relay):
    readers(2)
    stories(world)
    issue = world.hurry()
    relay.faults = lambda at, to: "554 5.7.1 Not wanted" if at == "address" and to == reader.email else None
    drain(world)
    assert states(issue) == [(State.FAILED, "The relay refused it: 554"), (State.SENT, ""), (State.SENT, "")]
    assert not Suppression.objects.exists()
    assert_accounted(issue, relay)


@pytest.mark.parametrize("fault", ["cut", "550 5.7.1 We take nothing from you"])
def test_twenty_errors_in_a_row_pause_the_letter(world, relay, fault):
    readers(25)
    stories(world)
    issue = world.hurry()
    relay.faults = lambda at, to: fault if at == "sender" else None
    drain(world)
    issue.refresh_from_db()
    assert (issue.state, issue.paused_because) == (Issue.State.PAUSED, running.RELAY_FAILS)
    assert relay.count.total() == 20
    assert issue.deliveries.due(world.now + timedelta(minutes=1)).count() == 25
    relay.faults = lambda at, to: None
    running.resume(issue, now=world.now)
    drain(world, minutes=1)
    assert_accounted(issue, relay)


def test_a_relay_that_cannot_be_reached_twenty_times_pauses_the_letter(world, reader, begun, settings, mailbox):
    settings.EMAIL_PORT = 1
    for _ in range(19):
        drain(world, minutes=1)
    begun.refresh_from_db()
    assert begun.state == Issue.State.SENDING
    drain(world, minutes=1)
    begun.refresh_from_db()
    assert begun.state == Issue.State.PAUSED


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_each_has_at_most_one_and_all_are_accounted_for(world, relay, seed):
    readers(60)
    stories(world)
    issue = world.hurry()
    usual = ["421 4.3.2 Closing", "cut", "450 4.2.1 Not now"]
    faults = [(stage, fault) for stage in ("sender", "address", "mail") for fault in usual]
    faults += [("address", "550 5.1.1 No such mailbox"), ("begin", "cut"), ("mail", "cut after")]
    relay.faults = at_random(seed, 0.15, faults)
    for _ in range(40):
        drain(world, minutes=20)
        if not issue.deliveries.open().exists():
            break
    assert len(relay.count) > 5
    assert_accounted(issue, relay)
    unknown = issue.deliveries.filter(state=State.UNKNOWN).count()
    assert unknown == sum(count for fault, count in relay.count.items() if fault.startswith("mail: cut"))
    assert (
        Counter(state for state, _ in states(issue))[State.SENT] == relay.taken.total() - relay.count["mail: cut after"]
    )
