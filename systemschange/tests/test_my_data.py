"""My data is mine: a copy holds all of it and nothing of others; a closed account leaves only what its owner left.

Looked for by the canaries of `canary_world`: in every column of every table, in files, in the cache and in the log.
"""

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from members import actions as accounts
from members.models import Erasure, Notice, Photo, User
from members.privacy import copying, entries, ledger
from members.privacy.leaving import Leaver, pointing
from members.privacy.pointers import points_at_people
from members.tests.factories import send_mail
from stories.models import Story
from systemschange.embedded.postgres import OWNER, binaries
from systemschange.tests import services, sweep
from systemschange.tests.canaries import ATTEMPT, found
from systemschange.tests.canary_world import LISTS, World

pytestmark = pytest.mark.long

STORIES = (
    "coalition",
    "jot",
    "draft",
    "returned",
    "sent",
    "members",
    "edited",
    "narrowed",
    "hidden",
    "withdrawn",
    "held",
)
PERSON = ("name", "email", "organisation", "asks", "help")
# They put it up; it goes with their group where nobody else is in that.
GATHERED = {f"gathering-{part}" for part in ("title", "what-for", "where", "link")}
OF_AUTHOR = {
    *(f"author-{value}" for value in PERSON),
    *(f"{name}-{part}" for name in (*STORIES, "taken-down") for part in ("title", "body")),
    *("draft-alt", "sent-alt", "members-alt", "asked-email", "returned-reason", "question", "answer"),
    *("suggested", "suggested-why", "unsent-body", "edit-body", "older-body", "redacted-why", "taken-down-why"),
    *("follow-up-waiting", "letter-answer", "message-draft", "group-notice"),
    *GATHERED,
    *(f"{name}-{part}" for name in ("attempt-alone", "attempt-shared") for part in ATTEMPT),
}
OF_MEMBER = {
    *(f"member-{value}" for value in PERSON),
    *(f"response-{state}" for state in ("waiting", "refused", "refused-why", "withdrawn", "members")),
    *("experiment-waiting", "organisation-waiting", "followed-search"),
    *("ask-reason", "ask-may-stay", "letter", "met-message", "group-answer"),
    *(f"rule-{state}" for state in ("waiting", "answer-waiting", "members", "refused", "refused-why", "withdrawn")),
    "choosy-name",  # to whom they are connected
    "narrowed-title",  # opened while it was public, and still theirs to read; the hidden one's title is not
}
# With whom they talked, whom they asked to meet, and what they are in, by the names that stand there.
MET = {
    "author": {"member-name", "group-name", "inviting-name"},
    "member": {"listed-name", "blocked-name"},
    "co-author": {"cohort-name"},
}
# A draft that they tell with its author.
OF_COAUTHOR = {*(f"co-author-{value}" for value in PERSON), "draft-title", "draft-body", "draft-alt"}


# --- Where a word could be --------------------------------------------------------------------------------------------


def in_tables():
    """Names of the canaries in any column of any table, each with the tables where it stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        standing = {}
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 (names of our own tables)
            for name in found("\n".join(row for (row,) in cursor.fetchall())):
                standing.setdefault(name, set()).add(table)
    assert len(tables) > 80
    return standing


def in_cache():
    cache = redis.from_url(settings.CACHES["default"]["LOCATION"])
    kept = [(key, cache.get(key) if cache.type(key) == b"string" else b"") for key in cache.scan_iter()]
    return found("\n".join(f"{key} {value}" for key, value in kept))


def in_files():
    """In the names and bytes of every file, below private storage and beside it."""
    roots = (Path(settings.PRIVATE_ROOT), Path(settings.MEDIA_ROOT))
    paths = [path for root in roots for path in root.rglob("*") if path.is_file()]
    return found("\n".join(f"{path} {path.read_bytes().decode('latin-1')}" for path in paths))


def still_pointing(member_id, addresses):
    """Columns that lead to the account, those included that no constraint of the database keeps."""
    gone = Leaver(User(pk=member_id), addresses, None, None)
    columns = [(entry.model, name) for entry in entries() for name in points_at_people(entry.model)]
    by_key = [pair for pair in columns if not pair[0]._meta.get_field(pair[1]).many_to_many and pair[1] != "ip"]
    return [f"{model.__name__}.{name}" for model, name in by_key if pointing(model, name, gone).exists()]


# --- The copy ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def world(db):
    return World()


def copy_of(member):
    file = io.BytesIO()
    copying.write(member, file, now=timezone.now())
    return zipfile.ZipFile(file)


def test_a_copy_holds_all_that_is_the_members_and_nothing_of_others(world):
    for actor, theirs in (("author", OF_AUTHOR), ("member", OF_MEMBER), ("co-author", OF_COAUTHOR)):
        copy = copy_of(world.people[actor])
        data, page = (copy.read(name).decode() for name in ("data.json", "index.html"))
        assert found(data) == theirs | MET[actor], actor
        assert found(page) == theirs | MET[actor], actor
        assert json.loads(data)["parts"]
        # Opened from a disk the page asks nobody for anything.
        assert not re.search(r"<script|<link|<iframe|\son\w+=|https?://[^)<]*\"", page)
        pictures = set(re.findall(r'<img src="([^"]+)"', page))
        assert pictures == set(copy.namelist()) - {"data.json", "index.html"}
        assert len(pictures) == {"author": 3, "member": 1, "co-author": 1}[actor]
        assert all(copy.read(name).startswith(b"\xff\xd8") for name in pictures)


# --- The end ----------------------------------------------------------------------------------------------------------

KEPT = ("public", "members", "edited")
LEFT = {"members-title", "members-body", "members-alt", "edited-title", "edited-body"}
# Nobody but the author was in these groups: they go with who was, and so does what was asked of them, and the mail to
# whoever was invited. What another member answered to the author's story for one group goes with that story.
WITH_GROUPS = {f"group-{part}" for part in ("name", "purpose", "agreements", "question", "answer", "invited")}
WITH_GROUPS |= {"inviting-name", "inviting-purpose", "response-coalition"}


def close_author(world):
    kept = {world.stories[name].slug for name in KEPT}
    accounts.close(world.author, kept=kept, now=timezone.now())


def files_of(stories):
    return {photo.file.name for photo in Photo.objects.filter(story_photo__story__in=stories)}


def test_a_closed_account_leaves_what_its_owner_left_and_nothing_else(
    world, mailbox, caplog, django_capture_on_commit_callbacks
):
    author, addresses = world.author.pk, (world.author.email,)
    keeps = [world.stories[name] for name in KEPT]
    kept_files, all_files = files_of(keeps), files_of(world.stories.values())
    before = in_tables()
    assert OF_AUTHOR - {"redacted-why", "taken-down-why"} <= set(before), "nothing was there to be forgotten"
    others = set(before) - OF_AUTHOR - {"look-up-why"}
    assert still_pointing(author, addresses)
    with django_capture_on_commit_callbacks(execute=True):
        close_author(world)
        send_mail()
    # Everything of others is there as before, and of the author what stays by choice.
    after = in_tables()
    assert {name: after[name] for name in after if name in OF_AUTHOR} == {name: after[name] for name in LEFT}
    assert others - {"concern", "concern-contact", "older-body"} - WITH_GROUPS <= set(after)
    assert not WITH_GROUPS & set(after)
    assert still_pointing(author, addresses) == []
    assert found(caplog.text) == in_cache() & OF_AUTHOR == in_files() & OF_AUTHOR == set()
    storage = Photo._meta.get_field("file").storage
    assert {path for path in all_files if storage.exists(path)} == kept_files
    assert [
        session for session in Session.objects.all() if session.get_decoded().get("_auth_user_id") == str(author)
    ] == []
    # One last mail went out, and no row of it is left.
    assert [message["Subject"] for message in mailbox.to(addresses[0])][-1] == "Your account is closed"
    assert not Notice.objects.filter(to=addresses[0]).exists()
    assert_the_site_still_works(world)


def assert_the_site_still_works(world):
    pages = [*LISTS, *(world.stories[name].get_absolute_url() for name in KEPT)]
    for actor in ("visitor", "member", "co-author", "moderator"):
        for address, said in sweep.answers(world.clients[actor], pages):
            assert "Server Error" not in said, address
            assert "author-name" not in found(said), address
    admin = ["/admin/", "/admin/moderation/", "/admin/reports/site-history/", "/admin/users/"]
    answers = [world.clients["admin"].get(address).status_code for address in admin]
    assert set(answers) == {200}
    story = Story.objects.get(pk=world.stories["members"].pk)
    assert world.clients["member"].get(story.get_absolute_url()).status_code == 200
    assert (story.author, story.teller, story.is_published) == (None, "A frontline worker", True)
    assert story.get_latest_revision().pk == story.live_revision_id


# --- A backup ---------------------------------------------------------------------------------------------------------


def run(program, database, *words):
    """One of PostgreSQL's own programs, on a database of this run."""
    server = ["--host", Path(os.environ["TEST_SERVICES"]) / "postgres", "--username", OWNER, "--dbname", database]
    subprocess.run([binaries() / program, *server, *words], check=True, capture_output=True)


@pytest.fixture
def other_database(tmp_path_factory):
    """Restores a dump beside the test's own database, and speaks with it from then on."""
    own = connection.settings_dict["NAME"]
    name = f"{own}_restored"

    def restore(dump):
        connection.close()
        services.clone(name)
        run("pg_restore", name, "--clean", "--if-exists", "--no-owner", dump)
        connection.settings_dict["NAME"] = name

    yield restore
    connection.close()
    connection.settings_dict["NAME"] = own


def test_a_restored_backup_brings_nobody_back(transactional_db, other_database, tmp_path):
    # Files outlive a test's database: the ledger of others would be read back, too.
    shutil.rmtree(Path(settings.PRIVATE_ROOT) / ledger.FOLDER, ignore_errors=True)
    world = World()
    dump = tmp_path / "backup.dump"
    run("pg_dump", connection.settings_dict["NAME"], "--format=custom", "--file", dump)
    close_author(world)
    send_mail()
    closed = in_tables()
    line = Erasure.objects.get()
    other_database(dump)
    assert OF_AUTHOR - {"redacted-why", "taken-down-why"} <= set(in_tables())
    assert not Erasure.objects.exists(), "the backup is older than the ledger's row"
    call_command("reapply_erasures")
    # Everything is as it was after the account was closed, the choices of its owner too.
    again = in_tables()
    assert {name for name in again if name in OF_AUTHOR} == LEFT == {name for name in closed if name in OF_AUTHOR}
    assert still_pointing(world.author.pk, (world.author.email,)) == []
    assert Story.objects.get(slug=world.stories["public"].slug).author is None
    assert Erasure.objects.filter(account=line.account, kept=line.kept).exists()
    assert ledger.apply_again(now=timezone.now()) == 0
