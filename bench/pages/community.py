"""Stories and members by the thousand in the site's own tables, on servers that are thrown away afterwards."""

import sys

from django.db import connection, transaction
from django.utils import timezone

from members.models import User
from networks import scale as people
from practices.models import Practice, Role
from reports.tests import whole
from stories import actions
from stories.models import Byline, Listing, Story
from stories.search import codes
from stories.search import scale as finding
from stories.tests.factories import StoryFactory

FIRST = 1000  # the key of the first member: those below are the site's own
CHUNK = 20_000
EDITORS = 16  # one half behind gunicorn, one half in process

# A story for each row by which one is found: all that a story is, from one that was told the usual way.
STORIES = """
    INSERT INTO stories_story SELECT (jsonb_populate_record(model, jsonb_build_object(
        'id', l.story_id,
        'title', array_to_string(l.words[1:8], ' '), 'summary', array_to_string(l.words[9:22], ' '),
        'slug', 's' || substr(md5(l.story_id::text), 1, 14), 'audience', l.audience, 'live', true,
        'author_id', %(first)s + l.story_id %% %(members)s, 'byline', 'name',
        'place_id', (SELECT min(code & 16777215) FROM unnest(l.codes) AS code WHERE code >> 24 = %(place)s),
        'first_published_at', to_timestamp(l.pub_no / %(second)s::float),
        'last_published_at', to_timestamp(l.pub_no / %(second)s::float), 'latest_revision_id', null,
        'live_revision_id', null
    ))).* FROM stories_listing l, stories_story model
    WHERE model.id = %(model)s AND l.story_id BETWEEN %(low)s AND %(high)s
"""
CARRIED = """
    INSERT INTO {table} ({story}, {word}) SELECT story_id, code & 16777215
    FROM stories_listing, unnest(codes) AS code
    WHERE code >> 24 = %(kind)s AND story_id BETWEEN %(low)s AND %(high)s
"""


def write(stories, members):
    """The whole community, and PostgreSQL knows it well; a bar on stderr. Answers what is asked for."""
    made = fill(stories, members)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return made


def fill(stories, members):
    """The rows; answers a member, a story, a report."""
    people.write(members, first=FIRST)
    with connection.cursor() as cursor:
        for table in ("members_user", "members_profile"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [FIRST + members + 1])
    bar("members", members, members)
    model = StoryFactory(
        live=True, audience="public", byline=Byline.NAME, byline_role=Role.objects.first(), place="salford"
    )
    connection.check_constraints()  # now: nothing may be waiting where a table is emptied
    with transaction.atomic(), connection.cursor() as cursor:  # a row and its story point at each other
        write_stories(cursor, stories, members, model)
    report = whole.long_report()
    return {
        "member": User.objects.get(pk=FIRST + 7),
        "story": Story.objects.filter(audience="public").newest_first().first(),
        "practice": Practice.objects.get(slug="rule-or-habit"),
        "person": User.objects.get(pk=FIRST + 11).profile,
        "report": report,
        "drafts": [draft_of(member) for member in User.objects.filter(pk__gt=FIRST + 20, is_active=True)[:EDITORS]],
    }


def write_stories(cursor, stories, members, model):
    """One row to be found by, and from it the story with its boundaries and practices, so many at a time."""
    # The one that the others are made from keeps its own key.
    finding.fill(stories, words=60, first=model.pk + 1)
    bar("found by", stories, stories)
    tables = {
        codes.Kind.BOUNDARY: (Story.boundaries.through._meta.db_table, "content_object_id", "tag_id"),
        codes.Kind.PRACTICE: (Story.practices.through._meta.db_table, "story_id", "practice_id"),
    }
    asked = {
        "first": FIRST,
        "members": members,
        "model": model.pk,
        "place": codes.Kind.PLACE,
        "second": 1000 * Listing.MILLISECOND,
    }
    for low in range(model.pk + 1, model.pk + stories + 1, CHUNK):
        window = {"low": low, "high": low + CHUNK - 1}
        cursor.execute(STORIES, {**asked, **window})
        for kind, (table, story, word) in tables.items():
            cursor.execute(CARRIED.format(table=table, story=story, word=word), {"kind": kind, **window})
        bar("stories", min(low + CHUNK - 1 - model.pk, stories), stories)
    cursor.execute("SELECT setval(pg_get_serial_sequence('stories_story', 'id'), %s)", [model.pk + stories + 1])


def bar(what, done, of):
    filled = 30 * done // of
    end = "\n" if done == of else "\r"
    print(f"{what:8} [{'#' * filled:30}] {done:,} of {of:,}", end=end, file=sys.stderr, flush=True)


def session_of(member):
    """A signed-in browser's session, as signing in makes one."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session["seen"] = timezone.now().timestamp()
    session.save()
    return session.session_key


def draft_of(member):
    """Opened by its teller, as a page that saves itself is: {slug, edit_number, session}."""
    story = actions.jot(author=member, title="The repairs desk", noticed="A letter.", now=timezone.now())
    return {"slug": story.slug, "edit_number": story.edit_number, "session": session_of(member)}
