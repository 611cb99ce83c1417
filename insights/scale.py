"""Public stories by the thousand, whole, beside their rows for finding: for the bench and for tests.

Those rows are drawn by `stories.search.scale`; here each of them gets the story that it stands for.
"""

import contextlib

from django.db import connection

from stories.models import Evidence, Listing, Outcome, Story, StoryBoundary
from stories.search import scale
from stories.search.codes import KEY_BITS, Kind

MODELS = (Story, StoryBoundary, Story.practices.through)
KEY = (1 << KEY_BITS) - 1
TEXTS = ("noticed", "tried", "happened", "why_it_matters", "shift_ground")
EMPTY = {"CharField": "''", "TextField": "''", "BooleanField": "false", "PositiveIntegerField": "0"}
_KEYS = f"(SELECT max(c & {KEY}) FROM unnest(codes) AS c WHERE c >> {KEY_BITS} = {{kind:d}})"  # noqa: S608 (numbers)
# Half of them may be read by everybody, and of these half are in the open data.
TOLD = {
    "id": "story_id",
    "slug": "substr(md5(story_id::text), 1, 16)",
    "title": "left(said, 100)",
    "summary": "left(said, 200)",
    **dict.fromkeys(TEXTS, "repeat(said || ' ', 3)"),
    "outcome": f"(%(outcomes)s::text[])[1 + {_KEYS.format(kind=Kind.OUTCOME)}]",
    "evidence": "(%(evidence)s::text[])[1 + story_id %% 4]",
    "place_id": _KEYS.format(kind=Kind.PLACE),
    "byline": "'name'",
    "audience": "audience",
    "open_data": "story_id %% 2 = 0",
    "live": "true",
    "search_engines": "'usual'",
    "may_quote": "'ask'",
    "responding": "'open'",
    **dict.fromkeys(("created_at", "first_published_at", "last_published_at"), "published_at"),
}
STORIES = f"""
    INSERT INTO stories_story ({{columns}})
    SELECT {{values}} FROM (
        SELECT story_id, audience, codes, array_to_string(words, ' ') AS said,
            to_timestamp(pub_no / {Listing.MILLISECOND} / 1000) AS published_at
        FROM stories_listing
    ) AS row
"""  # noqa: S608 (names and numbers of ours)
WORDS = f"""
    INSERT INTO {{table}} ({{story}}, {{word}})
    SELECT story_id, c & {KEY} FROM stories_listing, unnest(codes) AS c WHERE c >> {KEY_BITS} = {{kind:d}}
"""  # noqa: S608 (names and numbers of ours)


@contextlib.contextmanager
def scratch():
    """Tables of the same shape in a schema of their own, which is gone afterwards. The site's rows are not touched."""
    with scale.scratch():
        with connection.cursor() as cursor:
            for model in MODELS:
                table = model._meta.db_table
                cursor.execute(f"CREATE TABLE {scale.SCHEMA}.{table} (LIKE public.{table} INCLUDING ALL)")
        yield


def fill(stories, *, words=40):
    """So many published stories and no other, half of them public."""
    scale.fill(stories, words=words)
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(f"TRUNCATE {model._meta.db_table}")
        columns, values = zip(*_told().items(), strict=True)
        sql = STORIES.format(columns=", ".join(columns), values=", ".join(values))
        cursor.execute(sql, {"outcomes": Outcome.values, "evidence": [*Evidence.values, ""]})
        _carry(cursor, StoryBoundary, "content_object_id", "tag_id", Kind.BOUNDARY)
        _carry(cursor, Story.practices.through, "story_id", "practice_id", Kind.PRACTICE)
        for model in MODELS:
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _told():
    """Every column that a story must have, and what it says."""
    fields = [field for field in Story._meta.concrete_fields if field.column in TOLD or not field.null]
    return {field.column: TOLD.get(field.column) or EMPTY[field.get_internal_type()] for field in fields}


def _carry(cursor, model, story, word, kind):
    cursor.execute(WORDS.format(table=model._meta.db_table, story=story, word=word, kind=kind))
