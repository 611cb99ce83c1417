"""The rows of letters as a queue: claimed by the batch, and started one by one (`digests.starts`).

Claims and the ends of batches are on the disk before anything follows from them. A start is not: it would cost a
mail's worth of time. Should PostgreSQL lose some of the last starts, the rows still carry their claim, and that knows
`LIFE` of the server that gave it: a claim from an earlier life is never handed back. Within one life all that the
worker of a claim did is there to be read; so as soon as its connection is gone, what it never started goes back.

A row keeps the name of its last claim when it ends. So a start and an end change no column that an index holds, and
PostgreSQL can write them beside the row as it was, without a word to any index.
"""

import json
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from digests.models import Delivery
from digests.planning import LATEST, TOO_LATE
from digests.prepared import prepare
from members.models.user import WORK_ADDRESS

State = Delivery.State

LEASE = timedelta(minutes=10)
# A server's life ends with its start, and with each recovery of a crash that it survived: that forgets its figures.
LIFE = "greatest(pg_postmaster_start_time(), (SELECT stats_reset FROM pg_stat_bgwriter))"
# When this connection's process of the server began: with its number it says which process that is.
MINE = "(SELECT backend_start FROM pg_stat_get_activity(pg_backend_pid()))"
NO_MEMBER, SAID_NO, ON_BREAK = "No longer a member", "Said no to the letter", "Takes a break"
SUPPRESSED = "No mail to this address"
WORKER_LOST, DATABASE_LOST = "The worker was lost", "The database stopped"

# Whoever said nothing and reads at work is shown no words of stories.
READER = (
    "u.id, u.email, u.first_name, p.public_id, u.time_zone, "
    f"coalesce(w.content_free, u.email ~* '{WORK_ADDRESS}'), u.language"
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
         WHERE issue_id = $1 AND claimed_by = '' AND state = 'planned' AND due_at <= $2
         ORDER BY due_at, id LIMIT {{most}} FOR UPDATE SKIP LOCKED
    ), taken AS (
        UPDATE digests_delivery SET claimed_by = $3 WHERE id = ANY(ARRAY(SELECT id FROM due)) RETURNING *
    ), noted AS (
        INSERT INTO digests_claim (name, until, server_started_at, rows, backend_pid, backend_started_at)
        SELECT $3, $4, {LIFE}, array_agg(id), pg_backend_pid(), {MINE} FROM taken HAVING count(*) > 0
    )
    SELECT d.id, d.attempt_count, CASE {AGAINST.format(now="$2")} ELSE '' END, {READER}
      FROM taken d JOIN members_user u ON u.id = d.member_id {OF_A_MEMBER}
     ORDER BY d.due_at, d.id
"""  # noqa: S608 (words of ours)
LOOK_AGAIN = f"SELECT {READER} FROM members_user u {OF_A_MEMBER} WHERE u.id = %s"  # noqa: S608 (as above)

# What a drainer says of its own rows holds whatever others made of them meanwhile: only it knows.
TELL = """
    UPDATE digests_delivery d
       SET state = told.state, reason = told.reason, due_at = coalesce(told.due_at, d.due_at),
           claimed_by = CASE WHEN told.state = 'planned' THEN '' ELSE d.claimed_by END,
           finished_at = CASE WHEN told.state = 'planned' THEN NULL ELSE %(now)s END,
           address = CASE WHEN told.address = '' THEN d.address ELSE told.address END,
           story_ids = CASE WHEN told.address = '' THEN d.story_ids ELSE told.story_ids END,
           items = CASE WHEN told.address = '' THEN d.items ELSE told.items END
      FROM jsonb_to_recordset(%(told)s) AS told(id bigint, state text, reason text, due_at timestamptz, address text,
                                                items jsonb, story_ids bigint[])
     WHERE d.id = told.id AND d.id = ANY(%(rows)s) AND d.claimed_by = %(name)s
       AND d.state IN ('planned', 'sending', 'unknown')
"""
# The same for what needs no words: the mails were taken, and their rows hold what is in them.
TELL_SENT = """
    UPDATE digests_delivery SET state = 'sent', reason = '', finished_at = $1
     WHERE id = ANY($2) AND claimed_by = $3 AND state IN ('planned', 'sending', 'unknown')
"""
HAND_BACK = """
    UPDATE digests_delivery SET state = 'planned', claimed_by = '', due_at = greatest(due_at, %(due)s)
     WHERE claimed_by = %(name)s AND id = ANY(%(rows)s) AND state IN ('planned', 'sending')
"""
ITS_ROWS = "d.id = ANY(c.rows) AND d.claimed_by = c.name"
IS_GONE = """
    NOT EXISTS (SELECT FROM pg_stat_get_activity(coalesce(c.backend_pid, pg_backend_pid())) AS process
                 WHERE c.backend_pid IS NULL OR process.backend_start = c.backend_started_at)
"""
HAND_BACK_LOST = f"""
    UPDATE digests_delivery d SET claimed_by = '' FROM digests_claim c
     WHERE (c.until < %(now)s OR {IS_GONE}) AND {ITS_ROWS} AND d.state = 'planned' AND c.server_started_at = {LIFE}
"""  # noqa: S608 (words of ours)
# The next row of the same claim says that its mail was taken.
TELL_LOST = f"""
    UPDATE digests_delivery d SET state = 'sent', reason = '', finished_at = %(now)s FROM digests_claim c
     WHERE c.until < %(now)s AND {ITS_ROWS} AND d.state = 'sending' AND d.started_at < %(long_ago)s AND EXISTS (
        SELECT FROM digests_delivery n WHERE n.id = ANY(c.rows) AND n.claimed_by = c.name AND n.after = d.id
     )
"""  # noqa: S608 (words of ours)
# They keep the name of their claim: should its drainer live after all, it says what became of them.
GIVE_UP_LOST = f"""
    UPDATE digests_delivery d
       SET finished_at = %(now)s, reason = CASE WHEN d.state = 'planned' THEN %(database)s ELSE %(worker)s END,
           state = 'unknown'
      FROM digests_claim c
     WHERE c.until < %(now)s AND {ITS_ROWS}
       AND (d.state = 'sending' AND d.started_at < %(long_ago)s
            OR d.state = 'planned' AND c.server_started_at <> {LIFE})
"""  # noqa: S608 (words of ours)
HAS_OPEN = f"EXISTS (SELECT FROM digests_delivery d WHERE {ITS_ROWS} AND d.state IN ('planned', 'sending'))"  # noqa: S608
# What PostgreSQL lost in between stays claimed, and is looked after with the lost.
FORGET = f"DELETE FROM digests_claim c WHERE c.name = %(name)s AND NOT {HAS_OPEN}"  # noqa: S608 (words of ours)
FORGET_LOST = f"DELETE FROM digests_claim c WHERE c.until < %(now)s AND NOT {HAS_OPEN}"  # noqa: S608 (words of ours)


class Reader(NamedTuple):
    """A member as far as a letter needs to know them."""

    pk: int
    email: str
    first_name: str
    public_id: str
    time_zone: str
    content_free: bool
    language: str


class Row(NamedTuple):
    pk: int
    attempt_count: int
    against: str
    reader: Reader


def is_away(error: Exception) -> bool:
    """Whether it says that the database went away; psycopg2 has more than one word for that."""
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError


def on_disk(cursor):
    """This transaction's commit waits for the disk, whatever is usual here."""
    cursor.execute("SELECT set_config('synchronous_commit', 'on', true)")


@transaction.atomic
def take(issue_id: int, *, name: str, most: int, now: datetime) -> list[Row]:
    """Claim the rows of one letter that are due, the longest due first. Others get other rows, and wait for nobody."""
    with connection.cursor() as cursor:
        on_disk(cursor)
        known_as = prepare(cursor.cursor, TAKE.format(most=int(most)), "bigint, timestamptz, text, timestamptz")
        cursor.execute(f"EXECUTE {known_as} (%s, %s, %s, %s)", [issue_id, now, name, now + LEASE])
        return [Row(pk, count, against, Reader(*reader)) for pk, count, against, *reader in cursor.fetchall()]


def look_again(row: Row) -> Row | None:
    """The same row with its reader as they are now; None where the account is gone."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK_AGAIN, [row.reader.pk])
        found = cursor.fetchone()
    return row._replace(reader=Reader(*found)) if found else None


@transaction.atomic
def settle(name: str, *, told: list[dict], unstarted: list[int], due_at: datetime, now: datetime, sent=()) -> None:
    """The end of a batch: what became of its rows, and back with those that were never started.

    `sent`: keys of rows that hold what was in their mails; what became of all others is told in full.
    """
    with connection.cursor() as cursor:
        on_disk(cursor)
        tell_sent(cursor.cursor, name, sent, now=now)
        if told:
            rows = [one["id"] for one in told]
            cursor.execute(TELL, {"now": now, "told": json.dumps(told, default=str), "rows": rows, "name": name})
        if unstarted:
            cursor.execute(HAND_BACK, {"name": name, "rows": unstarted, "due": due_at})
        cursor.execute(FORGET, {"name": name})


def tell_sent(cursor, name: str, rows, *, now: datetime) -> None:
    if rows:
        with connection.wrap_database_errors:
            known_as = prepare(cursor, TELL_SENT, "timestamptz, bigint[], text")
            cursor.execute(f"EXECUTE {known_as} (%s, %s, %s)", [now, list(rows), name])


@transaction.atomic
def look_after_lost(now: datetime) -> None:
    """Claims whose worker or whose time is gone: back with what was never started. What may have been sent is, once
    their time is over, in doubt for good."""
    with connection.cursor() as cursor:
        on_disk(cursor)
        asked = {"now": now, "long_ago": now - LEASE, "database": DATABASE_LOST, "worker": WORKER_LOST}
        for words in (HAND_BACK_LOST, TELL_LOST, GIVE_UP_LOST, FORGET_LOST):
            cursor.execute(words, asked)
