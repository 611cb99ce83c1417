import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from systemschange.demo import load


class Command(BaseCommand):
    """Add the demo community, once. DEMO_PASSWORD and DEMO_TOTP are for the six fixed accounts."""

    help = __doc__

    def handle(self, **options):
        if not settings.EMBEDDED:
            raise CommandError("The demo community is for a site on your own machine: it needs EMBEDDED=1.")
        added = load.load_community(
            now=timezone.now(),
            password=os.environ.get("DEMO_PASSWORD", ""),
            totp=os.environ.get("DEMO_TOTP", ""),
        )
        self.stdout.write("demo community loaded" if added else "demo community already here")
