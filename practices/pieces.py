"""Pieces of pages that follow from a row: found by what the row holds, so that what they say need not be worked out
again to find them."""

from django.urls import get_script_prefix, get_urlconf
from django.utils.translation import get_language

from design.comparing import is_due
from design.drawn import kept_in


def keeper(*kind):
    """`keep(row, draw)`: what `draw()` made of such a row in this language, with these addresses.

    `row`: a tuple of all that was fetched for it and of the shared words that it names; nothing else may go into it.
    `CHECK_COMPILED` draws it anew and compares.
    """
    language, where = get_language(), (*kind, get_urlconf(), get_script_prefix())

    def keep(row, draw):
        piece = kept_in(language, (where, row), draw)
        if is_due((language, where, row)) and piece != draw():
            raise AssertionError(f"{kind} says what does not follow from {row}")
        return piece

    return keep
