"""Migrations that a running site cannot bear: `python -m systemschange.tests.lint_migrations`, part of `make lint`.

While a deploy goes on the version from before still runs on the new tables, so nothing it needs may go, and nobody may
wait for a lock. What came before the baseline is history. docs/operations.md says how to do the same in safe steps.
"""

import logging
import sys

import django

# The last migration of each room before the rule: raise it when migrations are squashed, never to get past the rule.
BASELINE = {
    "systemschange": 1, "digests": 20, "reports": 32, "stories": 45, "networks": 8, "members": 14, "practices": 9,
    "insights": 11,
}  # fmt: skip
# Looked at by a person, with why it harms nobody: {("stories", "0099_name"): "the table is new and empty"}.
DECIDED = {}


def is_new(migration, baseline):
    number = migration.name[:4]
    after = number.isdigit() and int(number) > baseline.get(migration.app_label, 0)
    return after and (migration.app_label, migration.name) not in DECIDED


def lint(baseline=None) -> int:
    """How many migrations since the baseline are unsafe; each is printed with why."""
    from django_migration_linter import MigrationLinter

    logging.getLogger("django_migration_linter").setLevel(logging.WARNING)
    baseline = BASELINE if baseline is None else baseline
    # Beside errors also what only warns: an index made under a lock is a site that waits.
    linter = MigrationLinter(
        no_cache=True,
        all_warnings_as_errors=True,
        quiet=["ok", "ignore"],
        exclude_migration_tests=["RUNPYTHON_MODEL_VARIABLE_NAME"],
    )
    for key, migration in sorted(linter.migration_loader.disk_migrations.items()):
        if key[0] in baseline and is_new(migration, baseline):
            linter.lint_migration(migration)
    return linter.nb_erroneous


if __name__ == "__main__":
    django.setup()
    if lint():
        sys.exit(
            'Unsafe migrations: docs/operations.md, "Migrations that may run while the site does", says how instead.'
        )
