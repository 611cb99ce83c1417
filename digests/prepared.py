"""What a letter asks once a mail, or once a claim, is asked as a prepared statement."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from design import prepared


def prepare(cursor, words, types):
    """As `design.prepared` does; letters are sent in no other way."""
    if settings.POOLED_BY_TRANSACTION:
        raise ImproperlyConfigured(
            "Letters are sent over a connection of their own: this process must reach PostgreSQL itself, without "
            "POOLED_BY_TRANSACTION (docs/growing.md)."
        )
    return prepared.prepare(cursor, words, types)
