"""Which stories are like which: found out once, when one is published, and asked for rights when it is shown."""

from django.db import connection

from stories.models import Likeness
from stories.search import codes

MOST = 8
WEIGHTS = {codes.Kind.PAIR: 4.0, codes.Kind.PRACTICE: 2.0, codes.Kind.BOUNDARY: 1.0}
OF_TERMS = 8.0  # times PostgreSQL's rank, which is 1 at most
LEAST = 2.0  # a practice or a good part of the words in common
CONSIDERED = 200

COMPARE = """
    WITH mine (code, weight) AS (SELECT * FROM unnest(%(codes)s::int[], %(weights)s::float[])),
    near AS (
        (SELECT story_id, codes, head FROM stories_listing WHERE codes && %(codes)s ORDER BY pub_no DESC LIMIT %(some)s)
        UNION
        (SELECT story_id, codes, head FROM stories_listing WHERE vector @@ to_tsquery('english', %(terms)s)
         ORDER BY pub_no DESC LIMIT %(some)s)
    ),
    scored AS (
        SELECT story_id, %(of_terms)s * ts_rank(head, to_tsquery('english', %(terms)s))
            + coalesce((SELECT sum(weight) FROM mine WHERE code = ANY (codes)), 0) AS score
        FROM near WHERE story_id <> %(story)s
    ),
    alike AS (SELECT * FROM scored WHERE score >= %(least)s ORDER BY score DESC, story_id DESC LIMIT %(most)s)
    INSERT INTO stories_likeness (story_id, other_id, score)
    SELECT %(story)s, story_id, score FROM alike UNION ALL SELECT story_id, %(story)s, score FROM alike
    ON CONFLICT (story_id, other_id) DO UPDATE SET score = excluded.score
"""


def compare(story_id, row):
    """Note what the story with this row is like, and that those are like it; without a row nothing is like it."""
    Likeness.objects.filter(story=story_id).delete()
    Likeness.objects.filter(other=story_id).delete()
    terms = f"{row.title} {row.summary}".split() if row else []
    if not terms:
        return
    weights = {code: WEIGHTS[kind] for code in row.codes if (kind := code >> codes.KEY_BITS) in WEIGHTS}
    with connection.cursor() as cursor:
        cursor.execute(
            COMPARE,
            {
                "story": story_id,
                "codes": list(weights),
                "weights": list(weights.values()),
                "terms": " | ".join(terms),
                "some": CONSIDERED,
                "of_terms": OF_TERMS,
                "least": LEAST,
                "most": MOST,
            },
        )
