"""Phone numbers in the many ways that people write them. All of them, not the first."""

import re

from .findings import LOOK, STOP, Mark
from .numbers import digits
from .vocabulary import words

# A row of digits with what people put between them; bounded, so that no text makes it slow. O, o, l and I may be typed
# for digits, but only where they touch one.
ROW = re.compile(
    r"(?<![\w£$€.,/-])(?:\+\s?|\(\+?)?(?:[0-9]|O(?=[0-9]))(?:[0-9 \t\u00a0\u2009().\u2010-\u2013/-]|[OolI](?=[0-9OolI])|(?<=[0-9OolI])[OolI]){5,32}"
    r"(?:[0-9]|(?<=[0-9O])[OolI])(?![\w%])(?:\s?(?:x|ext\.?|extension)\s?\d{1,5}\b)?"
)
SPOKEN_WORD = "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|triple"
SPOKEN = re.compile(rf"\b(?:(?:{SPOKEN_WORD}|\d{{1,5}})[\s,.-]{{1,3}}){{6,20}}(?:{SPOKEN_WORD}|\d{{1,5}})\b", re.I)
EXTENSION = re.compile(r"\b(?:ext\.?|extension)\s?\d{3,5}\b", re.I)
ABOUT_PHONES = re.compile(
    r"\b(?:phone|tele?|telephone|call|called|rang|ring|mob|mobile|cell|text|fax|contact|dial|voicemail|whatsapp|number)\b",
    re.I,
)
NOT_PHONES = re.compile(
    r"\b(?:ref|reference|case|isbn|invoice|order|account|acc|nhs|card|budget|cost|version|id)\b", re.I
)
YEARS = re.compile(r"(?:1[5-9]|20)\d\d\s?[-–/]\s?(?:(?:1[5-9]|20)?\d\d)")
SHORT_ROWS = re.compile(r"\d{1,2}(?:[ ,.\-/]+\d{1,3})+")
NO_PHONE = re.compile(r"0\.\d|\d{3} \d{3} \d{4}$")  # a decimal; the groups of an NHS number
GROUPS = re.compile(r"\d{3}[.-]\d{3}[.-]\d{4}|\(\d{3}\)\s?\d{3}[ .-]?\d{4}|1[ .-]\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}")
# Lines for the public, known to everybody: they lead to nobody.
PUBLIC_LINES = words(
    """999 112 111 101 105 119 116123 116000 116111 116117 08001111 08082000247 08088004444 08088010800 08088010327
    08088024040 08009995428 08088005000 08081689111 08006781602 08088084000 08001381111 03001236600 0800585858
    08000684141 08088010677 08001448848 08000271234 08088021414 08085002222 08081000900 08088082003 03001233393"""
)
SHARED = ("080", "03", "084", "087", "09", "0500")  # an organisation's numbers rather than a person's
LOOKBACK = 40


def find(text):
    for match in ROW.finditer(text):
        level = _level(match.group(), text[max(0, match.start() - LOOKBACK) : match.start()])
        if level:
            yield Mark(match.start(), match.end(), "PHONE", level)
    for match in SPOKEN.finditer(text):
        if _is_spoken(match.group()):
            yield Mark(match.start(), match.end(), "PHONE", STOP)
    for match in EXTENSION.finditer(text):
        yield Mark(match.start(), match.end(), "PHONE", LOOK)


def _level(row, before):
    """3 for a number that rings, 2 for an organisation's or one that only looks like it, 0 for none."""
    plain = re.split(r"x|ext", row)[0].translate(str.maketrans("OolI", "0011"))
    number = digits(plain)
    if not 7 <= len(number) <= 15 or YEARS.fullmatch(plain.strip()):
        return 0
    national = _national(plain, number)
    if national is not None:
        if national in PUBLIC_LINES:
            return 0
        return LOOK if national.startswith(SHARED) else STOP
    if plain.lstrip(" (").startswith(("+", "00")) and len(number) >= 9 and not NO_PHONE.match(plain.strip()):
        return STOP
    if NOT_PHONES.search(before):
        return 0
    if ABOUT_PHONES.search(before) and not SHORT_ROWS.fullmatch(plain.strip()):
        return STOP
    return LOOK if GROUPS.fullmatch(plain.strip()) else 0


def _national(plain, number):
    """The number as dialled at home, or None if it is not a British one: 0 and nine or ten digits."""
    for prefix in ("00440", "0044", "440", "44"):
        if number.startswith(prefix) and (
            prefix.startswith("00") or "+" in plain or prefix == "440" or len(number) == 12
        ):
            number = "0" + number[len(prefix) :]
            break
    if re.fullmatch(r"0[1235789]\d{9}|0[12]\d{8}|0800\d{4}|0[58]00\d{6}|0845464\d", number) and not NO_PHONE.match(
        plain.strip()
    ):
        return number
    return None


def _is_spoken(words):
    """Digits said in words, at least nine of them: “oh double seven ...” is how people get round a check."""
    parts = re.split(r"[\s,.-]+", words.lower())
    said = sum(
        2 if part == "double" else 3 if part == "triple" else len(part) if part.isdigit() else 1 for part in parts
    )
    spelled = sum(not part.isdigit() for part in parts)
    return (
        9 <= said <= 16
        and spelled >= 2
        and parts[0] in ("zero", "oh", "nought", "0", "07", "plus")
        or (said >= 9 and spelled >= 9)
    )
