import json
from pathlib import Path

from django.core.management.base import BaseCommand

from confidentiality import labelled, made_up, measuring


class Command(BaseCommand):
    """Recall, precision, flags and time of the check on labelled text; without a path on texts that it makes up."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, nargs="?", help="a file or folder of .jsonl or .conll")
        parser.add_argument("--texts", type=int, default=2_000, help="how many to make up")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, path, texts, seed, **options):
        found = measuring.measure(labelled.read(path) if path else made_up.texts(texts, seed))
        row = "{:12}{:>10}{:>9}{:>9}{:>9}{:>10}{:>11}"
        self.stdout.write(row.format("kind", "labelled", "recall", "level>1", "of kind", "flagged", "precision"))
        for kind, shares in found["kinds"].items():
            cells = ("" if value is None else value for value in shares.values())
            self.stdout.write(row.format(kind, *cells))
        for name, value in found.items():
            if name != "kinds":
                self.stdout.write(f"{name.replace('_', ' '):32}{value}")
        self.stdout.write(json.dumps(found))
