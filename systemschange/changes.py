"""Whether anything has changed that a visitor may be shown: kept pages are as old as the last change, and no older.

Each statement that changes a table leaves a mark, by a trigger, in its own transaction: what is rolled back leaves
none, and what is committed cannot be missed, whoever did it: a page, a worker, a command, or a person with a prompt.
The sum of the marks is the state. Marks are only ever added, so no transaction waits for another.

Old marks are taken away by a statement that has just left a new one, in the same transaction. So of all that was
committed between two looks, what was committed last has left a mark that still stands: whoever took it away would have
been committed later, and left one too. However long a transaction stays open, and however old its mark says that it is,
no state comes twice. The two minutes only keep the table short.

A new table is watched unless it is named here. Installed after every `migrate`.
"""

from django.db import DatabaseError, connection

MARKS = "systemschange_change"
# What is in none of the pages that are kept (`kept_pages.KEPT`), and changes often.
UNSEEN = {
    "django_migrations",
    "django_session",
    "usersessions_usersession",
    "systemschange_cache",
    MARKS,
    # Mails, the letter, and what members write to each other.
    *("members_notice", "members_mailevent", "members_mailchoice", "members_suppression", "members_datacopy"),
    *("digests_issue", "digests_claim", "digests_delivery", "digests_glimpse", "digests_handling", "digests_wishes"),
    *("insights_pagetotal", "insights_figures", "insights_openfile"),
    *("networks_conversation", "networks_message", "networks_seat", "networks_side", "networks_introduction"),
    *("networks_mailabout", "networks_gatheringmail"),
    # Of one member alone, and what is written before it is published.
    *("stories_reading", "stories_kept", "stories_kepttext", "stories_attempt", "stories_follow"),
    *("stories_edit", "stories_dailymail", "stories_tellersmail", "stories_reminder", "stories_followupreminder"),
    *("stories_lookup", "stories_stayingword", "stories_firstreading"),
    *("wagtailcore_revision", "wagtailcore_modellogentry", "wagtailcore_pagelogentry", "wagtailcore_uploadedfile"),
    *("wagtailadmin_editingsession", "wagtailadmin_formstate", "wagtailsearch_indexentry"),
}
# Rooms whose tables hold how people sign in, and nothing that is shown.
UNSEEN_ROOMS = ("account_", "mfa_", "socialaccount_", "auth_")
STORIES = "stories_story"  # only those that are live, or were: drafts are saved every few seconds
PEOPLE, NOT_SHOWN = "members_user", {"last_login", "agreed_version", "welcomed_at"}

TABLE = f"CREATE TABLE IF NOT EXISTS {MARKS} (mark bigint NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp())"
# Old marks go with one change in twenty; those that somebody else takes away just now are left to them.
LEAVE = f"""
    INSERT INTO {{schema}}.{MARKS} (mark) VALUES ((random() * 1e15)::bigint);
    IF random() < 0.05 THEN
        DELETE FROM {{schema}}.{MARKS} WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM {{schema}}.{MARKS} WHERE at < clock_timestamp() - interval '2 minutes'
            FOR UPDATE SKIP LOCKED
        ));
    END IF;
    RETURN NULL;
"""  # noqa: S608 (a name of ours)
NOTE = f"""
    CREATE OR REPLACE FUNCTION {MARKS}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        {LEAVE}
    END $$
"""
# A mark for the statement, not for each row: whoever writes a hundred thousand leaves one.
NOTE_OF_STORIES = f"""
    CREATE OR REPLACE FUNCTION {MARKS}_of_stories() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE shown boolean; BEGIN
        -- A deletion knows no rows after it, and an insertion none before: what is not asked for is not looked up.
        IF TG_OP <> 'INSERT' THEN shown := EXISTS (SELECT FROM before WHERE live); END IF;
        IF TG_OP <> 'DELETE' AND shown IS NOT TRUE THEN shown := EXISTS (SELECT FROM after WHERE live); END IF;
        IF NOT shown THEN RETURN NULL; END IF;
        {LEAVE}
    END $$
"""  # noqa: S608 (a name of ours)
HAVE = """
    SELECT relname, tgname, obj_description(pg_trigger.oid, 'pg_trigger')
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = current_schema() AND NOT tgisinternal AND tgname LIKE 'visitors%'
"""


def watched(tables):
    return {name for name in tables if name not in UNSEEN and not name.startswith(UNSEEN_ROOMS)}


def triggers(table):
    """Pairs of a trigger's name and its definition."""
    run = f"EXECUTE FUNCTION {MARKS}()"
    if table == STORIES:
        rows = {"insert": "NEW TABLE AS after", "delete": "OLD TABLE AS before"}
        rows["update"] = f"{rows['delete']} {rows['insert']}"
        for when, of in rows.items():
            which = f"AFTER {when} ON {table} REFERENCING {of} FOR EACH STATEMENT"
            yield f"visitors_{when}", f"{which} EXECUTE FUNCTION {MARKS}_of_stories()"
    elif table == PEOPLE:
        with connection.cursor() as cursor:
            columns = [row.name for row in connection.introspection.get_table_description(cursor, table)]
        shown = ", ".join(name for name in columns if name not in NOT_SHOWN)
        yield "visitors_any", f"AFTER INSERT OR DELETE OR UPDATE OF {shown} ON {table} FOR EACH STATEMENT {run}"
    else:
        yield "visitors_any", f"AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT {run}"
    yield "visitors_truncate", f"AFTER TRUNCATE ON {table} FOR EACH STATEMENT {run}"


def install(**kwargs):
    """What is missing of it, or was put up in another way; a table that is watched already is not touched (nor locked).

    Each is replaced in one step, which keeps writers out and readers not: at no moment is a table unwatched.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
        cursor.execute(TABLE)
        cursor.execute(NOTE.format(schema=schema))
        cursor.execute(NOTE_OF_STORIES.format(schema=schema))
        cursor.execute(HAVE)
        have = set(cursor.fetchall())
        for table in sorted(watched(connection.introspection.table_names(cursor))):
            for name, definition in triggers(table):
                if (table, name, definition) not in have:
                    cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {definition}")
                    cursor.execute(f"COMMENT ON TRIGGER {name} ON {table} IS %s", [definition])


def state():
    """Equal to what it was exactly if nothing that is shown has changed since. None: it cannot be told."""
    try:
        return _asked()
    except DatabaseError:
        return None


def _asked():
    """This first question also tells whether the connection still stands, which Django would ask by itself."""
    is_kept = connection.connection is not None and not connection.in_atomic_block
    connection.health_check_done = connection.health_check_done or is_kept
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT coalesce(sum(mark), 0)::text FROM {MARKS}")  # noqa: S608 (a name of ours)
            return cursor.fetchone()[0]
    except DatabaseError:
        if not is_kept:
            raise
        connection.close()
    return _asked()
