"""What choosing and writing letters costs, apart from sending them."""

from types import SimpleNamespace

from bench import cpu
from digests import choosing, names, writing
from digests.pool import Pool
from members.models import User

BATCH = 50


def readers_of(keys):
    rows = User.objects.filter(pk__in=keys).values_list("pk", "email", "first_name", "profile__public_id", "time_zone")
    names = ("pk", "email", "first_name", "public_id", "time_zone")
    return [SimpleNamespace(**dict(zip(names, row, strict=True)), content_free=False) for row in rows]


def choose_all(issue, readers, *, now):
    """(what each gets, seconds per 100,000 readers), batch by batch as the engine asks."""
    pool, found = Pool(issue, now=now), {}
    with cpu.measured() as spent:
        for first in range(0, len(readers), BATCH):
            found.update(choosing.choose(readers[first : first + BATCH], issue, now=now, pool=pool))
    return found, spent, spent.seconds * 100_000 / len(readers)


def write_all(issue, readers, letters):
    """(mails written, bytes of them all, seconds)."""
    press, size, count = writing.Press(issue), 0, 0
    press.load([letter.items for letter in letters.values()])
    with cpu.measured() as spent:
        for reader in readers:
            items = letters[reader.pk].items
            if items:
                mail = press.letter(reader, items, message_id=names.message_id(issue.pk, reader.pk), date=0)
                size, count = size + len(mail), count + 1
    return count, size, spent
