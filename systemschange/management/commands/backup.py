"""One encrypted file with all that the site holds, made while it runs."""

import os
import time
from pathlib import Path

import pyrage
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from systemschange.operations import backups


class Command(BaseCommand):
    help = "Backs up the database, members' files and the ledger of closed accounts into one encrypted file."

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, help="the folder (default: BACKUP_FOLDER)")
        parser.add_argument(
            "--new-key", type=Path, help="only write a new secret key into this file; keep it elsewhere"
        )

    def handle(self, *, to, new_key, **options):
        if new_key:
            self.make_key(new_key)
            return
        folder = to or (Path(settings.BACKUP_FOLDER) if settings.BACKUP_FOLDER else None)
        if not folder or not settings.BACKUP_RECIPIENTS:
            raise CommandError("Set BACKUP_FOLDER (or say --to) and BACKUP_RECIPIENTS: see manage.py backup --new-key.")
        began, now = time.monotonic(), timezone.now()
        path, manifest = backups.make(folder, settings.BACKUP_RECIPIENTS, now=now)
        rows, seconds = sum(manifest["counts"].values()), time.monotonic() - began
        size = path.stat().st_size / 1024**2
        self.stdout.write(f"{path}: {rows} rows, {manifest['files']} files, {size:.1f} MiB in {seconds:.0f} seconds")
        if forgotten := backups.forget_old(folder, days=settings.BACKUP_KEEP_DAYS, now=now):
            self.stdout.write(f"{forgotten} older than {settings.BACKUP_KEEP_DAYS} days deleted")

    def make_key(self, path):
        identity = pyrage.x25519.Identity.generate()
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(f"# public key: {identity.to_public()}\n{identity}\n")
        except FileExistsError as error:
            raise CommandError(f"{path} is there already, and stays as it is.") from error
        self.stdout.write(f"BACKUP_RECIPIENTS={identity.to_public()}")
        self.stdout.write(f"Keep {path} away from this server, in two places: without it no backup can be read.")
