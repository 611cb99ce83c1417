"""What is wrong with this site, and how to mend it: one line each, exit status 1 where anything is wrong."""

import sys

from django.core.management.base import BaseCommand

from systemschange.operations import doctor, readiness


class Command(BaseCommand):
    help = "Looks at all that the site needs; says of each whether it is well, and how to mend it where it is not."
    # It asks the database itself, and says in a line where that is away.
    requires_system_checks = []
    requires_migrations_checks = False

    def handle(self, **options):
        found = {name: readiness.look(check) for name, check in doctor.CHECKS.items()}
        for name, verdict in found.items():
            mend = f" -> {verdict.mend}" if verdict.mend else ""
            self.stdout.write(f"{'ok' if verdict.well else 'WRONG':<6} {name:<11} {verdict.said}{mend}")
        wrong = [name for name, verdict in found.items() if not verdict.well]
        self.stdout.write(f"{len(wrong)} wrong: {', '.join(wrong)}" if wrong else "all is well")
        if wrong:
            sys.exit(1)
