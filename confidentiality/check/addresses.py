"""Postcodes, street addresses and what is written on a door."""

import re

from .findings import LOOK, SMALL, STOP, Mark, pointed_at
from .lexicon import word_lists
from .vocabulary import SMALL_WORDS, phrases, words

LOOKBACK = 30
AREAS = words(
    """AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
    FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN
    NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW
    UB W WA WC WD WF WN WR WS WV YO ZE BX"""
)
POSTCODE = re.compile(
    r"(?<![\w#-])(GIR ?0AA|([A-Z]{1,2})(\d[A-Z\d]?)[ \u00a0\t]{0,2}(\d)([ABD-HJLNP-UW-Z]{2}))(?!\w)", re.I
)
OUTWARD = re.compile(r"\b(?:postcode|area|in|around|near|from|to)\s+(([A-Z]{1,2})\d{1,2}[A-Z]?)\b(?!\s?\d)")
ORDINALS = words("st nd rd th")

SURE = "street|road|lane|avenue|crescent|terrace|gardens|grove|mews|boulevard"  # typed small, these are still streets
SHORT = "st|rd|ln|ave|av|cres|gdns|blvd|dr|sq|pl|ct"
SHORT_SURE = "rd|ln|ave|cres|gdns|blvd"
LOOSE = (
    "close|drives?|courts?|ways?|places?|hills?|squares?|rows?|walks?|parks?|greens?|rise|views?|parade|house|towers?|heights|mansions|wharf|quay|estates?|villas?|croft|fold|mount|"
    "path|cottages?|buildings|bank|brow|gate|yard|hall|lodge|vale|fields?|meadows?|orchard|common|circus|embankment|passage|end|side|point|alley|bridge|brooks?|causeway|circle|cliffs?|"
    "corners?|cove|creek|crest|crossing|dale|falls?|ferry|fords?|forest|forges?|forks?|fort|garden|gateway|glens?|groves|haven|highway|hollow|inlet|islands?|isle|junctions?|knolls?|"
    "lakes?|landing|lights|locks?|loop|mall|manors?|mills?|mission|motorway|mountains?|neck|oval|overpass|parkways?|pass|pike|pines?|plains?|plaza|points|ports?|prairie|ramp|ranch|"
    "rapids?|rest|ridges?|river|roads|route|rue|run|shoals?|shores?|skyway|springs?|spurs?|station|stravenue|streams?|streets|summit|throughway|trace|track|trafficway|trail|tunnel|"
    "turnpike|underpass|valleys?|via|viaduct|villages?|ville|vista|walls?|wells?|bypass|camp|canyon|cape|centers?|club|course|curve|dam|divide|expressway|extensions?|flats?|freeway|"
    "harbors?|harbours?|keys?|land|loaf|radial|branch|burgs?"
)
LEADING = re.compile(r"\b(?:at|to|from|of|on|lives?|lived|address|flat|is|was)\W{1,2}$", re.I)
SMALL_LOOSE = ["close", "drive", "court", "way"]
_DOOR = r"(?:(?:flat|apartment|apt\.?|unit|room|suite|studio|plot)\s?(?:\d{1,4}[a-z]?|[a-z]\d{0,3})\b,?\s{1,2}(?:[a-z][\w'’-]{1,20} (?:house|court|towers?|lodge|heights),?\s)?)?"
_FLAT = r"(?:flat|apartment|apt\.?|studio)\s?(?:\d{1,4}[a-z]?|[a-z]),?\s{1,2}"
_NUMBER = r"(?:no\.?\s?)?\d{1,5}\s?[a-z]?(?:\s?[-/–]\s?\d{1,4}[a-z]?)?,?\s{1,2}"
_NAMES = r"(?:[^\W\d_][\w'’.-]{0,25}\s){1,4}?"
ADDRESS = re.compile(
    rf"(?<![\w£$€.:/-])(?<!\d,)({_DOOR}{_NUMBER}|{_FLAT})({_NAMES})({SURE}|{SHORT}|{LOOSE})\b(?!['’]|\w)", re.I
)
TWO_WORDS = re.compile(
    r"(?<![\w£$€.,:/-])\d{1,4}[a-z]?,?\s(?:the (?:avenue|close|crescent|green|mall|parade|drive|grove|terrace|street|lane|square)|(?:the )?(?:high street|broadway|strand))\b(?= *(?:[,.\n]|in\b|$))",
    re.I,
)
ON_DOOR = re.compile(
    r"\b(?:flat|apartment|apt\.?|po box|p\.o\. box|cell|bedsit|pitch)\s(?:no\.?\s?|number\s)?(?:\d{1,5}[a-z]?|[A-Z]\d{0,3})\b(?!['’])",
    re.I,
)
STREET = re.compile(
    rf"\b(?:[A-Z][\w'’-]{{2,25}}\s|St\.?\s){{1,3}}(?:{'|'.join(word.title() for word in SURE.split('|'))}|Close|Rd|Ave|Estate)\b"
)
BEFORE_STREET = re.compile(r"^(?:The|Our|On|In|At|From|To|A|My|Their|His|Her) ")
NUMBER_OF = re.compile(
    r"\b(?:lives?|lived|living|moved|house|home|stay(?:s|ed|ing)?|door) (?:is |was )?(?:at|to|in) (?:number|no\.?) (\d{1,4}[a-z]?)\b",
    re.I,
)
HOUSE = re.compile(
    r"\b(?:[A-Z][\w'’-]{2,20} ){1,2}(?:Cottage|Farmhouse|Bungalow|Mansions|Tower|Towers|Court|House|Lodge|Heights)(?=, )"
)
TIMES = frozenset(
    [
        "hour",
        "hours",
        "minute",
        "minutes",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "people",
        "percent",
    ]
)
UNITS = words(
    """hour hours minute minutes min mins day days week weeks month months year years mile miles people person men
    women children times percent per metre metres degree million billion thousand hundred pounds beds units
    families households cases staff more new other out main am pm st nd rd th january february march april may
    june july august september october november december"""
)
# Streets that every town has.
AT_END = re.compile(
    r" ?(?:[,.;)\n]|$)| (?:that|and|in|on|with|which|but|where|when|near|is|was|because|so|then|who|from)\b"
)
EVERYWHERE = phrases("high street|main street|sesame street|wall street|downing street|coronation street|harley street")


PLAIN = ((TWO_WORDS, STOP), (ON_DOOR, LOOK), (HOUSE, LOOK), (NUMBER_OF, STOP))


def find(text):
    yield from _postcodes(text)
    for match in ADDRESS.finditer(text):
        if _is_address(match, word_lists()):
            yield Mark(*match.span(), "ADDRESS", STOP)
    yield from pointed_at(text, PLAIN, "ADDRESS")
    for match in STREET.finditer(text):
        named = BEFORE_STREET.sub("", match.group())
        if " " in named and named.lower() not in EVERYWHERE:
            yield Mark(match.end() - len(named), match.end(), "ADDRESS", LOOK)


def _postcodes(text):
    for match in POSTCODE.finditer(text):
        if _is_postcode(match):
            yield Mark(*match.span(), "POSTCODE", STOP)
    for match in OUTWARD.finditer(text):
        if match.group(2) in AREAS:
            yield Mark(*match.span(1), "POSTCODE", SMALL if len(match.group(1)) < 3 else LOOK)


def _is_postcode(match):
    whole, area, _district, _sector, unit = match.groups()
    if area is None:
        return True
    if area.upper() not in AREAS:
        return False
    small = whole != whole.upper()
    if small and unit.lower() in ORDINALS:
        return False  # “in m1 1st floor”
    return not small or whole == whole.lower() or " " not in whole or area[0].isupper()


def _is_address(match, words):
    """Number, name, kind of street. In small letters (“12 elm road”) no word between may be one that joins sentences."""
    door, names, kind = match.groups()
    between = names.replace(".", "").split()
    if any(word.lower() in SMALL_WORDS or word in UNITS or word.lower() in TIMES for word in between):
        return False
    if all(name[0].isupper() for name in between):
        return kind[0].isupper() or kind in SURE.split("|") or kind in SHORT.split("|")
    if len(between) > 2 and not door.lower().startswith(("flat", "apartment", "apt")):
        return False
    if kind.lower() in SURE.split("|") + SHORT_SURE.split("|"):
        return True
    ends = AT_END.match(match.string, match.end()) is not None
    strange = any(word.lower() not in words.common for word in between)
    if kind.lower() in SHORT.split("|"):
        return strange or (
            ends and LEADING.search(match.string[max(0, match.start() - LOOKBACK) : match.start()]) is not None
        )
    return kind.lower() in SMALL_LOOSE and (ends or strange)
