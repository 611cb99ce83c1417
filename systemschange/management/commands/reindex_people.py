from django.core.management.base import BaseCommand

from members import entries


class Command(BaseCommand):
    """Bring the rows by which members are found up to date; those that are right are left alone."""

    help = __doc__

    def handle(self, **options):
        self.stdout.write(f"{entries.reindex()} members brought up to date")
