"""`manage.py send_letter`: send the weekly letter without a worker."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from digests import actions
from digests.models import Issue


class Command(BaseCommand):
    help = "Sends what waits of the weekly letter; with --now, the next letter goes today."

    def add_arguments(self, parser):
        parser.add_argument("--now", action="store_true", help="do not wait for Thursday")

    def handle(self, *, now, **options):
        if now:
            moment = timezone.now()
            actions.begin(due_at=moment, now=moment)
        actions.tick()
        newest = Issue.objects.with_counts().gone().first()
        if newest is None:
            self.stdout.write("No letter has gone yet.")
        else:
            self.stdout.write(f"{newest}, {newest.get_state_display().lower()}: {newest.in_numbers}.")
