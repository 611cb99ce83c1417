"""Mail of each kind that waits in the outbox: for some who may still open what it tells of, and for some who may not
any more by the time it goes."""

from datetime import timedelta

from django.utils import timezone

from members import actions as accounts
from members.models import Notice
from members.tests.factories import ListedMemberFactory, MemberFactory
from networks.actions import coalitions, conversations, gatherings, introductions, joining
from networks.models import Coalition, Gathering, Membership
from networks.tests.gathered import coalition_of, gathering_of

HOUR = timedelta(hours=1)


class World:
    """`stays` and the like keep their rights; the others lose them with `revoke`."""

    def __init__(self):
        self.now = timezone.now()
        names = ("convenor", "stays", "removed", "muted", "leaves", "invited", "not_invited", "second", "joins")
        for name in names:
            setattr(self, name, MemberFactory(email=f"{name}@example.org"))
        for name in ("asks", "asked", "blocks", "suspended", "answers"):
            setattr(self, name, ListedMemberFactory(email=f"{name}@example.org"))
        self._say_something()
        self._ask_to_be_introduced()
        self._ask_to_join()
        self._close()

    def _say_something(self):
        inside = (self.stays, self.removed, self.muted)
        self.coalition = coalition_of(self.convenor, *inside, now=self.now - 72 * HOUR)
        said = {"text": "Who brings tea?", "form_key": "one"}
        conversations.say(self.coalition.conversation, **said, by=self.convenor, now=self.now)
        told = {"now": self.now - 2 * HOUR, "begins_at": self.now + 20 * HOUR}
        self.gathering = gathering_of(self.coalition, self.convenor, **told)
        for member in (self.stays, self.removed):
            gatherings.say(self.gathering, answer="coming", by=member, now=self.now - HOUR)
        # Due at this moment, at whatever hour the tests run.
        Gathering.objects.filter(pk=self.gathering.pk).update(remind_at=self.now - HOUR, reminded_at=None)

    def _ask_to_be_introduced(self):
        asked = {"reason": "The same letter.", "now": self.now}
        for member in (self.asked, self.blocks, self.suspended):
            introductions.ask(member, by=self.asks, **asked)
        self.answered = introductions.ask(self.answers, by=self.stays, **asked)

    def _ask_to_join(self):
        about = Coalition(name="Larks", purpose="One door", joining="request")
        by = {"by": self.convenor, "now": self.now}
        self.asking = coalitions.gather(about, boundaries=[], places=[], **by)
        Membership.objects.create(coalition=self.asking, member=self.second, convenes=True, joined_at=self.now)
        joining.ask(self.asking, answers=[], may_stay="", by=self.joins, now=self.now)
        joining.invite(self.asking, member=self.invited, **by)
        self.invitation = joining.invite(self.asking, member=self.not_invited, **by)

    def _close(self):
        self.closed = coalition_of(self.convenor, self.stays, self.leaves, now=self.now)
        coalitions.close(self.closed, by=self.convenor, now=self.now)

    def revoke(self):
        """What happens while the mail waits."""
        by, now = {"by": self.convenor, "now": self.now}, {"now": self.now}
        coalitions.remove(self.coalition, self.removed, **by)
        conversations.mute(self.coalition.conversation, by=self.muted, **now)
        coalitions.leave(self.closed, by=self.leaves, **now)
        joining.take_back(self.invitation, **by)
        coalitions.step_down(self.asking, by=self.second, **now)
        accounts.block(self.asks, known_as="Somebody", by=self.blocks, **now)
        accounts.suspend(self.suspended, **now)
        introductions.say_not_now(self.answered, by=self.answers, **now)

    RIGHT = {
        ("stays", "message"),
        ("stays", "gathering_new"),
        ("muted", "gathering_new"),
        ("stays", "gathering_reminder"),
        ("stays", "coalition_closed"),
        ("asked", "introduction_waits"),
        ("invited", "coalition_invited"),
        ("convenor", "coalition_asked"),
    }
    REVOKED = {
        ("removed", "message"),
        ("removed", "gathering_new"),
        ("removed", "gathering_reminder"),
        ("muted", "message"),
        ("leaves", "coalition_closed"),
        ("not_invited", "coalition_invited"),
        ("second", "coalition_asked"),
        ("blocks", "introduction_waits"),
        ("suspended", "introduction_waits"),
        ("answers", "introduction_waits"),
    }


def written():
    """{Message-ID: (to whom, of which kind)} for all that is in the outbox now."""
    return {
        notice.message_id: (notice.to.partition("@")[0], notice.kind.removeprefix("networks."))
        for notice in Notice.objects.order_by("pk")
    }
