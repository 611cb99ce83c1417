"""Backups: made while the site runs, read by nobody without the key, brought back whole, without who left since."""

import io
import re
from datetime import timedelta

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from members import actions as accounts
from members.models import Erasure, Notice, User
from members.tests.factories import ListedMemberFactory, MemberFactory
from stories.models import Story
from stories.tests.factories import StoryFactory, photo_in
from systemschange.operations import archive, backups, postgres
from systemschange.operations.archive import Broken


@pytest.fixture
def private(tmp_path, settings):
    """Files of this test's own."""
    folder = tmp_path / "private"
    options = {**settings.STORAGES["private"]["OPTIONS"], "location": folder}
    settings.STORAGES = {**settings.STORAGES, "private": {**settings.STORAGES["private"], "OPTIONS": options}}
    return folder


@pytest.fixture
def key(tmp_path, settings, capsys):
    """A file with a secret key, its public half in the settings, and a folder for backups."""
    path = tmp_path / "key.txt"
    call_command("backup", new_key=path)
    settings.BACKUP_RECIPIENTS = [capsys.readouterr().out.splitlines()[0].removeprefix("BACKUP_RECIPIENTS=")]
    settings.BACKUP_FOLDER = str(tmp_path / "backups")
    return path


def backup():
    call_command("backup")
    return newest()


def newest():
    from django.conf import settings

    return backups.newest(backups.Path(settings.BACKUP_FOLDER))


def restore(path, key, **options):
    call_command("restore", str(path), identity=key, yes=True, **options)


def counted():
    with connection.cursor() as cursor:
        return postgres.counts(cursor)


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_relative_to(folder / "erasures")
    }


class World:
    """Two tellers with photos, and somebody who will leave."""

    def __init__(self):
        self.stays, self.leaves = (
            ListedMemberFactory(first_name="Staysname"),
            ListedMemberFactory(first_name="Leavesname"),
        )
        self.stories = [StoryFactory(author=author, live=True) for author in (self.stays, self.leaves)]
        for story in self.stories:
            photo_in(story)
        Notice.objects.all().delete()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_drill(private, key, capsys):
    """Back up, let somebody leave, lose everything, restore: as then, without who left, and everything found again."""
    world = World()
    rows, files = counted(), contents(private)
    path = backup()
    said = capsys.readouterr().out
    assert f"{sum(rows.values())} rows, {len(files)} files" in said

    accounts.close(world.leaves, kept=[world.stories[1].slug], now=timezone.now())
    StoryFactory(author=world.stays, live=True, title="Told after the backup")
    for file in private.rglob("*.jpg"):
        file.unlink()
    User.objects.filter(pk=world.stays.pk).update(first_name="Spoiled")

    restore(path, key)
    said = capsys.readouterr().out
    assert "accounts closed again: 1" in said
    assert f"{len(rows)} tables, {sum(rows.values())} rows, as counted then" in said
    assert int(re.search(r"restored in (\d+) seconds", said)[1]) < 60

    assert User.objects.get(pk=world.stays.pk).first_name == "Staysname"
    assert not User.objects.filter(pk=world.leaves.pk).exists()
    assert not User.objects.filter(email=world.leaves.email).exists()
    # What they chose to leave is there without them; what came after the backup is not.
    kept = Story.objects.get(slug=world.stories[1].slug)
    assert (kept.author, kept.live) == (None, True)
    assert not Story.objects.filter(title="Told after the backup").exists()
    assert contents(private) == files
    assert Erasure.objects.count() == 1
    now = counted()
    untouched = ("practices_practice", "django_migrations", "stories_story", "practices_place", "auth_group")
    assert {name: now[name] for name in untouched} == {name: rows[name] for name in untouched}
    assert [listing.story_id for listing in connection_rows()] == sorted(story.pk for story in world.stories)


def connection_rows():
    from stories.models import Listing

    return Listing.objects.order_by("story_id")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_who_left_after_the_backup_stays_away_on_a_new_disk_too(private, key, settings):
    """Nothing of the old machine is left but two backups: the newer one knows who left."""
    world = World()
    older = backup()
    accounts.close(world.leaves, kept=(), now=timezone.now())
    connection.close()
    later = timezone.now() + timedelta(seconds=1)
    newer, _ = backups.make(older.parent, settings.BACKUP_RECIPIENTS, now=later)
    for file in private.rglob("*.*"):
        file.unlink()
    restore(older, key, ledger=newer)
    assert not User.objects.filter(pk=world.leaves.pk).exists()
    assert User.objects.filter(pk=world.stays.pk).exists()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_restore_touches_nothing_while_others_use_the_database(private, key):
    import psycopg2

    member = MemberFactory()
    path = backup()
    usual = connection.settings_dict
    other = psycopg2.connect(host=usual["HOST"], user=usual["USER"], dbname=usual["NAME"])
    with pytest.raises(CommandError, match="1 others use the database"):
        restore(path, key)
    other.close()
    assert User.objects.filter(pk=member.pk).exists()


def broken_off(data):
    return data[: len(data) // 2]


def changed(data):
    return data[:-5000] + b"\0" + data[-4999:]


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_is_not_whole_or_of_another_key_is_refused_before_anything_is_touched(private, key, tmp_path):
    member = MemberFactory()
    path = backup()
    for spoil in (broken_off, changed):
        spoiled = tmp_path / f"{spoil.__name__}.age"
        spoiled.write_bytes(spoil(path.read_bytes()))
        with pytest.raises(CommandError, match=r"cannot be decrypted|ends too early"):
            restore(spoiled, key)
    another = tmp_path / "another.txt"
    call_command("backup", new_key=another)
    with pytest.raises(CommandError, match="made for another key"):
        restore(path, another)
    assert User.objects.filter(pk=member.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_no_word_that_can_be_read_and_nobody_else_can_open_it(private, key, capsys):
    member = MemberFactory(first_name="Canaryname")
    copies = private / "copies"
    copies.mkdir(parents=True)
    (copies / "copy.zip").write_text("a copy of somebody's data")
    path = backup()
    data = path.read_bytes()
    assert b"Canaryname" not in data
    assert member.email.encode() not in data
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    names = [name for name, _ in archive.pieces(path, archive.read_identities(key))]
    assert names == ["database/0", "manifest.json"], "copies of data are not backed up"
    capsys.readouterr()
    restore(path, key, verify=True)
    assert capsys.readouterr().out.startswith("whole: ")


def test_a_backup_wants_a_folder_and_a_key(settings, tmp_path):
    settings.BACKUP_FOLDER, settings.BACKUP_RECIPIENTS = str(tmp_path), []
    with pytest.raises(CommandError, match="BACKUP_RECIPIENTS"):
        call_command("backup")
    (tmp_path / "key").touch()
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", new_key=tmp_path / "key")


def test_old_backups_go_and_the_newest_stays_however_old_it_is(tmp_path):
    for name in ("20260101T030000Z", "20260301T030000Z", "20260302T030000Z"):
        (tmp_path / f"systemschange-{name}.tar.age").touch()
    (tmp_path / "somebody-elses.age").touch()
    now = timezone.datetime(2026, 4, 1, tzinfo=timezone.get_default_timezone())
    assert backups.forget_old(tmp_path, days=31, now=now) == 1
    assert backups.forget_old(tmp_path, days=1, now=now) == 1
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"systemschange-20260302T030000Z.tar.age", "somebody-elses.age"}


def test_large_things_go_in_pieces_and_come_back_in_order(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "PIECE", 10)
    identity = pyrage.x25519.Identity.generate()
    path = tmp_path / "archive"
    with archive.writing(path, [str(identity.to_public())]) as writer:
        writer.add("files/a", io.BytesIO(b"0123456789abcdefghijk"))
        writer.add("files/b", io.BytesIO(b""))
        writer.add("other/c", io.BytesIO(b"c"))
    assert [name for name, _ in archive.pieces(path, [identity])] == [
        "files/a/0", "files/a/1", "files/a/2", "files/b/0", "other/c/0", "manifest.json"
    ]  # fmt: skip
    assert [(name, b"".join(data)) for name, data in archive.whole(path, [identity], "files")] == [
        ("files/a", b"0123456789abcdefghijk"),
        ("files/b", b""),
    ]


def test_an_archive_that_cannot_be_finished_leaves_nothing_behind(tmp_path):
    identity = pyrage.x25519.Identity.generate()
    writing = archive.writing(tmp_path / "archive", [str(identity.to_public())])
    writing.__enter__().add("files/a", io.BytesIO(b"a"))
    assert writing.__exit__(ZeroDivisionError, ZeroDivisionError(), None) is False
    assert list(tmp_path.iterdir()) == []


def test_a_piece_that_was_changed_on_purpose_is_noticed(tmp_path, monkeypatch):
    """Whoever holds the public key could write another archive; its list would have to fit."""
    identity = pyrage.x25519.Identity.generate()
    path = tmp_path / "archive"
    with archive.writing(path, [str(identity.to_public())]) as writer:
        writer.add("files/a", io.BytesIO(b"a"))
        writer.sums["files/a/0"] = "0" * 64
    with pytest.raises(Broken, match="not as it was written"):
        archive.verify(path, [identity])
