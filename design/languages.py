"""The languages that pages can be read in: each has addresses of its own, `/cy/` before those of the first."""

from contextlib import nullcontext

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language, override


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


# --- What is written to somebody who does not look at a page ----------------------------------------------------------


def is_one_of_several():
    return len(settings.LANGUAGES) > 1


def known(code):
    """One that this site has now: the first where nobody chose, or where the chosen one is switched off again."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def of_page():
    """That of the page that is being answered, as an account keeps it."""
    return known(get_language())


def spoken(code):
    """All that is said within is said in this language. With one language there is nothing to switch."""
    return override(known(code)) if is_one_of_several() else nullcontext()


def readdressed(value, code):
    """Addresses of this site among what a mail is given, in the language of its reader; the rest as it is."""
    if isinstance(value, list):
        return [readdressed(one, code) for one in value]
    if isinstance(value, str) and value.startswith(settings.SITE_URL):
        return translate_url(value, known(code))
    return value
