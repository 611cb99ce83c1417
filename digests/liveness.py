"""What must still hold of the things in a letter as it starts, in SQL, for the one UPDATE that starts it.

`u` is the reader's account. `{story_ids}`, `{named_ids}` and `{gathering_ids}` are arrays of keys.
"""

# As `Story.objects.readable_by` has it, without what is for one group. A name that a block parts from the reader is in
# no letter, not even on a story that everybody can read.
CONDITION = """
    NOT EXISTS (
        SELECT FROM unnest({story_ids}) AS wanted(id)
        LEFT JOIN stories_story AS s
            ON s.id = wanted.id AND s.live AND s.hidden_at IS NULL AND s.audience IN ('public', 'members')
        WHERE s.id IS NULL OR s.byline = 'name' AND s.source_url = '' AND NOT u.is_staff AND EXISTS (
            SELECT FROM members_block AS b
            CROSS JOIN LATERAL (
                SELECT CASE WHEN b.blocker_id = u.id THEN b.blocked_id ELSE b.blocker_id END AS id
            ) AS other
            WHERE (b.blocker_id = u.id OR b.blocked_id = u.id) AND (
                other.id = s.author_id OR EXISTS (
                    SELECT FROM stories_coauthor AS c
                    WHERE c.story_id = s.id AND c.member_id = other.id AND c.named AND c.left_at IS NULL
                )
            )
        )
    )
"""

# Sharper than `CONDITION`, and cheap: where both hold it does too, and for nearly all letters both hold.
# The keys are all different.
ALL_OPEN = """
    (
        SELECT count(*) FROM stories_story AS s
        WHERE s.id = ANY({story_ids}) AND s.live AND s.hidden_at IS NULL AND s.audience IN ('public', 'members')
    ) = cardinality({story_ids})
"""
NO_BLOCK = """
    NOT EXISTS (SELECT FROM members_block AS b WHERE b.blocker_id = u.id)
    AND NOT EXISTS (SELECT FROM members_block AS b WHERE b.blocked_id = u.id)
"""

# `Press.shows_names`: their tellers are named in the mail, so they must still want to be.
STILL_NAMED = """
    NOT EXISTS (
        SELECT FROM unnest({named_ids}) AS wanted(id)
        LEFT JOIN stories_story AS s ON s.id = wanted.id AND s.byline = 'name'
        WHERE s.id IS NULL
    )
"""

# As `Gathering.objects.visible_to` has it, and not called off.
STILL_GATHERING = """
    NOT EXISTS (
        SELECT FROM unnest({gathering_ids}) AS wanted(id)
        LEFT JOIN networks_gathering AS g ON g.id = wanted.id AND g.called_off_at IS NULL
        LEFT JOIN networks_coalition AS k
            ON k.id = g.coalition_id AND k.closed_at IS NULL AND k.taken_down_at IS NULL
        LEFT JOIN networks_membership AS own
            ON own.coalition_id = k.id AND own.member_id = u.id AND own.left_at IS NULL
        WHERE own.id IS NULL
    )
"""
