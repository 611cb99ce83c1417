from django.core.management.base import BaseCommand
from django.utils import timezone

from systemschange.demo import load


class Command(BaseCommand):
    """Add the stories that the programme team has retold from public sources; those already here are left alone."""

    help = __doc__

    def handle(self, **options):
        self.stdout.write(f"{load.load_elsewhere(now=timezone.now())} stories from elsewhere added")
