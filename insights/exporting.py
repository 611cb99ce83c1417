"""Open data as one file: at once where it is little, else made by a worker and handed out while it is true."""

import json
import logging
import secrets
import tempfile
from datetime import datetime

from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from insights import open_data
from insights.models import OpenFile
from members.sheets import csv_lines

log = logging.getLogger(__name__)
# More stories than this are written by a worker.
AT_ONCE = 1000
KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def is_large() -> bool:
    return open_data.stories()[AT_ONCE : AT_ONCE + 1].exists()


def parts(ending: str, noted=lambda done: None):
    """The whole, piece by piece; `noted` hears how many stories are written."""
    if ending == "csv":
        yield from csv_lines(_counted(open_data.rows(), noted))
    else:
        yield '{"stories": ['
        for number, story in enumerate(_counted(open_data.every(), noted)):
            yield f"{',' if number else ''}\n{json.dumps(open_data.as_json(story), ensure_ascii=False)}"
        yield "\n]}\n"


def _counted(rows, noted):
    for number, row in enumerate(rows, start=1):
        yield row
        if number % open_data.CHUNK == 0:
            noted(number)


def found(ending: str, *, now: datetime) -> OpenFile | None:
    """The file, if there is one that can be handed out: ready, and saying what the open stories say now."""
    made = OpenFile.objects.filter(ending=ending).first()
    there = made and made.is_ready(now) and made.file.storage.exists(made.file.name)
    return made if there and made.sign == open_data.sign() else None


@transaction.atomic
def ask(ending: str, *, now: datetime) -> None:
    """Somebody wants it. One that is true or being made already is not made again, however often it is asked for."""
    OpenFile.objects.get_or_create(ending=ending, defaults={"asked_at": now, "state": OpenFile.State.EXPIRED})
    wanted = OpenFile.objects.select_for_update().get(ending=ending)
    if wanted.is_being_made or found(ending, now=now):
        return
    wanted.drop_file()
    wanted.state, wanted.file, wanted.asked_at = OpenFile.State.ASKED, "", now
    wanted.part_count = wanted.done_count = 0
    wanted.save()
    transaction.on_commit(wake, robust=True)


def wake():
    """Nudge a worker; without Valkey the file waits for the next beat."""
    try:
        current_app.send_task("insights.tasks.make_files", retry=False, expires=55)
    except OperationalError as error:
        log.warning("No worker could be told about a file (%s): the next beat finds it.", error.__class__.__name__)


def make_all(*, clock=timezone.now) -> None:
    OpenFile.objects.make_each(lambda asked: _make(asked, clock), clock=clock)


def _make(asked, clock):
    """What changes while it is written makes it untrue before anybody takes it: the sign is from before."""
    asked.sign = open_data.sign()
    asked.save(update_fields=["sign"])
    chunks = open_data.stories().count() // open_data.CHUNK + 1
    with tempfile.TemporaryFile() as kept:
        for part in parts(asked.ending, lambda done: asked.note_progress(done // open_data.CHUNK, chunks)):
            kept.write(part.encode())
        kept.seek(0)
        asked.finish(kept, name=f"{secrets.token_urlsafe(16)}.{asked.ending}", now=clock())


def clear(*, now: datetime) -> None:
    """Files go after a day, and before if they are not true any more: what a teller took back lies on no disk."""
    OpenFile.objects.clear(now=now)
    made = OpenFile.objects.exclude(file="")
    for one in made.exclude(sign=open_data.sign()) if made.exists() else []:
        one.expire()
