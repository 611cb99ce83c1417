from pathlib import Path

from django.core.management.base import BaseCommand

from confidentiality import labelled, training
from confidentiality.check import tagger


class Command(BaseCommand):
    """Teaches the check's tagger anew from labelled text and writes its weights. NOTICE beside them says whose text."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--data", type=Path, nargs="+", required=True, help="files or folders of .jsonl or .conll")
        parser.add_argument("--out", type=Path, default=tagger.WEIGHTS)
        parser.add_argument("--rounds", type=int, default=training.ROUNDS)

    def handle(self, *, data, out, rounds, **options):
        texts = [text for path in data for text in labelled.read(path)]
        weights = training.train(texts, rounds, say=self.stdout.write)
        training.write(weights, out)
        self.stdout.write(f"{len(weights)} features, {out.stat().st_size} bytes")
