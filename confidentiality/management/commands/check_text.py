import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from confidentiality.check import check


class Command(BaseCommand):
    """Reads lines of JSON, each {"text": ...}, and writes for each one line with what could identify someone."""

    help = __doc__
    requires_system_checks = ()

    def handle(self, **options):
        for line in sys.stdin.buffer:
            if line.strip():
                self.stdout.write(json.dumps(self.answer(line), cls=DjangoJSONEncoder))
                self.stdout.flush()

    def answer(self, line):
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return {"error": 'This line is no JSON object with a "text".'}
        if not isinstance(text, str):
            return {"error": "The text is no string."}
        return {"findings": [asdict(finding) for finding in check(text)]}
