"""Writes docs/environment.md: every variable that the settings read, its default and what it means."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from systemschange.settings.environment import env
from systemschange.settings.meanings import SECTIONS

HEAD = """# Environment variables

Every setting is an environment variable. `manage.py environment --write` writes this page from the settings themselves
(`systemschange/settings/`); a test says when it is out of date. `manage.py doctor` says what is wrong with yours.
"""


class Command(BaseCommand):
    help = "The reference of all environment variables: says whether docs/environment.md is up to date, or writes it."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="write the file instead of comparing it")

    def handle(self, *, write, **options):
        path = Path(settings.BASE_DIR) / "docs" / "environment.md"
        if write:
            path.write_text(reference())
        elif not path.exists() or path.read_text() != reference():
            raise CommandError("docs/environment.md is out of date: run manage.py environment --write.")


def reference():
    pages = [HEAD]
    for heading, names in SECTIONS.items():
        rows = [f"| `{name}` | {default_of(name)} | {meaning} |" for name, meaning in names.items()]
        pages.append("\n".join([f"## {heading}\n", "| variable | default | meaning |", "|---|---|---|", *rows]) + "\n")
    return "\n".join(pages)


def default_of(name):
    default = env.defaults.get(name)
    if default is None or default in ("", [], env.NOTSET) or name in SECTIONS["Required"]:
        return "none"
    if isinstance(default, bool):
        return f"`{int(default)}`"
    shown = str(default).replace(str(settings.STATE), "STATE").removeprefix(f"{settings.BASE_DIR}/")
    return f"`{shown}`"
