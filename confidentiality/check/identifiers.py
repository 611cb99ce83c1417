"""Numbers and addresses that belong to one person: patterns, each bounded, with check digits where there are some."""

import re

from .findings import LOOK, STOP, Mark, pointed_at
from .numbers import digits, is_card, is_iban, is_nhs_number, luhn
from .vocabulary import SMALL_WORDS

LOOKBACK = 40

EMAIL = re.compile(r"(?<![\w.+%-])\w[\w.+%'’-]{0,63}@[\w.-]{1,120}\.[^\W\d_]{2,15}\b")
AT, DOT = r"\s?(?:\[at\]|\(at\)|\{at\}|<at>)\s?", r"\s?(?:\[dot\]|\(dot\)|\{dot\}|\bdot\b|\.)\s?"
_ENDS = r"(?:com|co|org|net|uk|gov|nhs|ac|ie|eu|info)\b"
SPELT_EMAIL = re.compile(
    rf"\b[a-z][\w+-]{{1,30}}(?:{DOT}[\w+-]{{1,30}}){{0,2}}(?:{AT}[a-z0-9-]{{2,30}}(?:{DOT}{_ENDS}){{1,3}}"
    rf"|\s?(?:\bat\b|@)\s?[a-z0-9-]{{2,30}}(?:\s?(?:\[dot\]|\(dot\)|\bdot\b)\s?{_ENDS}){{1,3}})",
    re.I,
)
URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"“”]{2,300}"
    r"|(?<![\w.@-])(?:[a-z0-9][a-z0-9-]{0,40}\.){1,3}(?:com|org|net|info|io|me|uk|biz|scot|wales|cymru|ie|eu)(?:/[^\s<>\"“”]{0,200})?(?![\w@-])",
    re.I,
)
OFFICIAL = re.compile(
    r"(?:https?://)?(?:[\w-]{1,40}\.){0,4}(?:gov\.uk|nhs\.uk|parliament\.uk|police\.uk|gov\.scot|gov\.wales|legislation\.gov\.uk)(?![\w-])(?!\.\w)",
    re.I,
)
PROFILE = re.compile(
    r"(?:facebook|fb|instagram|twitter|x|linkedin|tiktok|snapchat|youtube|t|wa|threads|bsky|onlyfans|reddit)\.(?:com|me|app|net)/[\w@]",
    re.I,
)
HANDLE = re.compile(r"(?<![\w@./])@(?!\d{1,4}(?:[ap]m)?\b)[\w.]{1,30}\w")
NAMED_HANDLE = re.compile(
    r"\b(?:instagram|insta|ig|snapchat|snap|tiktok|twitter|discord|username|user name|handle|skype|telegram)\s?(?:is|was|name|account|:|-)\s?:?\s?([\w.]{3,30})",
    re.I,
)

NHS = re.compile(r"(?<![\w.,£$)+-])(?<!\+44 )(?<!\) )\d{3}[ \u00a0.-]?\d{3}[ \u00a0.-]?\d{4}(?![\w-]|[.,]\d)")
NHS_WORDS = re.compile(
    r"\b(?:NHS|CHI|H&C|H ?and ?C|health and care)\b\W{0,3}(?:no|num|number|nr|id|#)?\W{0,3}(?:(?:is|was|of)\W{1,3})?$",
    re.I,
)
NINO = re.compile(
    r"(?<![\w-])([A-Z]{2})([ \u00a0.-]?)(\d{2})[ \u00a0.-]?(\d{2})[ \u00a0.-]?(\d{2})[ \u00a0.-]?([A-Z])(?![\w-])", re.I
)
NINO_PREFIX = re.compile(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]")
NINO_WORDS = re.compile(r"\b(?:NI|NINO|national insurance|insurance)\b", re.I)

CARD = re.compile(r"(?<![\w.-])[1-6](?:[ \u00a0-]?\d){12,18}(?![\w-])")
SHORT_CARD = re.compile(r"(?<![\w.-])(?<!\d )(?:0604|5[06-8]\d\d|6\d{3})(?:[ -]?\d{4}){2}(?![\w-]| \d)")  # Maestro
SORT_CODE = re.compile(
    r"\bsort[ -]?code\b\W{0,5}(?:(?:is|was)\W{1,3})?\d{2}[ -]?\d{2}[ -]?\d{2}\b|(?<![\d/-])\d{2}-\d{2}-\d{2}(?=\D{1,30}\d{8}\b)",
    re.I,
)
ACCOUNT = re.compile(
    r"\b(?:account|acct?|a/c)\.?\W{0,2}(?:no|num|number)?\W{0,3}(?:(?:is|was)\W{1,3})?(\d{8})\b|(?<=\d\d-\d\d-\d\d)[\s,/]{1,3}(\d{8})\b",
    re.I,
)
IBAN = re.compile(r"(?<![\w-])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?![\w-])", re.I)

IPV4 = re.compile(r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]*\w)")
IPV6 = re.compile(r"(?<![\w:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}(?![\w:])", re.I)
NOT_IP = re.compile(r"\b(?:version|section|v|paragraph|para|chapter|release|appendix)\W{0,2}$", re.I)
SHORTEST_IP = 9  # with its dots; “1.2.1.3” is a heading's number
AT_HOME = ("10.", "127.", "192.168.")
POSITION = re.compile(
    r"(?<![\d.])-?\d{1,2}\.\d{4,10},\s?-?\d{1,3}\.\d{4,10}(?!\d)|///[a-z]{2,20}\.[a-z]{2,20}\.[a-z]{2,20}\b"
)


def find(text):
    yield from _online(text)
    if any(letter.isdigit() for letter in text):
        yield from _health_and_insurance(text)
        yield from _money(text)
        for match in IPV4.finditer(text):
            numbering = len(match.group()) < SHORTEST_IP and not match.group().startswith(AT_HOME)
            if not numbering and not NOT_IP.search(text, max(0, match.start() - LOOKBACK), match.start()):
                yield Mark(*match.span(), "IP", STOP)
        for match in IPV6.finditer(text):
            if match.group().count(":") >= 3 and any(letter.isdigit() for letter in match.group()):
                yield Mark(*match.span(), "IP", STOP)
    for match in POSITION.finditer(text):
        yield Mark(*match.span(), "LOCATION", STOP)


def _online(text):
    for pattern in (EMAIL, SPELT_EMAIL):
        for match in pattern.finditer(text):
            yield Mark(*match.span(), "EMAIL", STOP)
    for match in URL.finditer(text):
        if not OFFICIAL.match(match.group()):
            end = match.start() + len(match.group().rstrip(".,;:!?)'’"))
            yield Mark(match.start(), end, "URL", STOP if PROFILE.search(match.group()) else LOOK)
    for match in HANDLE.finditer(text):
        yield Mark(*match.span(), "HANDLE", STOP)
    for match in NAMED_HANDLE.finditer(text):
        yield Mark(*match.span(1), "HANDLE", LOOK)


def _health_and_insurance(text):
    for match in NHS.finditer(text):
        # A wrong check digit behind “NHS number” is a number mistyped, and still leads to somebody.
        said = NHS_WORDS.search(text, max(0, match.start() - LOOKBACK), match.start())
        right = is_nhs_number(match.group())
        if right or said:
            yield Mark(*match.span(), "NHS_NUMBER", STOP if right else LOOK)
    for match in NINO.finditer(text):
        said = NINO_WORDS.search(text, max(0, match.start() - LOOKBACK), match.start())
        level = _nino_level(match, said is not None)
        if level:
            yield Mark(*match.span(), "NINO", level)


def _nino_level(match, said):
    """“by 12 05 24 a ...” is none; letters that HMRC never gives out are looked at, since people mistype."""
    letters, gap, last = match.group(1), match.group(2), match.group(6)
    if not said and gap and letters in SMALL_WORDS:
        return 0
    if NINO_PREFIX.fullmatch(letters.upper()) and last.upper() in "ABCD":
        return STOP
    return LOOK if said or letters.isupper() else 0


def _money(text):
    for match in CARD.finditer(text):
        if is_card(match.group()):
            yield Mark(*match.span(), "BANK", STOP)
    for match in SHORT_CARD.finditer(text):
        if luhn(digits(match.group())):
            yield Mark(*match.span(), "BANK", LOOK)
    yield from pointed_at(text, ((SORT_CODE, STOP), (ACCOUNT, STOP)), "BANK")
    for match in IBAN.finditer(text):
        said = "iban" in text[max(0, match.start() - LOOKBACK) : match.start()].lower()
        if is_iban(match.group()) or said:
            yield Mark(*match.span(), "BANK", STOP if is_iban(match.group()) else LOOK)
