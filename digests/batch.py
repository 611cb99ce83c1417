"""One claim of a letter's rows, from the first start to the end that is told for each."""

import json
import logging
import time
from datetime import timedelta
from functools import lru_cache

from django.db import DatabaseError, InterfaceError, connection

from digests import claims, relay, starts
from digests.choosing import choose
from digests.models import Delivery
from digests.starts import End, Mail
from members import quiet, suppressing
from members.models import Notice, Suppression

log = logging.getLogger(__name__)
State = Delivery.State

AGAIN_SOON = timedelta(minutes=1)
AFTER_AN_ERROR = timedelta(minutes=5)
NIGHT, STOPPED_MIDWAY = "Night", "The worker was stopped"
# So long a living drainer tries to tell a database that is away what became of its rows.
TELLS_FOR = 60


def keys(items, kind):
    return [item["id"] for item in items if item["kind"] == kind]


def said(item):
    """As JSON; most items are in many letters."""
    return json.dumps(item) if "lines" in item else _said(item["kind"], item["id"], item["why"])


@lru_cache(maxsize=4096)
def _said(kind, key, why):
    return json.dumps({"kind": kind, "id": key, "why": why})


class Batch:
    """Knows of each of its rows what became of it, and tells the database more than once should it have to."""

    def __init__(self, drainer, issue, rows, name):
        self.drainer, self.issue, self.rows, self.name = drainer, issue, rows, name
        self.clock = drainer.clock
        self.told, self.ended = {}, set()
        # What PostgreSQL has surely kept: what was written into rows, and among these those whose mails were taken.
        self.frozen, self.sent = {}, {}
        self.before, self.in_flight, self.due_at = End(), None, None
        self.told_in_letter = []
        self.pool, self.presses, self.starter = None, None, None

    def send(self):
        """Answers whether it makes sense to claim more of this letter."""
        try:
            return self._send_all()
        except (DatabaseError, InterfaceError) as error:
            if not claims.is_away(error):
                raise
            # The last starts, and what was written with them, may be lost: all is told in full.
            log.warning("The database went away: %s", type(error).__name__)
            self._tell_in_full()
            self.in_flight = None
            connection.close()
            return True
        finally:
            self._settle()

    def _send_all(self):
        self.starter = starts.Starter(self.name)
        now = self.clock()
        rows = [row for row in self.rows if self._may_go(row) and self._is_awake(row, now)]
        try:
            self.pool, self.presses = self.drainer.stock_for(self.issue)
            chosen = self._choose(rows)
            having = [row for row in rows if row.reader.pk in chosen and chosen[row.reader.pk].items]
            self.presses.load([(row.reader, chosen[row.reader.pk].items) for row in having], now=now)
            self._freeze(having, chosen)
        except Exception as error:
            if claims.is_away(error):
                raise
            # Whatever it is, the readers behind these must not wait for it. No word of a story goes into the log.
            log.error("Letters cannot be chosen: %s", type(error).__name__)
            self.due_at = now + AFTER_AN_ERROR
            return True
        for row in rows:
            if not self.drainer.may_go_on:
                return False
            if row.reader.pk in chosen and not self._send(row, chosen[row.reader.pk]):
                return False
        return True

    def _choose(self, rows):
        return choose([row.reader for row in rows], self.issue, now=self.clock(), pool=self.pool)

    def _freeze(self, rows, chosen):
        """Write what is in the letters into their rows, in one statement; each start asks whether it still may be."""
        for row in rows:
            items = self.presses.of(row.reader).fit(chosen[row.reader.pk].items)
            if items:
                self.frozen[row.pk] = items, self._mail_of(row, items)._replace(is_frozen=True)
        if self.frozen:
            self.starter.freeze([mail for _, mail in self.frozen.values()])

    def _mail_of(self, row, items):
        named, words = self.presses.of(row.reader).shows_names(items), ", ".join(map(said, items))
        return Mail(row.pk, row.reader.email, f"[{words}]", keys(items, "story"), named, keys(items, "gathering"))

    def _may_go(self, row):
        """As it was claimed; it is looked at again as it starts."""
        if row.against:
            self._tell(row, State.SKIPPED, row.against)
        return not row.against

    def _is_awake(self, row, now):
        morning = quiet.awake_at(now, row.reader)
        if morning > now:
            self._tell(row, State.PLANNED, NIGHT, due_at=morning)
        return morning <= now

    def _send(self, row, chosen, *, again=True):
        """Answers whether the next row may start."""
        if not chosen.items:
            self._tell(row, State.SKIPPED, chosen.reason)
            return True
        items, mail, words = self._written(row, chosen.items)
        if words is None:
            return True
        line = self.drainer.line_for(self.issue)
        against = self._start(mail)
        if against == starts.CHANGED:
            return self._choose_again(row) if again else self._tell_later(row)
        if against == starts.STOPPED:
            return False
        if against:
            self.ended.add(row.pk)
            return True
        self.in_flight = row
        said = line.send(self.presses.names.envelope_from(row.pk), row.reader.email, words)
        self._judge(row, said, items)
        return True

    def _written(self, row, items):
        """What of it can be shown, the mail as a start knows it, and in words; none where the row has ended without."""
        press = self.presses.of(row.reader)
        try:
            items, mail = self.frozen.pop(row.pk, None) or (press.fit(items), None)
            if not items:
                self._tell(row, State.SKIPPED, Delivery.NOTHING_NEW)
                return items, None, None
            name = self.presses.names.message_id(self.issue.pk, row.reader.pk)
            words = press.letter(row.reader, items, message_id=name)
            return items, mail or self._mail_of(row, items), words
        except Exception as error:
            if claims.is_away(error):
                raise
            # One story that cannot be rendered must not hold up everybody else. Its words stay out of the log.
            log.error("Letter %s cannot be written: %s", row.pk, type(error).__name__)
            self._tell(row, State.FAILED, f"Cannot be written: {type(error).__name__}"[:60])
            return items, None, None

    def _start(self, mail):
        before, self.before = self.before, End()
        if not before.is_sent:
            # It may give up its claim, and with it what it says of the one before.
            claims.tell_sent(self.starter.cursor, self.name, self.sent, now=self.clock())
        return self.starter.start(mail, before, now=self.clock())

    def _choose_again(self, row):
        """A story went away, or the address changed, after it was chosen: once more, from what is there now."""
        fresh = claims.look_again(row)
        if fresh is None:
            self.ended.add(row.pk)
            return True
        # What was read of the stories is as old as the claim.
        self.drainer.forget_pool()
        self.pool, self.presses = self.drainer.stock_for(self.issue)
        return self._send(fresh, self._choose([fresh])[fresh.reader.pk], again=False)

    def _tell_later(self, row):
        self._tell(row, State.PLANNED, "", due_at=self.clock() + AGAIN_SOON)
        return True

    # --- What became of it --------------------------------------------------------------------------------------------

    def _judge(self, row, said, items):
        self.in_flight = None
        # What was kept for them is the first thing in a letter.
        if items[0]["kind"] == "waiting" and said.state in {State.SENT, State.UNKNOWN}:
            self.told_in_letter.append(row.reader.pk)
        if said.state == State.SENT:
            self.before = End(row.pk, said.state)
            self.sent[row.pk] = row, items
            self.drainer.relay_works(self.issue)
        else:
            self._judge_trouble(row, said, items)

    def _judge_trouble(self, row, said, items):
        now, attempts, due_at = self.clock(), row.attempt_count + 1, None
        if said.state == State.PLANNED:
            waits = attempts if said.later else attempts - 1
            due_at = now + (relay.back_off(waits) if waits else timedelta(0))
        self._tell(row, said.state, said.reason, due_at=due_at, address=row.reader.email, items=items)
        self.before = End(row.pk, said.state, said.reason, due_at)
        if said.is_relays:
            self.drainer.relay_failed(self.issue)
        if said.no_mailbox:
            suppressing.suppress(row.reader.email, reason=Suppression.Reason.BOUNCED, now=now)

    def _tell_in_full(self):
        """PostgreSQL may have lost what was in the mails that were taken, too."""
        for row, items in self.sent.values():
            self._tell(row, State.SENT, "", address=row.reader.email, items=items)
        self.sent = {}

    def _tell(self, row, state, reason, *, due_at=None, address="", items=()):
        self.told[row.pk] = {
            "id": row.pk,
            "state": state,
            "reason": reason,
            "due_at": due_at,
            "address": address,
            "items": list(items),
            "story_ids": keys(items, "story"),
        }

    def _settle(self):
        if self.in_flight is not None:
            self._tell(self.in_flight, State.UNKNOWN, STOPPED_MIDWAY)
        known = self.told.keys() | self.sent.keys() | self.ended
        unstarted = [row.pk for row in self.rows if row.pk not in known]
        deadline = time.monotonic() + TELLS_FOR
        while True:
            try:
                claims.settle(
                    self.name,
                    told=list(self.told.values()),
                    unstarted=unstarted,
                    due_at=self.due_at,
                    now=self.clock(),
                    sent=self.sent,
                )
                break
            except (DatabaseError, InterfaceError) as error:
                if not claims.is_away(error):
                    raise
                self._tell_in_full()
                connection.close()
                if time.monotonic() > deadline:
                    # Its claim ends by itself: what may have been sent will be shown as in doubt.
                    raise
                time.sleep(0.2)
        if self.told_in_letter:
            Notice.objects.filter(member__in=self.told_in_letter, state=Notice.State.KEPT).tell_in_letter()
