"""The ledger of closed accounts: a restored backup brings nobody back, and closes nobody who came later."""

from datetime import UTC, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from digests import readers
from digests.models import Subscriber
from members import actions as accounts
from members.models import Erasure, Invitation, User
from members.privacy import ledger
from members.tests.factories import MemberFactory
from practices.models import Place
from stories.models import Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def close(member):
    accounts.close(member, kept=(), now=NOW)


def fresh(story):
    return Story.objects.filter(pk=story.pk).first()


def test_somebody_who_got_the_number_of_a_closed_account_is_left_alone():
    member = MemberFactory()
    pk = member.pk
    close(member)
    newcomer = MemberFactory(pk=pk, date_joined=NOW + timedelta(days=1))
    assert ledger.apply_again(now=NOW) == 0
    assert User.objects.filter(pk=newcomer.pk).exists()


def test_mails_and_invitations_to_a_closed_address_go_and_those_of_who_came_back_stay():
    gone, back = MemberFactory(email="gone@example.org"), MemberFactory(email="back@example.org")
    close(gone)
    close(back)
    MemberFactory(email="back@example.org")
    for address in ("gone@example.org", "back@example.org", "another@example.org"):
        Invitation.objects.create(email=address, invited_by=MemberFactory(), created_at=NOW)
        readers.subscribe(address=address, about=Place.objects.get(slug="salford"), now=NOW)
    assert ledger.apply_again(now=NOW) == 0
    left = {"back@example.org", "another@example.org"}
    assert set(Invitation.objects.values_list("email", flat=True)) == left
    assert set(Subscriber.objects.values_list("address", flat=True)) == left


def restored(member, story):
    """As after a restore: the ledger's row is there, and so is everything that was closed."""
    kept = [ledger.key(story.slug)]
    account = ledger.key(f"{member.pk} {member.date_joined.astimezone(UTC).isoformat()}")
    return Erasure.objects.create(account=account, addresses=[], kept=kept, erased_at=NOW)


def test_the_command_closes_again_what_was_closed_since_the_backup(capsys, settings):
    story = StoryFactory(live=True)
    gone = StoryFactory(live=True, author=story.author)
    restored(story.author, story)
    call_command("reapply_erasures", since=(NOW + timedelta(hours=1)).isoformat())
    assert "Accounts closed again: 0" in capsys.readouterr().out
    # The secret has been changed since; the one from before is still known.
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret" * 5
    call_command("reapply_erasures", since=(NOW - timedelta(hours=1)).isoformat())
    assert "Accounts closed again: 1" in capsys.readouterr().out
    assert (fresh(story).author, fresh(gone)) == (None, None)
    with pytest.raises(CommandError, match="with its zone"):
        call_command("reapply_erasures", since="yesterday")
