from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from members.privacy import ledger


class Command(BaseCommand):
    help = "After a restore: close again every account that was closed since the backup was made."

    def add_arguments(self, parser):
        parser.add_argument("--since", help="when the backup was made, such as 2026-11-20T03:00+00:00; else all")

    def handle(self, *, since, **options):
        moment = parse_datetime(since) if since else None
        if since and (moment is None or timezone.is_naive(moment)):
            raise CommandError("--since takes a moment with its zone, such as 2026-11-20T03:00+00:00.")
        count = ledger.apply_again(now=timezone.now(), since=moment)
        ledger.save_files()
        self.stdout.write(f"Accounts closed again: {count}")
