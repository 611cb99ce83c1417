"""What the choice for a batch of members depends on: one question for all of them."""

from typing import NamedTuple

from django.conf import settings
from django.db import connection

from digests.models import Delivery
from digests.prepared import prepare
from members.models import Notice
from networks.models import Side
from stories.search.codes import PAIR_BITS

State = Delivery.State
ARRIVED = [State.SENT, State.UNKNOWN, State.SENDING]


class Facts(NamedTuple):
    """One member's. Keys of the shared words, of stories and of members; `last_items` is JSON."""

    member: int
    works_in: list
    would_cross_to: list
    practices: list
    place: int | None
    groups_cross: list
    crossings: list
    searches: list
    last_at: object
    last_items: str | None
    had: list
    opened: list
    parted: list
    is_asked: bool
    gathers: bool
    follows_stories: bool
    has_mail: bool


# In SQL by hand, and planned once a connection: this is asked for every member of every issue, and Django takes longer
# to write it than PostgreSQL to answer it. `test_choosing.py` asks the same of the models. The last letter counts from
# its member's hour, or from when it went where that was earlier: what opened between choosing and going is news next
# time, and nothing comes twice.
PARAMETERS = {
    "members": "bigint[]",
    "issue": "bigint",
    "arrived": "text[]",
    "picked": "bigint[]",
    "since": "timestamptz",
    "now": "timestamptz",
    "unanswered": "text",
    "kept": "text",
}
FACTS = """
    SELECT member.id,
        ARRAY(SELECT boundary_id FROM members_profile_works_in WHERE profile_id = profile.id),
        ARRAY(SELECT boundary_id FROM members_profile_would_cross_to WHERE profile_id = profile.id),
        ARRAY(SELECT practice_id FROM members_profile_practices WHERE profile_id = profile.id),
        profile.place_id,
        ARRAY(
            SELECT DISTINCT carried.boundary_id FROM networks_membership AS own
            JOIN networks_coalition AS coalition ON coalition.id = own.coalition_id
            JOIN networks_coalition_boundaries AS carried ON carried.coalition_id = own.coalition_id
            WHERE own.member_id = member.id AND own.left_at IS NULL
                AND coalition.closed_at IS NULL AND coalition.taken_down_at IS NULL
        ),
        ARRAY(
            SELECT least(a_id, b_id) << {pair_bits} | greatest(a_id, b_id) FROM stories_follow
            WHERE member_id = member.id AND a_id IS NOT NULL
        ),
        ARRAY(SELECT query FROM stories_follow WHERE member_id = member.id AND query <> ''),
        last.at,
        last.items,
        ARRAY(
            SELECT unnest(story_ids) FROM digests_delivery
            WHERE member_id = member.id AND issue_id <> {issue} AND state = ANY({arrived})
                AND (planned_at >= {since} OR story_ids && {picked})
        ),
        ARRAY(
            SELECT story_id FROM stories_reading
            WHERE member_id = member.id AND (read_at >= {since} OR story_id = ANY({picked}))
        ),
        CASE WHEN member.is_staff THEN ARRAY[]::bigint[] ELSE ARRAY(
            SELECT blocked_id FROM members_block WHERE blocker_id = member.id
            UNION ALL SELECT blocker_id FROM members_block WHERE blocked_id = member.id
        ) END,
        EXISTS(SELECT FROM networks_side WHERE member_id = member.id AND answer = {unanswered}),
        EXISTS(
            SELECT FROM networks_membership AS own
            JOIN networks_gathering AS gathering ON gathering.coalition_id = own.coalition_id
            WHERE own.member_id = member.id AND own.left_at IS NULL AND gathering.begins_at > {now}
        ),
        EXISTS(SELECT FROM stories_follow WHERE member_id = member.id AND story_id IS NOT NULL),
        EXISTS(SELECT FROM members_notice WHERE member_id = member.id AND state = {kept})
    FROM members_user AS member
    JOIN members_profile AS profile ON profile.user_id = member.id
    LEFT JOIN LATERAL (
        SELECT least(planned_at, started_at) AS at, items FROM digests_delivery
        WHERE member_id = member.id AND issue_id <> {issue} AND state = ANY({arrived})
        ORDER BY id DESC LIMIT 1
    ) AS last ON true
    WHERE member.id = ANY({members})
"""


QUESTION = FACTS.format(pair_bits=PAIR_BITS, **{name: f"${number}" for number, name in enumerate(PARAMETERS, 1)})
GIVEN = {name: f"%({name})s::{kind}" for name, kind in PARAMETERS.items()}
# The same in one piece, for whoever looks at one letter over a connection that keeps nothing.
PLAIN = FACTS.format(pair_bits=PAIR_BITS, **GIVEN)


def of(members, issue, *, picked, since, now):
    """The facts of each of these members; `since`: how far back any letter looks."""
    asked = {
        "members": [member.pk for member in members],
        "issue": issue.pk or 0,
        "arrived": [str(state) for state in ARRIVED],
        "picked": list(picked),
        "since": since,
        "now": now,
        "unanswered": str(Side.Answer.NONE),
        "kept": str(Notice.State.KEPT),
    }
    with connection.cursor() as cursor:
        if settings.POOLED_BY_TRANSACTION:
            cursor.execute(PLAIN, asked)
        else:
            name = prepare(cursor.cursor, QUESTION, ", ".join(PARAMETERS.values()))
            cursor.execute(f"EXECUTE {name} ({', '.join(GIVEN.values())})", asked)
        return [Facts(*row) for row in cursor.fetchall()]
