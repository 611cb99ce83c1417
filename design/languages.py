"""The languages that pages can be read in: each has addresses of its own, `/cy/` before those of the first."""

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language


def tag(code=None):
    """As HTML names a language: en-gb is en-GB."""
    language, _, region = (code or get_language() or settings.LANGUAGE_CODE).partition("-")
    return f"{language}-{region.upper()}" if region else language


def in_language(address):
    """An address of this site that is written out, in the language of the page around it."""
    code = get_language()
    if code in {None, settings.LANGUAGE_CODE} or not address.startswith("/"):
        return address
    return f"/{code}{address}"


def others(path):
    """[(code, name, address)] of this page in each language; nothing where it has but one."""
    if len(settings.LANGUAGES) < 2:
        return []
    found = [(code, name, translate_url(path, code)) for code, name in settings.LANGUAGES]
    return found if len({address for _, _, address in found}) > 1 else []
