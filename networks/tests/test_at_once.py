"""Two things at the same moment, each in a transaction of its own: whichever comes first, what must never be is not."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from members import actions as accounts
from members.models import Block, Connection
from members.tests.factories import ListedMemberFactory
from networks import reminding
from networks.actions import conversations
from networks.actions import introductions as actions
from networks.models import Conversation, Introduction, Message
from networks.models.introduction import LASTS

pytestmark = pytest.mark.django_db(transaction=True)

NOW = timezone.now()


def at_once(*verbs):
    """Each in a thread, let go together; what each raised, or None."""
    gate, raised = threading.Barrier(len(verbs)), [None] * len(verbs)

    def run(number, verb):
        try:
            gate.wait(timeout=30)
            verb()
        except Exception as error:
            raised[number] = type(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_two_asks_at_once_are_one_and_four_are_three():
    asha, ben = ListedMemberFactory(), ListedMemberFactory()
    raised = at_once(*[lambda: actions.ask(asha, reason="Hello.", by=ben, now=NOW)] * 2)
    assert sorted(raised, key=str) == sorted([None, actions.AskedBefore], key=str)
    others = [ListedMemberFactory() for _ in range(3)]
    raised = at_once(*[lambda one=one: actions.ask(one, reason="Hello.", by=ben, now=NOW) for one in others])
    assert raised.count(actions.TooManyOpen) == 1
    assert Introduction.objects.count() == 3


def test_a_yes_and_a_block_at_once_leave_no_connection_behind_the_block():
    for _ in range(4):
        asha, ben = ListedMemberFactory(), ListedMemberFactory()
        one = actions.ask(asha, reason="Hello.", by=ben, now=NOW)
        at_once(
            lambda asha=asha, one=one: actions.say_yes(one, by=asha, now=NOW),
            lambda asha=asha, ben=ben: accounts.block(asha, known_as="Asha", by=ben, now=NOW),
        )
        assert Block.objects.stands_between(asha, ben)
        assert not Connection.objects.between(asha, ben).exists()
        assert not Conversation.objects.visible_to(asha).exists()


def test_both_who_asked_each_other_say_yes_at_once_and_have_one_conversation():
    asha, ben = ListedMemberFactory(), ListedMemberFactory()
    one = actions.ask(asha, reason="Hello.", by=ben, now=NOW)
    two = actions.ask(ben, reason="Hello.", by=asha, now=NOW)
    at_once(lambda: actions.say_yes(one, by=asha, now=NOW), lambda: actions.say_yes(two, by=ben, now=NOW))
    assert Connection.objects.count() == Conversation.objects.count() == 1
    assert not Introduction.objects.filter(met_at=None).exists()


def test_a_message_sent_twice_at_once_is_one_and_a_yes_at_once_with_a_no_is_one_answer():
    asha, ben = ListedMemberFactory(), ListedMemberFactory()
    conversation = conversations.open([asha, ben], now=NOW)
    said = {"text": "Hello.", "by": asha, "now": NOW, "form_key": "one"}
    assert at_once(*[lambda: conversations.say(conversation, **said)] * 2) == [None, None]
    assert Message.objects.count() == 1
    one = actions.ask(asha, reason="Hello.", by=ben, now=NOW)
    raised = at_once(lambda: actions.say_yes(one, by=asha, now=NOW), lambda: actions.say_not_now(one, by=asha, now=NOW))
    assert sorted(map(str, raised)) == sorted(map(str, [None, actions.TooLate]))


def test_two_runs_of_the_beat_end_an_introduction_once():
    asha, ben = ListedMemberFactory(), ListedMemberFactory()
    actions.ask(asha, reason="Hello.", by=ben, now=NOW - LASTS - timedelta(days=1))
    at_once(lambda: reminding.end(now=NOW), lambda: reminding.end(now=NOW))
    assert ben.notices.filter(kind="networks.introduction_ended").count() == 1
