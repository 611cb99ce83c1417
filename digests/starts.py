"""The start of one mail: one statement, one transaction, committed before its DATA.

It asks again for the reader's rights and wishes, their address and the stories, and notes that the mail before was
taken. What is in the letters of a claim is written into their rows beforehand (`freeze`), all in one statement. So most
starts are one small UPDATE, `QUICK`: its questions are cheap, and sharper than the rules (a reader whom any block
concerns does not pass). Where it starts nothing, `FULL` asks by the rules themselves, and says what is against it.
None of these commits waits for the disk.
"""

import json
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from digests import liveness
from digests.claims import AGAINST
from digests.models import Delivery
from digests.prepared import prepare

# What a start may answer that is no end: the letter was stopped; what was written is right no more; it is another's.
STOPPED, CHANGED, NOT_OURS = "~stopped", "~changed", "~not ours"

OF_A_ROW = """
    digests_issue i, members_user u, members_profile p
    WHERE d.id = $1 AND d.claimed_by = $2 AND d.state = 'planned'
      AND i.id = d.issue_id AND u.id = d.member_id AND p.user_id = u.id
      AND (SELECT set_config('synchronous_commit', 'off', true)) = 'off'
"""
# What `told` holds is in the letters of these rows.
FREEZE = """
    UPDATE digests_delivery d SET address = told.address, items = told.items, story_ids = told.story_ids
      FROM jsonb_to_recordset($1) AS told(id bigint, address text, items jsonb, story_ids bigint[])
     WHERE d.id = told.id AND d.id = ANY($2) AND d.claimed_by = $3 AND d.state = 'planned'
       AND (SELECT set_config('synchronous_commit', 'off', true)) = 'off'
"""
# $1 row, $2 claim, $3 now, $4 the row before, which was sent, $5 stories that name their tellers, $6 gatherings.
QUICK = f"""
    UPDATE digests_delivery d
       SET state = 'sending', reason = '', attempt_count = d.attempt_count + 1, started_at = $3, finished_at = NULL,
           after = $4
      FROM {OF_A_ROW}
       AND CASE {AGAINST.format(now="$3")} ELSE '' END = ''
       AND i.state = 'sending' AND u.email = d.address AND {{still_right}}
"""  # noqa: S608 (words of ours)
# $4 address, $5 items, $6 story ids, $7 stories that name their tellers, $8 gatherings; then what became of the row
# before: $9 row, $10 state, $11 reason, $12 due again.
FULL = f"""
    WITH before AS (
        UPDATE digests_delivery
           SET state = $10, reason = $11, due_at = coalesce($12, due_at),
               claimed_by = CASE WHEN $10 = 'planned' THEN '' ELSE $2 END,
               finished_at = CASE WHEN $10 = 'planned' THEN NULL ELSE $3 END
         WHERE id = $9 AND claimed_by = $2
    ), looked AS (
        SELECT d.id, CASE
               {AGAINST.format(now="$3")}
               WHEN i.state <> 'sending' THEN '{STOPPED}'
               WHEN u.email <> $4 OR NOT ({{still_right}}) THEN '{CHANGED}'
               ELSE '' END AS against
          FROM digests_delivery d, {OF_A_ROW}
    ), started AS (
        UPDATE digests_delivery d
           SET state = CASE WHEN l.against = '' THEN 'sending' ELSE 'skipped' END, reason = l.against,
               address = $4, items = $5, story_ids = $6, attempt_count = d.attempt_count + 1, started_at = $3,
               finished_at = CASE WHEN l.against = '' THEN NULL ELSE $3 END
          FROM looked l WHERE d.id = l.id AND d.claimed_by = $2 AND d.state = 'planned' AND left(l.against, 1) <> '~'
        RETURNING d.id
    )
    SELECT l.against FROM looked l LEFT JOIN started s ON s.id = l.id
     WHERE s.id IS NOT NULL OR left(l.against, 1) = '~'
"""  # noqa: S608 (words of ours)
QUICK_TYPES = "bigint, text, timestamptz, bigint, bigint[], bigint[]"
FULL_TYPES = "bigint, text, timestamptz, text, jsonb, bigint[], bigint[], bigint[], bigint, text, text, timestamptz"


def _asking(words, always, kind, **places):
    named, gathering = kind
    conditions = [*always, *[liveness.STILL_NAMED] * named, *[liveness.STILL_GATHERING] * gathering]
    return words.format(still_right=" AND ".join(conditions).format(**places))


# By whether a teller is named in the mail, and whether a gathering is: each question costs its share of every mail.
KINDS = [(named, gathering) for named in (False, True) for gathering in (False, True)]
OF_QUICK = {"story_ids": "d.story_ids", "named_ids": "$5", "gathering_ids": "$6"}
OF_FULL = {"story_ids": "$6", "named_ids": "$7", "gathering_ids": "$8"}
QUICK_STARTS = {kind: _asking(QUICK, [liveness.ALL_OPEN, liveness.NO_BLOCK], kind, **OF_QUICK) for kind in KINDS}
FULL_STARTS = {kind: _asking(FULL, [liveness.CONDITION], kind, **OF_FULL) for kind in KINDS}
QUICKLY = "EXECUTE {} ({{}}, %s, '{{}}', {{}}, '{{}}', '{{}}')"
FULLY = f"EXECUTE {{}} ({', '.join(['%s'] * 12)})"


class End(NamedTuple):
    """What became of a started row, as the next start or the end of the batch records it."""

    row: int | None = None
    state: str = ""
    reason: str = ""
    due_at: datetime | None = None

    @property
    def is_sent(self):
        return self.row is None or self.state == Delivery.State.SENT


class Mail(NamedTuple):
    """What a start must know of a mail; `items` as JSON. `is_frozen`: the row holds it already."""

    row: int
    address: str
    items: str
    story_ids: list
    named_ids: list
    gathering_ids: list
    is_frozen: bool = False

    @property
    def kind(self):
        return bool(self.named_ids), bool(self.gathering_ids)


class Starter:
    """Starts the rows of one claim, by psycopg2's own cursor: without what Django puts round each question."""

    def __init__(self, name: str):
        connection.ensure_connection()
        self.cursor, self.name = connection.connection.cursor(), name
        self._quick = {}

    def freeze(self, mails: list[Mail]) -> None:
        """Write into their rows what is in these mails."""
        told = ", ".join(
            f'{{"id": {mail.row}, "address": {json.dumps(mail.address)}, "items": {mail.items}, '
            f'"story_ids": {mail.story_ids}}}'
            for mail in mails
        )
        with connection.wrap_database_errors:
            known_as = prepare(self.cursor, FREEZE, "jsonb, bigint[], text")
            asked = [f"[{told}]", array(mail.row for mail in mails), self.name]
            self.cursor.execute(f"EXECUTE {known_as} (%s, %s, %s)", asked)

    def start(self, mail: Mail, before: End, *, now: datetime) -> str:
        """Start a row, if it may start: "" where it has; else why not, which may be its end.

        `before` is recorded: noted in this row where its mail was taken, else in its own.
        """
        if mail.is_frozen and before.is_sent and self._starts_quickly(mail, before, now):
            return ""
        with connection.wrap_database_errors:
            known_as = prepare(self.cursor, FULL_STARTS[mail.kind], FULL_TYPES)
            given = array(mail.story_ids), array(mail.named_ids), array(mail.gathering_ids)
            asked = [mail.row, self.name, now, mail.address, mail.items, *given, *before]
            self.cursor.execute(FULLY.format(known_as), asked)
            answer = self.cursor.fetchone()
        return answer[0] if answer else NOT_OURS

    def _starts_quickly(self, mail, before, now):
        kind = mail.kind
        with connection.wrap_database_errors:
            if kind not in self._quick:
                known_as = prepare(self.cursor, QUICK_STARTS[kind], QUICK_TYPES)
                self._quick[kind] = self.cursor.mogrify(QUICKLY.format(known_as), [self.name]).decode()
            # Numbers and moments, all of them ours.
            asked = mail.row, now.isoformat(), before.row or "NULL", array(mail.named_ids), array(mail.gathering_ids)
            self.cursor.execute(self._quick[kind].format(*asked))
        return bool(self.cursor.rowcount)


def array(keys):
    """As PostgreSQL reads it; psycopg2 takes longer to write a list than PostgreSQL to answer."""
    return f"{{{','.join(map(str, keys))}}}" if keys else "{}"
