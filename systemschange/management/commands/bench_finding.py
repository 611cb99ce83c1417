import json
import random
from statistics import median, quantiles

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand

from design.cost import cost
from stories.search import scale


class Command(BaseCommand):
    """How long PostgreSQL takes to find stories among many: in tables made for it, beside the site's and then gone."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--stories", type=int, default=100_000)
        parser.add_argument("--draws", type=int, default=60, help="questions of each kind, after as many to warm up")
        parser.add_argument("--words", type=int, default=280, help="words in each story")

    def handle(self, *, stories, draws, words, **options):
        with scale.scratch():
            self.stderr.write(f"writing {stories} stories")
            scale.fill(stories, words=words)
            rows = [self.measure(ask, stories, draws) for ask in scale.Questions.KINDS]
        plain = rows[0]["p50"]
        self.stdout.write(f"{'question':24}{'p50 ms':>9}{'p95 ms':>9}{'p50 ratio':>11}{'p95 ratio':>11}{'pages':>8}")
        for row in rows:
            row |= {"p50_ratio": round(row["p50"] / plain, 1), "p95_ratio": round(row["p95"] / plain, 1)}
            self.stdout.write(
                f"{row['question']:24}{row['p50']:9.2f}{row['p95']:9.2f}"
                f"{row['p50_ratio']:11.1f}{row['p95_ratio']:11.1f}{row['pages']:8.0f}"
            )
        self.stdout.write(json.dumps({"stories": stories, "draws": draws, "words": words, "questions": rows}))

    def measure(self, ask, stories, draws):
        questions = scale.Questions(AnonymousUser(), stories, random.Random(1))  # noqa: S311 (the same each time)
        costs = [cost(ask(questions)) for _ in range(2 * draws)][draws:]
        ms = [cost.ms for cost in costs]
        return {
            "question": ask.__name__.replace("_", " "),
            "p50": round(median(ms), 3),
            "p95": round(quantiles(ms, n=20)[-1], 3),
            "pages": median(cost.buffers for cost in costs),
        }
