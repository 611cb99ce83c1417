"""Number plates, and the numbers that services give to people and cases."""

import re

from .findings import LOOK, STOP, Mark, pointed_at
from .lexicon import word_lists
from .vocabulary import ACRONYMS

LOOKBACK = 40

# Since 2001; before 1983 and from 1983 to 2001; Northern Ireland.
PLATE = re.compile(r"(?<![\w-])([A-Z]{2})[ -]?(\d{2})[ \u00a0-]?([A-Z]{3})(?![\w-])", re.I)
REAL_PLATE = re.compile("[A-HJ-PR-Y]{2}[0-25-7][0-9][A-HJ-PR-Z]{3}")
OLD_PLATE = re.compile(r"(?<![\w-])(?:[A-HJ-NPR-TV-Y]\d{1,3} ?([A-Z]{3})|([A-Z]{3}) ?\d{1,3}[A-HJ-NPR-TV-Y])(?![\w-])")
IRISH_PLATE = re.compile(r"(?<![\w-])([A-Z]{1,2}Z|[A-Z]I[A-Z]|I[A-Z]{1,2}) ?(\d{1,4})(?![\w/-])")
CAR = re.compile(
    r"\b(?:reg|registration|plate|plates|number ?plate|vrn|vrm|car|van|vehicle|vauxhall|ford|bmw|audi|fiesta|corsa|golf|astra|transit|taxi)\b",
    re.I,
)
SAID_PLATE = re.compile(
    r"\b(?:reg(?:istration)?|number ?plate|plate|vrn|vrm)\W{1,3}(?:(?:no|num|number|plate|mark|is|was)\W{1,3}){0,2}([A-Z0-9]{2,4} ?[A-Z0-9]{2,4})(?![\w-])",
    re.I,
)

_KINDS = (
    "ref(?:erence)?|case|crime|custody|incident|cad|urn|upn|uln|claim|court|file|hospital|patient|mrn|mpi|nass|arc|lac|tenancy|rent|"
    "application|passport|licen[cs]e|badge|collar|warrant|log|mosaic|liquidlogic|eclipse|rio|emis|systmone|booking|docket|policy|student|"
    "pupil|staff|payroll|membership|account|ssn|prison(?:er)?|noms|pnc|cro|delius|oasys|visa|brp|biometric|home office|ho|utr|tax|dwp|"
    "customer|client|service user|support plan|referral|invoice|order|complaint|ticket|serial|imei|id"
)
SAID = re.compile(
    rf"\b(?:{_KINDS})(?:[ -](?:ref(?:erence)?|case|id))?[ \t]?(?:no|nos|num|number|nr|code|id|ref|reference)?\b\.?[ \t]?(?:(?:is|was|of)\b|[:#=])?[ \t]?[:#(]?[ \t]?"
    r"((?=[A-Z0-9./-]{0,24}\d)[A-Z0-9](?:[A-Z0-9./-]{2,26}[A-Z0-9])(?:[ ](?=[A-Z0-9/-]{0,8}\d)[A-Z0-9/-]{2,8}){0,3})(?![\w/])",
    re.I,
)
SHAPES = re.compile(
    r"(?<![\w/-])(?:"
    r"[A-Z]\d{4}[A-HJ-Z][A-Z]"  # a prisoner
    r"|(?:19|20)?\d{2}/\d{4,7}[A-HJ-NP-RT-Z]|\d{3,6}/\d{2}[A-HJ-NP-RT-Z]"  # police computer and criminal records
    r"|[A-Z9]{5}\d[0156]\d(?:[0-2]\d|3[01])\d[A-Z9]{2}\d[A-Z]{2}"  # a driver
    r"|[A-Z]\d{12}"  # a pupil
    r"|[A-Z]{2}\d{2}[CPDFGJ]\d{5}"  # a family court's case
    r"|\d{2}[A-Z]{1,2}\d?/?[A-Z0-9]{0,3}/\d{3,6}/\d{2}"  # custody and crime records
    r"|[A-Z]{2,5}[/-]\d{2,4}[/-]\d{3,8}|[A-Z]{1,5}[/-]\d{4,8}[/-]\d{2,4}|[A-Z]{2,5}-\d{5,10}"
    r"|(?:PC|PCSO|WPC|DC|PS|DS|Sgt) \d{2,6}"  # a police officer's collar
    r"|\d{3}-\d{2}-\d{4}"  # an American social security number
    r")(?![\w/-])"
)
CITATION = re.compile(
    r"\[(?:19|20)\d{2}\] (?:EWHC|EWCA|EWFC|UKSC|UKUT|EWCOP|CSIH|CSOH)(?: \w{3,4})? \d{1,5}|\b[Nn]os?\. ?(\d{3,6}/\d{2})\b"
)
YEAR = re.compile(r"(?:19|20)\d{2}(?:[-/.](?:(?:19|20)?\d{2}))?")
DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d\d-\d\d")


LOG = re.compile(r"\b(?:log|cad|incident) (?:no\.? |number )?(\d{1,5})(?= of \d{1,2}[/.]\d{1,2})", re.I)
NUMBERED = ((SHAPES, STOP), (CITATION, STOP), (LOG, STOP))


def find(text):
    if not any(letter.isdigit() for letter in text):
        return
    yield from _plates(text)
    yield from _old_plates(text)
    yield from pointed_at(text, NUMBERED, "REFERENCE")
    for match in SAID.finditer(text):
        number = match.group(1)
        if (
            sum(letter.isdigit() for letter in number) >= 3
            and not YEAR.fullmatch(number)
            and not DATE.fullmatch(number)
        ):
            yield Mark(*match.span(1), "REFERENCE", STOP)


def _about_cars(match):
    return CAR.search(match.string, max(0, match.start() - LOOKBACK), match.start()) is not None


def _plates(text):
    for match in PLATE.finditer(text):
        level = _plate_level(match, _about_cars(match))
        if level:
            yield Mark(*match.span(), "VEHICLE", level)


def _plate_level(match, about_cars):
    """“in SW12 and ...” is none; one with letters that no plate has is looked at, since people mistype."""
    plate = match.group()
    loud, quiet = plate == plate.upper(), plate == plate.lower()
    if not about_cars:
        if not loud and (not quiet or not plate[2].isdigit()):
            return 0
        shouting = match.string[max(0, match.start() - 12) : match.start()].isupper()
        if match.group(3).lower() in word_lists().words and (quiet or shouting):
            return 0
    if REAL_PLATE.fullmatch("".join(match.groups()).upper()):
        return STOP
    return LOOK if loud or about_cars else 0


def _old_plates(text):
    for match in OLD_PLATE.finditer(text):
        letters = match.group(match.lastindex)
        if _about_cars(match) or (letters.lower() not in word_lists().words and letters not in ACRONYMS):
            yield Mark(*match.span(), "VEHICLE", STOP)
    for match in IRISH_PLATE.finditer(text):
        letters, number = match.groups()
        sure = len(letters) == 3 and len(number) == 4 and letters not in ACRONYMS and not YEAR.fullmatch(number)
        if _about_cars(match) or sure:
            yield Mark(*match.span(), "VEHICLE", STOP)
    for match in SAID_PLATE.finditer(text):
        letters = match.group(1)
        if any(letter.isdigit() for letter in letters) and any(letter.isalpha() for letter in letters):
            yield Mark(*match.span(1), "VEHICLE", STOP)
