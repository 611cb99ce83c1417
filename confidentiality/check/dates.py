"""Exact days, dates of birth, months and ages."""

import re

from .findings import LOOK, SMALL, STOP, Mark

LOOKBACK = 45
_LONG = "january|february|march|april|may|june|july|august|september|october|november|december"
_SHORT = "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
MONTH = rf"(?:{_LONG}|(?:{_SHORT})\b\.?)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
ORDINAL = rf"{DAY}(?:st|nd|rd|th)?"
YEAR = r"(?:1[89]|20)\d{2}"
SAID_DAY = (
    "(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|"
    "seventeenth|eighteenth|nineteenth|twentieth|twenty[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty[ -]first)"
)
EXACT = re.compile(
    rf"(?<![\w/£$€.])(?:{ORDINAL}|{SAID_DAY})(?:\s+day)?(?:\s+of)?[\s./-]*\b{MONTH}(?![\w])(?:[\s,./-]{{1,2}}{YEAR}(?![\w:])|[\s./-]['’]?\d{{2}}(?![\w:/]))?"
    rf"|\b{MONTH}\s+(?:the\s+)?{ORDINAL}(?![\w%:]|\.\d)(?:,?\s+{YEAR}\b)?"
    rf"|(?<![\w/.£$€-]){DAY}\s?([/.-])\s?(?:0?[1-9]|1[0-2])\s?\1\s?(?:{YEAR}|\d{{2}})(?![\w/-]|\.\d)"
    rf"|(?<![\w/.£$€-])(?:0?[1-9]|1[0-2])/{DAY}/{YEAR}(?![\w/-])"
    rf"|(?<![\w/.-]){YEAR}([/.-])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01])(?![\d/-])",
    re.I,
)
SAID_BORN = re.compile(r"\b(?:born|birthday|birth ?date|date of birth|d\.?\s?o\.?\s?b\.?)(?![a-z])", re.I)
BORN_DIGITS = re.compile(
    rf"\b(?:date of birth|d\.?o\.?b\.?|born)\W{{0,4}}(?:(?:is|was|on)\W)?\s?({DAY}[ ./-](?:0?[1-9]|1[0-2])[ ./-](?:{YEAR}|\d\d)|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:{YEAR}|\d\d))(?!\w)",
    re.I,
)
SMALL_WORDS = re.compile(r"\b(?:may|march|mar|sun|sat|dec|second)\b", re.I)
MONTH_YEAR = re.compile(rf"\b(?:{_LONG}|{_SHORT})\b\.?(?:\s+of)?,?\s+(?:{YEAR}|'\d\d)\b", re.I)
ONE_MONTH = re.compile(
    r"\b(?:(?:in|since|until|last|this|next|by|from|during|early|late|mid) |mid-)(January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
FEAST = re.compile(
    rf"\b(?:Christmas (?:Day|Eve)|Boxing Day|New Year['’]s (?:Day|Eve)|Good Friday|Easter (?:Sunday|Monday)|Halloween|Bonfire Night)(?:,? (?:in |of )?{YEAR})?\b"
)
BARE_DAY = re.compile(
    rf"\bon (?:the )?((?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?)?{DAY}(?:st|nd|rd|th))(?=[.,;]| (?:and|he|she|they|we|I|the police|his|her)\b)"
)

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER = rf"(?:\d{{1,3}}|(?:{_TENS})(?:[- ](?:{_UNITS}))?|{_UNITS}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
NOT_AGE = r"(?!\s?(?:%|per\b|percent|to\b|and (?:over|under|above|older|below)|or (?:over|under|above|older|below)|plus|\+|[-–]\s?\d|[:.,]\d|min|hour|day|week|month|mile|km|stone|kg|pound|feet|foot|metre|people|of\b|years? (?:in|into|sober|clean)\b|times))"
AGE = re.compile(
    rf"\b(?:aged|age of|age|turned|turning|turns|nearly|almost)[ :]\s?(?:only |just |about |around )?{_NUMBER}\b{NOT_AGE}(?:\s(?:years?|months?|weeks?)(?:\sold)?)?"
    rf"|(?<![\w–-]){_NUMBER}[ -]?(?:years?|yrs?|months?|mths?|weeks?|wks?)[ -]?old\b(?! (?:policy|system|rule|law|form|building|problem|argument|debate|tradition))"
    r"|(?<![\w–-])\d{1,3}\s?(?:yo|y/o|y\.o\.)(?!\w)"
    rf"|\b(?:I['’]?m|I am|he['’]s|she['’]s|they['’]re|(?:he|she|they|who|[A-Z][a-z]+) (?:is|was|are|were)) (?:now |only |just |about |then )?(?:\d{{2}}|(?:{_TENS})[- ](?:{_UNITS}))\b{NOT_AGE}(?=\s*(?:[.,;!?)\n]|and\b|when\b|now\b|but\b|with\b|at\b|$))"
    r"|(?<=[A-Za-z)]), \d{2}(?=, (?:who|was|is|has|had|a|an|from|lives|lived|of|said|told|came|went|moved|died|works|worked|got|did|felt|and)\b)"
    rf"|\b(?:his|her|their|my) {_NUMBER}(?:st|nd|rd|th) birthday\b",
    re.I,
)
# What stands before the age itself: a comma, or somebody's name (“Ruth is 34”), which is a finding of its own.
BESIDE_AGE = re.compile(r"(?:, |(?!(?:I|He|She|They|Who)\b)[A-Z][a-z]+ (?=(?:is|was|are|were) ))?")
BROAD_AGE = re.compile(r"age[d ]*(?:of )?(?:16|18|21|25|65)", re.I)
BEFORE_AGE = re.compile(
    r"\b(?:(?:between|from) \w+ (?:and|to)|between|from|under|over|below|above|until|by|minimum|or|to|the|reach|reaches|until the|working)\W{1,2}(?:the )?$",
    re.I,
)


def find(text):
    if any(letter.isdigit() for letter in text) or SAID_DAY:
        yield from _days(text)
    for pattern in (MONTH_YEAR, ONE_MONTH, FEAST, BARE_DAY):
        for match in pattern.finditer(text):
            yield Mark(*match.span(match.lastindex or 0), "MONTH", SMALL)
    for match in AGE.finditer(text):
        general = BROAD_AGE.fullmatch(match.group()) or BEFORE_AGE.search(
            text, max(0, match.start() - LOOKBACK), match.start()
        )
        if not general:
            yield Mark(match.start() + len(BESIDE_AGE.match(match.group()).group()), match.end(), "AGE", LOOK)


def _days(text):
    for match in EXACT.finditer(text):
        if _is_verb(match.group()):
            continue
        end = match.start() + len(match.group().rstrip(" .,\n\t-/"))
        born = SAID_BORN.search(text, max(0, match.start() - LOOKBACK), match.start())
        yield Mark(match.start(), end, "DOB" if born else "DATE", STOP if born else LOOK)
    for match in BORN_DIGITS.finditer(text):
        yield Mark(*match.span(1), "DOB", STOP)


def _is_verb(words):
    """“second may”, “12 may apply”, “mar 3”: small letters make a verb of a month."""
    month = SMALL_WORDS.search(words)
    return bool(month) and month.group().islower() and not re.search(r"\d(?:st|nd|rd|th)|\b(?:19|20)\d\d", words)
