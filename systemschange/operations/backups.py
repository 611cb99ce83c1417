"""Making a backup and bringing it back: the database of one moment, members' files, and nobody who left since."""

import subprocess
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from members import entries
from members.privacy import ledger
from stories import search
from systemschange.operations import archive, postgres
from systemschange.operations.archive import Broken

NAME = "systemschange-{moment:%Y%m%dT%H%M%SZ}.tar.age"
PATTERN = "systemschange-*Z.tar.age"
# Copies of members' data live for a day, and are made again when asked for.
LEFT_OUT = ("copies", "doctor")


def private_files():
    return storages["private"]


def all_files(folder=""):
    """The path of every private file that a backup holds."""
    try:
        folders, names = private_files().listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in names)
    for name in folders:
        if f"{folder}{name}" not in LEFT_OUT:
            yield from all_files(f"{folder}{name}/")


# --- Making one -------------------------------------------------------------------------------------------------------


def make(folder: Path, recipients: list[str], *, now: datetime) -> tuple[Path, dict]:
    """A new archive in the folder, and its manifest. Nothing has to be stopped for it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / NAME.format(moment=now)
    with archive.writing(path, recipients) as writer:
        writer.manifest["made_at"] = now.isoformat()
        writer.manifest["counts"] = _add_database(writer)
        writer.manifest["files"] = _add_files(writer)
    return path, writer.manifest


def _add_database(writer) -> dict:
    """A dump, and the number of rows of each table, both of the same moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        dump = subprocess.Popen(
            [postgres.program("pg_dump"), *words], env=postgres.environment(), stdout=subprocess.PIPE
        )
        with dump:
            writer.add("database", dump.stdout)
        if dump.returncode:
            raise RuntimeError("pg_dump failed: the lines above say why")
        return postgres.counts(cursor)


def _add_files(writer) -> int:
    count = 0
    for path in all_files():
        try:
            with private_files().open(path) as file:
                content = BytesIO(file.read())
        except FileNotFoundError:
            continue  # deleted by its owner a moment ago
        writer.add(f"files/{path}", content)
        count += 1
    return count


def forget_old(folder: Path, *, days: int, now: datetime) -> int:
    """Delete backups that are older; the newest stays however old it is."""
    old = [path for path in sorted(folder.glob(PATTERN))[:-1] if made_at(path) < now - timedelta(days=days)]
    for path in old:
        path.unlink()
    return len(old)


def made_at(path: Path) -> datetime:
    return parse_datetime(path.name.removeprefix("systemschange-").partition(".")[0])


def newest(folder: Path) -> Path | None:
    return max(folder.glob(PATTERN), default=None)


# --- Bringing it back -------------------------------------------------------------------------------------------------


def restore(path: Path, identities: list, *, newer_ledger: Path | None = None, say) -> int:
    """Put the archive in the place of what is there; returns how many accounts were closed again.

    Everything is read and compared once before anything is touched. The ledger of closed accounts that is here, or in a
    newer archive, counts besides the archive's own. Raises Broken, with nothing touched where it says so.
    """
    manifest = archive.verify(path, identities)
    say(f"the backup of {manifest['made_at']} is whole: {len(manifest['sums'])} pieces")
    ledgers = [newer_ledger] if newer_ledger else []
    for other in ledgers:
        archive.verify(other, identities)
    with connection.cursor() as cursor:
        if others := postgres.others(cursor):
            raise Broken(f"{others} others use the database: stop web, worker and beat first. Nothing was touched")
    _restore_database(path, identities)
    _compare(manifest["counts"])
    rows = sum(manifest["counts"].values())
    say(f"the database is back: {len(manifest['counts'])} tables, {rows} rows, as counted then")
    for other in [*ledgers, path]:
        _restore_files(other, identities, only=None if other == path else ledger.FOLDER)
    say(f"files are back: {manifest['files']}")
    return _bring_up_to_date(parse_datetime(manifest["made_at"]))


def _restore_database(path: Path, identities: list) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    name = connection.settings_dict["NAME"]
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", name]
    command = [postgres.program("pg_restore"), *words]
    connection.close()
    with subprocess.Popen(command, env=postgres.environment(), stdin=subprocess.PIPE) as reader:
        for piece, data in archive.pieces(path, identities):
            if piece.startswith("database/"):
                reader.stdin.write(data)
        reader.stdin.close()
    if reader.returncode:
        raise Broken("pg_restore failed, and the database is empty now: the lines above say why")


def _compare(expected: dict) -> None:
    with connection.cursor() as cursor:
        found = postgres.counts(cursor)
    different = {name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)}
    if different:
        raise Broken(f"these tables do not hold what they held: {', '.join(sorted(different))}")


def _restore_files(path: Path, identities: list, only: str | None) -> None:
    """Write each file in its place. A line of the ledger that is here stays: it may be newer."""
    files = private_files()
    for thing, data in archive.whole(path, identities, f"files/{only}" if only else "files"):
        name = thing.removeprefix("files/")
        if files.exists(name):
            if name.startswith(f"{ledger.FOLDER}/"):
                continue
            files.delete(name)
        files.save(name, ContentFile(b"".join(data)))


def _bring_up_to_date(moment: datetime) -> int:
    """What a backup is behind with: migrations, those who left since, and the rows by which things are found."""
    call_command("migrate", interactive=False, verbosity=0)
    closed = ledger.apply_again(now=timezone.now(), since=moment)
    ledger.save_files()
    search.reindex()
    entries.reindex()
    cache.clear()
    return closed
