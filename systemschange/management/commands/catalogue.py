"""Brings each catalogue below locale/ into step with the code, and compiles it: no tool of gettext's is needed."""

import polib
from django.core.management.base import BaseCommand, CommandError

from systemschange import catalogue


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="take out what nothing says any more, and compile")
        parser.add_argument("--missing", metavar="LANGUAGE", help="print what has no translation yet, as a catalogue")

    def handle(self, *args, write, missing, **options):
        said = catalogue.messages()
        if missing:
            return str(lacking(said, read(missing)))
        stale = {path.parts[-3]: stale_in(said, polib.pofile(str(path))) for path in catalogue.files()}
        if write:
            for path in catalogue.files():
                kept_in_step(said, path)
        elif any(stale.values()):
            raise CommandError(f"Nothing says these any more, `manage.py catalogue --write` takes them out: {stale}")
        return None


def read(language):
    return polib.pofile(str(catalogue.FOLDER / language / "LC_MESSAGES" / "django.po"))


def stale_in(said, book):
    return [entry.msgid for entry in book if (entry.msgctxt or "", entry.msgid) not in said]


def kept_in_step(said, path):
    book = polib.pofile(str(path), wrapwidth=110)
    for entry in [entry for entry in book if (entry.msgctxt or "", entry.msgid) not in said]:
        book.remove(entry)
    for entry in book:
        places = sorted(said[entry.msgctxt or "", entry.msgid].places)
        entry.occurrences = [(place, "") for place in places[:3]]
    book.sort(key=lambda entry: (entry.occurrences, entry.msgid))
    book.save(str(path))
    book.save_as_mofile(str(path.with_suffix(".mo")))


def lacking(said, book):
    """A catalogue of what this one lacks, for whoever translates."""
    known = {(entry.msgctxt or "", entry.msgid) for entry in book.translated_entries()}
    empty = polib.POFile(wrapwidth=110)
    empty.metadata = book.metadata
    forms = book.metadata["Plural-Forms"]
    count = int(forms.split("nplurals=")[1].split(";")[0])
    for key, message in said.items():
        if key not in known:
            plural = {"msgid_plural": message.plural, "msgstr_plural": dict.fromkeys(range(count), "")}
            more = plural if message.plural else {}
            places = [(place, "") for place in sorted(message.places)]
            empty.append(polib.POEntry(msgid=message.text, msgctxt=message.context or None, occurrences=places, **more))
    return empty
