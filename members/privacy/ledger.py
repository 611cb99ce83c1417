"""What is kept of closed accounts, so that a restored backup does not bring anybody back.

Keyed hashes alone: of the account, of its addresses, of what of theirs was left here. The table comes back with a
backup as it was then, so each row is a file in private storage too, which no restore of the database touches.
"""

import json
from collections.abc import Iterable
from datetime import UTC

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime

from members.models import Erasure, User
from members.models.photo import files_in, private_files
from members.privacy.leaving import Leaver, forget, forget_addresses
from members.privacy.merging import Pair, carry_over
from members.privacy.rules import What, entries

FOLDER = "erasures"
SALT = "members.privacy.ledger"
# Where nobody chose one by one: what others read stays, unnamed.
EVERYTHING = ("*",)


def key(value, secret=None):
    return salted_hmac(SALT, value, secret=secret or settings.SECRET_KEY, algorithm="sha256").hexdigest()


def keys(value):
    """As it may stand in the ledger: made with the secret of today, or with one from before."""
    return {key(value, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}


def _account(member):
    """What stays the same about an account whatever its owner changes, and is never another's: a number may be used
    again after a restore, the moment of joining is not."""
    return f"{member.pk} {member.date_joined.astimezone(UTC).isoformat()}"


def keeper(kept):
    """Whether a thing of theirs stays, by its slug."""
    return lambda slug: slug in kept or "*" in kept


def note(leaver, kept: Iterable[str], *, merged_into=None) -> Erasure:
    """Write down that they leave, and the slugs of what stays of theirs, or the account that takes it all."""
    return Erasure.objects.create(
        merged_into=key(_account(merged_into)) if merged_into else "",
        account=key(_account(leaver.member)),
        addresses=[key(address) for address in leaver.addresses],
        kept=sorted(key(slug) for slug in kept),
        erased_at=leaver.now,
    )


# --- The files --------------------------------------------------------------------------------------------------------


def save_files() -> None:
    """A file for each row that has none."""
    there = set(files_in(FOLDER))
    for row in Erasure.objects.all():
        path = f"{FOLDER}/{row.account}.json"
        if path not in there:
            held = {"addresses": row.addresses, "kept": row.kept, "erased_at": row.erased_at.isoformat()}
            held["merged_into"] = row.merged_into
            private_files().save(path, ContentFile(json.dumps(held).encode()))


def read_files() -> None:
    """A row for each file that has none, as after a restore."""
    known = set(Erasure.objects.values_list("account", flat=True))
    for path in files_in(FOLDER):
        account = path.rpartition("/")[2].removesuffix(".json")
        if account not in known:
            with private_files().open(path) as file:
                held = json.load(file)
            Erasure.objects.create(account=account, **{**held, "erased_at": parse_datetime(held["erased_at"])})


# --- After a restore --------------------------------------------------------------------------------------------------


@transaction.atomic
def apply_again(*, now, since=None) -> int:
    """Close every account of the ledger that is there again, as its owner chose; returns how many. What was merged is
    merged again, where the account that took it is there.

    `since`: the moment of the backup. What was closed before it is not in the backup, and whoever came back since then
    is left alone. Doing it twice changes nothing.
    """
    read_files()
    rows = Erasure.objects.all() if since is None else Erasure.objects.filter(erased_at__gte=since)
    ledger = {row.account: row for row in rows}
    found = []
    for member in User.objects.people().iterator():
        row = next((ledger[one] for one in keys(_account(member)) if one in ledger), None)
        if row:
            found.append((row.erased_at, member.pk, row))
    # In the order of then: who was merged into somebody that left later has given them everything before.
    for _, pk, row in sorted(found, key=lambda one: one[:2]):
        member = User.objects.get(pk=pk)
        if kept := _merged_into(row):
            carry_over(Pair(kept, member, now))
        forget(Leaver.of(member, keeps=_chosen(row), now=now))
    _forget_addresses(rows, now)
    return len(found)


def _merged_into(row):
    if not row.merged_into:
        return None
    return next((one for one in User.objects.people().iterator() if row.merged_into in keys(_account(one))), None)


def _chosen(row):
    kept = set(row.kept)
    return lambda slug: bool((keys(slug) | keys("*")) & kept)


def _forget_addresses(rows, now):
    """Mails and invitations to them, where the account itself is not in the backup. Accounts keep their own."""
    gone = {address for row in rows for address in row.addresses}
    lost = sorted(address for address in _addresses() if keys(address) & gone)
    if lost:
        forget_addresses(Leaver(None, tuple(lost), lambda slug: False, now))


def _addresses():
    """Every address in the database that a rule forgets and that is no account's."""
    found = set()
    for entry in entries():
        for name, rule in entry.rules.items():
            column = name != "words" and entry.model._meta.get_field(name)
            if isinstance(column, models.EmailField) and rule.what in {What.DELETE, What.BLANK}:
                found |= {one.lower() for one in entry.model._base_manager.values_list(name, flat=True)}
    return found - {""} - set(User.objects.values_list("email", flat=True))
