"""Makes the copy of everything that is a member's: a zip with JSON for machines and one page for people."""

import json
import logging
import secrets
import tempfile
import zipfile
from dataclasses import dataclass, field
from datetime import datetime

from allauth.account.models import EmailAddress
from celery import current_app
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from kombu.exceptions import OperationalError

from members import outbox
from members.models import DataCopy, User
from members.privacy.proof import link_for
from members.privacy.rules import entries
from members.privacy.telling import Cell, Told

log = logging.getLogger(__name__)
# What a reader looks for first; the rest follows.
FIRST = ["members", "stories", "digests"]


@dataclass
class Copy:
    """Whose copy is being made, and the files that go into it."""

    member: User
    addresses: list
    files: dict = field(default_factory=dict)

    @classmethod
    def of(cls, member):
        known = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
        return cls(member, sorted({member.email.lower(), *(address.lower() for address in known)}))

    def attach(self, path, storage, name):
        """Take a file along; its path in the copy, or nothing where the storage has lost it."""
        if not storage.exists(name):
            return ""
        self.files[path] = (storage, name)
        return path


def wake():
    """Nudge a worker; without Valkey the copy waits for the next beat."""
    try:
        current_app.send_task("members.tasks.make_copies", retry=False, expires=55)
    except OperationalError as error:
        log.warning("No worker could be told about a copy (%s): the next beat finds it.", error.__class__.__name__)


def make_all(*, clock=timezone.now):
    """Make what was asked for. Any number of workers may do so at once."""
    DataCopy.objects.make_each(lambda asked: _make(asked, clock), clock=clock)


def _make(asked, clock):
    with tempfile.TemporaryFile() as kept:
        write(asked.member, kept, now=clock(), progress=asked.note_progress)
        kept.seek(0)
        asked.finish(kept, name=f"{secrets.token_urlsafe(16)}.zip", now=clock())
    tell(asked.member, now=clock())


def tell(member, *, now):
    """One mail that says it is ready, and nothing of what is in it. Whoever is shut out gets a link of their own."""
    context = {"link": link_for(member, "data")}
    # The outbox sends nothing to an account that is shut out: this one mail goes to its address.
    to = {"member": member} if member.may_sign_in else {"to": member.email, "language": member.language}
    outbox.compose(kind="members.copy_ready", template="members/copy_ready", context=context, now=now, **to)


def write(member, file, *, now: datetime, progress=lambda done, total: None):
    """The zip, into an open file. Each part is told by its room's rules (`export=`)."""
    copy, parts, told = Copy.of(member), _parts(), []
    for number, part in enumerate(parts, start=1):
        rows = part.rows(copy)
        if rows:
            told.append((part.title, rows))
        progress(number, len(parts) + 1)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("data.json", _as_data(told, now))
        whole.writestr("index.html", _as_page(told, now))
        for path, (storage, name) in copy.files.items():
            with storage.open(name) as content:
                whole.writestr(path, content.read())
    progress(len(parts) + 1, len(parts) + 1)


def _parts():
    told = [(entry.model._meta.app_label, one) for entry in entries() for one in entry.exports if isinstance(one, Told)]
    order = {room: number for number, room in enumerate(FIRST)}
    return [one for room, one in sorted(told, key=lambda pair: order.get(pair[0], len(FIRST)))]


def _as_data(told, now):
    parts = [{"part": title, "rows": [_plain(row) for row in rows]} for title, rows in told]
    held = {"site": settings.SITE_URL, "made_at": now, "parts": parts}
    return json.dumps(held, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)


def _plain(value):
    """Rows of cells as objects; everything else as it is."""
    if isinstance(value, list) and value and isinstance(value[0], Cell):
        return {cell.name: _plain(cell.value) for cell in value}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _as_page(told, now):
    context = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "made_at": now, "parts": told}
    return render_to_string("members/copy.html", context)
