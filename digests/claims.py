"""The rows of letters as a queue: claimed by the batch, started one by one, each with what became of the one before.

Claims and the ends of batches are on the disk before anything follows from them. A start is not: it would cost a
mail's worth of time. Should PostgreSQL lose some of the last starts, the rows still carry their claim, and with it
`LIFE` of the server that gave it: a claim from an earlier life is never handed back.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from digests import liveness
from digests.models import Delivery
from digests.planning import LATEST, TOO_LATE
from members.models.user import WORK_ADDRESS

State = Delivery.State

LEASE = timedelta(minutes=10)
# A server's life ends with its start, and with each recovery of a crash that it survived: that forgets its figures.
LIFE = "greatest(pg_postmaster_start_time(), (SELECT stats_reset FROM pg_stat_bgwriter))"
NO_MEMBER, SAID_NO, ON_BREAK = "No longer a member", "Said no to the letter", "Takes a break"
SUPPRESSED = "No mail to this address"
WORKER_LOST, DATABASE_LOST = "The worker was lost", "The database stopped"
# What a start may answer that is no end: the letter was stopped; what was written is right no more; it is another's.
STOPPED, CHANGED, NOT_OURS = "~stopped", "~changed", "~not ours"

# Whoever said nothing and reads at work is shown no words of stories.
READER = (
    f"""u.id, u.email, u.first_name, p.public_id, u.time_zone, coalesce(w.content_free, u.email ~* '{WORK_ADDRESS}')"""
)
# Why the row `d` of the member `u` with the profile `p` goes nowhere.
AGAINST = f"""
    WHEN u.approved_at IS NULL OR u.suspended_at IS NOT NULL OR NOT u.is_active THEN '{NO_MEMBER}'
    WHEN p.weekly_letter IS NOT TRUE THEN '{SAID_NO}'
    WHEN u.break_ends_at > {{now}} THEN '{ON_BREAK}'
    WHEN d.planned_at < {{now}} - interval '{int(LATEST.total_seconds())} seconds' THEN '{TOO_LATE}'
    WHEN EXISTS (SELECT FROM members_suppression s WHERE lower(s.address) = lower(u.email)) THEN '{SUPPRESSED}'
"""
OF_A_MEMBER = """JOIN members_profile p ON p.user_id = u.id LEFT JOIN digests_wishes w ON w.member_id = u.id"""
TAKE = f"""
    WITH due AS MATERIALIZED (
        SELECT id FROM digests_delivery
         WHERE state = 'planned' AND claimed_by = '' AND due_at <= %(now)s AND issue_id = %(issue)s
         ORDER BY due_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED
    ), taken AS (
        UPDATE digests_delivery d SET claimed_by = %(name)s, claimed_until = %(until)s, server_started_at = {LIFE}
          FROM due WHERE d.id = due.id RETURNING d.*
    )
    SELECT d.id, d.attempt_count, CASE {AGAINST.format(now="%(now)s")} ELSE '' END, {READER}
      FROM taken d JOIN members_user u ON u.id = d.member_id {OF_A_MEMBER}
     ORDER BY d.due_at, d.id
"""  # noqa: S608 (words of ours)
LOOK_AGAIN = f"SELECT {READER} FROM members_user u {OF_A_MEMBER} WHERE u.id = %s"  # noqa: S608 (as above)

# $1 row, $2 claim, $3 now, $4 lease, $5 address, $6 items, $7 story ids; then what became of the row before: $8 row,
# $9 state, $10 reason, $11 due again; $12 stories that name their tellers, $13 gatherings. One statement, one
# transaction, whose commit waits for no disk.
START = f"""
    WITH before AS (
        UPDATE digests_delivery
           SET state = $9, reason = $10, due_at = coalesce($11, due_at), claimed_by = '', claimed_until = NULL,
               finished_at = CASE WHEN $9 = 'planned' THEN NULL ELSE $3 END
         WHERE id = $8 AND claimed_by = $2
    ), looked AS (
        SELECT d.id, CASE
               {AGAINST.format(now="$3")}
               WHEN i.state <> 'sending' THEN '{STOPPED}'
               WHEN u.email <> $5 OR NOT ({{still_right}}) THEN '{CHANGED}'
               ELSE '' END AS against
          FROM digests_delivery d JOIN digests_issue i ON i.id = d.issue_id
          JOIN members_user u ON u.id = d.member_id JOIN members_profile p ON p.user_id = u.id
         WHERE d.id = $1 AND d.claimed_by = $2 AND d.state = 'planned'
           AND (SELECT set_config('synchronous_commit', 'off', true)) = 'off'
    ), started AS (
        UPDATE digests_delivery d
           SET state = CASE WHEN l.against = '' THEN 'sending' ELSE 'skipped' END, reason = l.against,
               address = $5, items = $6, story_ids = $7, attempt_count = d.attempt_count + 1, started_at = $3,
               claimed_by = CASE WHEN l.against = '' THEN $2 ELSE '' END,
               claimed_until = CASE WHEN l.against = '' THEN $4 END,
               finished_at = CASE WHEN l.against = '' THEN NULL ELSE $3 END
          FROM looked l WHERE d.id = l.id AND d.claimed_by = $2 AND d.state = 'planned' AND left(l.against, 1) <> '~'
        RETURNING d.id
    )
    SELECT l.against FROM looked l LEFT JOIN started s ON s.id = l.id
     WHERE s.id IS NOT NULL OR left(l.against, 1) = '~'
"""  # noqa: S608 (words of ours)
STILL_RIGHT = liveness.CONDITION.format(story_ids="$7")
STILL_NAMED = liveness.STILL_NAMED.format(named_ids="$12")
STILL_GATHERING = liveness.STILL_GATHERING.format(gathering_ids="$13")
TYPES = (
    "bigint, text, timestamptz, timestamptz, text, jsonb, bigint[], bigint, text, text, timestamptz, bigint[], bigint[]"
)
EXECUTE = "EXECUTE {name} (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


def _starting(*conditions):
    """Name and words of the start that asks these; each that is asked costs its share of every mail."""
    words = START.format(still_right=" AND ".join(conditions))
    return "start_" + hashlib.sha256(words.encode()).hexdigest()[:12], words


# By whether a teller is named in the mail, and whether a gathering is.
STARTS = {
    (False, False): _starting(STILL_RIGHT),
    (True, False): _starting(STILL_RIGHT, STILL_NAMED),
    (False, True): _starting(STILL_RIGHT, STILL_GATHERING),
    (True, True): _starting(STILL_RIGHT, STILL_NAMED, STILL_GATHERING),
}

# What a drainer says of its own rows holds whatever others made of them meanwhile: only it knows.
TELL = """
    UPDATE digests_delivery d
       SET state = told.state, reason = told.reason, due_at = coalesce(told.due_at, d.due_at), claimed_by = '',
           claimed_until = NULL, finished_at = CASE WHEN told.state = 'planned' THEN NULL ELSE %(now)s END,
           address = CASE WHEN told.address = '' THEN d.address ELSE told.address END,
           story_ids = CASE WHEN told.address = '' THEN d.story_ids ELSE told.story_ids END,
           items = CASE WHEN told.address = '' THEN d.items ELSE told.items END
      FROM jsonb_to_recordset(%(told)s) AS told(id bigint, state text, reason text, due_at timestamptz, address text,
                                                items jsonb, story_ids bigint[])
     WHERE d.id = told.id AND d.claimed_by = %(name)s AND d.state IN ('planned', 'sending', 'unknown')
"""
HAND_BACK = """
    UPDATE digests_delivery
       SET state = 'planned', claimed_by = '', claimed_until = NULL, due_at = greatest(due_at, %(due)s)
     WHERE claimed_by = %(name)s AND id = ANY(%(rows)s) AND state IN ('planned', 'sending')
"""
HAND_BACK_LOST = f"""
    UPDATE digests_delivery SET claimed_by = '', claimed_until = NULL
     WHERE claimed_until < %s AND claimed_by <> '' AND state = 'planned' AND server_started_at = {LIFE}
"""  # noqa: S608 (words of ours)
# They keep the name of their claim: should its drainer live after all, it says what became of them.
GIVE_UP_LOST = f"""
    UPDATE digests_delivery
       SET finished_at = %(now)s, claimed_until = NULL, reason = CASE WHEN state = 'planned' THEN %(database)s
           ELSE %(worker)s END, state = 'unknown'
     WHERE claimed_until < %(now)s AND claimed_by <> ''
       AND (state = 'sending' OR (state = 'planned' AND server_started_at <> {LIFE}))
"""  # noqa: S608 (words of ours)


class Reader(NamedTuple):
    """A member as far as a letter needs to know them."""

    pk: int
    email: str
    first_name: str
    public_id: str
    time_zone: str
    content_free: bool


class Row(NamedTuple):
    pk: int
    attempt_count: int
    against: str
    reader: Reader


class End(NamedTuple):
    """What became of a started row, as the next start or the end of the batch records it."""

    row: int | None = None
    state: str = ""
    reason: str = ""
    due_at: datetime | None = None


def is_away(error: Exception) -> bool:
    """Whether it says that the database went away; psycopg2 has more than one word for that."""
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError


def on_disk(cursor):
    """This transaction's commit waits for the disk, whatever is usual here."""
    cursor.execute("SELECT set_config('synchronous_commit', 'on', true)")


@transaction.atomic
def take(issue_id: int, *, name: str, most: int, now: datetime) -> list[Row]:
    """Claim the rows of one letter that are due, the longest due first. Others get other rows, and wait for nobody."""
    values = {"now": now, "issue": issue_id, "most": most, "name": name, "until": now + LEASE}
    with connection.cursor() as cursor:
        on_disk(cursor)
        cursor.execute(TAKE, values)
        return [Row(pk, count, against, Reader(*reader)) for pk, count, against, *reader in cursor.fetchall()]


def look_again(row: Row) -> Row | None:
    """The same row with its reader as they are now; None where the account is gone."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK_AGAIN, [row.reader.pk])
        found = cursor.fetchone()
    return row._replace(reader=Reader(*found)) if found else None


def prepare_starts():
    """Have PostgreSQL read and plan the starts once a connection."""
    with connection.cursor() as cursor:
        cursor.execute(r"SELECT name FROM pg_prepared_statements WHERE name LIKE 'start\_%%'")
        ready = {name for (name,) in cursor.fetchall()}
        for name, words in STARTS.values():
            if name not in ready:
                cursor.execute(f"PREPARE {name} ({TYPES}) AS {words}")


def start(row: int, before: End, *, name, now, address, items, story_ids, named_ids=(), gathering_ids=()) -> str:
    """Start a row, if it may start: "" where it has; else why not, which may be its end. Records `before` as well."""
    statement, _ = STARTS[bool(named_ids), bool(gathering_ids)]
    asked = [row, name, now, now + LEASE, address, json.dumps(items), story_ids]
    with connection.cursor() as cursor:
        cursor.execute(EXECUTE.format(name=statement), [*asked, *before, list(named_ids), list(gathering_ids)])
        answer = cursor.fetchone()
    return answer[0] if answer else NOT_OURS


@transaction.atomic
def settle(name: str, *, told: list[dict], unstarted: list[int], due_at: datetime, now: datetime) -> None:
    """The end of a batch: what became of its rows, and back with those that were never started."""
    with connection.cursor() as cursor:
        on_disk(cursor)
        if told:
            cursor.execute(TELL, {"now": now, "told": json.dumps(told, default=str), "name": name})
        if unstarted:
            cursor.execute(HAND_BACK, {"name": name, "rows": unstarted, "due": due_at})


@transaction.atomic
def look_after_lost(now: datetime) -> None:
    """Claims whose time is over: back with what was never started; what may have been sent is in doubt for good."""
    with connection.cursor() as cursor:
        on_disk(cursor)
        cursor.execute(HAND_BACK_LOST, [now])
        cursor.execute(GIVE_UP_LOST, {"now": now, "database": DATABASE_LOST, "worker": WORKER_LOST})
