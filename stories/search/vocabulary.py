"""The words that stand in published stories, counted for each audience: whose words are gone is not suggested."""

from collections import Counter

from django.db import connection

from stories.models import Audience, Word

COUNTS = {Audience.PUBLIC: "public", Audience.MEMBERS: "members"}
# The keys of a word as `words.keys` makes them, in PostgreSQL's own words.
KEYS_OF = """ARRAY(
    SELECT {word} UNION SELECT left({word}, place - 1) || substr({word}, place + 1)
    FROM generate_series(1, length({word})) AS place
)"""
ADD = f"""
    INSERT INTO stories_word AS kept (word, public_count, members_count, keys)
    SELECT word, public, members, {KEYS_OF.format(word="word")}
    FROM unnest(%s::text[], %s::int[], %s::int[]) AS change (word, public, members)
    ON CONFLICT (word) DO UPDATE SET
        public_count = kept.public_count + excluded.public_count,
        members_count = kept.members_count + excluded.members_count
"""  # noqa: S608 (nothing that anybody typed)


def recount(old, new):
    """Count the words of the new row and no longer those of the old; either may be None."""
    changes = {kind: Counter() for kind in COUNTS.values()}
    for listing, step in ((old, -1), (new, 1)):
        if listing and listing.audience in COUNTS:
            changes[COUNTS[listing.audience]].update(dict.fromkeys(listing.words, step))
    # In one order everywhere, so that two publications never wait for each other.
    touched = sorted({word for change in changes.values() for word, step in change.items() if step})
    if not touched:
        return
    with connection.cursor() as cursor:
        cursor.execute(ADD, [touched, *([changes[kind][word] for word in touched] for kind in ("public", "members"))])
    Word.objects.filter(word__in=touched, public_count__lte=0, members_count__lte=0).delete()
