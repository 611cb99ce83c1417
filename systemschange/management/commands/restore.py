"""Brings a backup back, and closes again the accounts that were closed since it was made."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from systemschange.operations import archive, backups


class Command(BaseCommand):
    help = "Puts a backup in the place of all that is here. Web, worker and beat must be stopped."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="the file with the secret key")
        parser.add_argument("--ledger", type=Path, help="a newer backup, for those who left after this one was made")
        parser.add_argument("--verify", action="store_true", help="only read all of it and compare its checksums")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, backup, identity, ledger, verify, yes, **options):
        began = time.monotonic()
        try:
            identities = archive.read_identities(identity)
            if verify:
                manifest = archive.verify(backup, identities)
                rows = sum(manifest["counts"].values())
                self.stdout.write(f"whole: {manifest['made_at']}, {rows} rows, {manifest['files']} files")
                return
            if not yes and input("This replaces the whole database. Type 'restore' to go on: ") != "restore":
                raise CommandError("Nothing was touched.")
            closed = backups.restore(backup, identities, newer_ledger=ledger, say=self.stdout.write)
        except (archive.Broken, OSError) as error:
            raise CommandError(f"{error}.") from error
        self.stdout.write(f"accounts closed again: {closed}")
        self.stdout.write(
            f"restored in {time.monotonic() - began:.0f} seconds: start the site, then run manage.py doctor"
        )
