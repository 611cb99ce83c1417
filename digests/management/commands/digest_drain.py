"""`manage.py digest_drain`: plan and send the weekly letter without a broker or a worker."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.utils import timezone

from digests import draining, planning, running
from digests.models import Issue


class Command(BaseCommand):
    help = "Plans whose hour has come and sends what is due; with --now, the letter being prepared goes to everybody."

    def add_arguments(self, parser):
        parser.add_argument("--now", action="store_true", help="do not wait for its week")
        parser.add_argument("--limit", type=int, help="send no more than so many")

    def handle(self, *, now, limit, **options):
        # Asked to end, it finishes the mail that is on its way and hands back the rest.
        stopped = threading.Event()
        usual = signal.signal(signal.SIGTERM, lambda *_: stopped.set())
        try:
            if now:
                moment = timezone.now()
                draft = Issue.objects.next_draft(moment)
                planning.hurry(draft, prepared=draft.pk, now=moment)
            planning.tick()
            draining.drain(limit=limit, stopped=stopped.is_set)
        finally:
            signal.signal(signal.SIGTERM, usual)
        self._report()

    def _report(self):
        newest = Issue.objects.gone().first()
        if newest is None:
            self.stdout.write("No letter has gone yet.")
            return
        counted = ", ".join(f"{count} {state}" for state, count in running.counts(newest).items() if count)
        self.stdout.write(f"{newest}, {newest.get_state_display().lower()}: {counted or 'nobody wants it yet'}.")
