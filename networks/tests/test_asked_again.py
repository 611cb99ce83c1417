"""Right before a mail goes: may its reader still open what it tells of?"""

import pytest

from members import outbox
from networks import reminding
from networks.models import Introduction
from networks.tests.told import World, written

pytestmark = pytest.mark.django_db


def sent(mailbox, known):
    return sorted(known[message["Message-ID"]] for message in mailbox.messages)


def test_all_is_mailed_where_nothing_has_happened_meanwhile(mailbox):
    world = World()
    reminding.remind_of_gatherings(now=world.now)
    known = written()
    outbox.drain()
    assert sent(mailbox, known) == sorted(World.RIGHT | World.REVOKED)


def test_nothing_is_mailed_to_those_who_lost_their_rights_while_it_waited(mailbox):
    world = World()
    reminding.remind_of_gatherings(now=world.now)
    known = written()
    world.revoke()
    outbox.drain()
    assert sent(mailbox, known) == sorted(World.RIGHT)


def test_nothing_is_mailed_about_what_is_gone(mailbox):
    World()
    known = written()
    Introduction.objects.all().delete()
    outbox.drain()
    assert "introduction_waits" not in {kind for _, kind in sent(mailbox, known)}
