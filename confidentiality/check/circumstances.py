"""What points to somebody without naming them: being the only one, a family's make-up, origin, a court's words."""

import re

from .findings import LOOK, SMALL, Mark

NEAR = 250  # characters; about three sentences

_PERSON = (
    r"(?:wom[ae]n|m[ae]n|girl|boy|lad|lass|person|child|teenager|baby|mother|father|mum|dad|parent|sibling|nurse|doctor|gp|midwife|worker|officer|manager|family|couple|tenant|resident|"
    r"prisoner|inmate|teacher|pupil|student|refugee|asylum seeker|patient|survivor|victim|traveller|foster carer|carer|driver|councillor|headteacher|vicar|imam|priest|veteran|wheelchair user)"
)
UNIQUE = re.compile(
    rf"\bthe (?:only|sole|first(?:[ -]ever)?|last|youngest|oldest|tallest|very first|one and only) (?:[\w-]+ ){{0,3}}?{_PERSON}\b"
    r"|\b(?:the|a) (?:first|only) (?:known |recorded |ever )?case (?:of|in)\b"
    r"|\bthe local (?:MP|headteacher|head teacher|vicar|priest|imam|mayor|GP|midwife)\b"
    rf"|\bno other (?:[\w-]+ )?{_PERSON} in (?:the|our) (?:town|village|county|country|team|school|ward)\b",
    re.I,
)
# “The first person I met” and “the first officer to answer” tell of an order, not of somebody rare.
ORDER = re.compile(
    r"\bthe (?:first|last) (?:person|worker|officer|nurse|doctor|gp|family|tenant|resident|woman|man|patient|student|child)$",
    re.I,
)

_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_CHILD = r"(?:children|kids|sons|daughters|boys|girls|siblings|brothers|sisters|grandchildren|stepchildren|babies|under[- ]fives)"
FAMILY = re.compile(
    rf"\b(?:mother|mum|father|dad|parent|gran|grandmother|grandad|grandfather|carer)[ -]of[ -]{_NUMBER}\b"
    rf"|\b(?:her|his|their|my|with|has|had|and|of) {_NUMBER} (?:(?:young|small|little|grown-up|older|younger|adopted|teenage|disabled) )?{_CHILD}\b"
    r"|\b(?:twins?|triplets|quadruplets)\b(?! (?:room|bed|track|aim|town))"
    rf"|\b(?:youngest|eldest|oldest|middle|one) of {_NUMBER}\b"
    r"|\b(?:a|one|two|three) (?:sons?|daughters?) and (?:a|one|two|three|four) (?:sons?|daughters?)\b",
    re.I,
)
RARE = re.compile(
    r"\b(?:huntington['’]?s|motor neurone|mnd|cystic fibrosis|muscular dystrophy|duchenne|prader[ -]willi|sickle cell|haemophilia|batten disease|brittle bone|"
    r"fragile x|rett syndrome|angelman|tourette['’]?s?|foetal alcohol|fetal alcohol|locked[ -]in|conjoined|albinism|dwarfism|ehlers[ -]danlos|wilson['’]s disease|"
    r"rare (?:\w+ )?(?:disease|condition|disorder|cancer|syndrome|illness)|genetic (?:disease|condition|disorder)|transplant|quadriplegic|paraplegic|amputee|"
    r"murder(?:ed)?|manslaughter|drowned|house fire|stabbed|shot dead|acid attack|kidnapp?ed|trafficked|in the (?:news|papers)|on the news|crimewatch|front page)\b",
    re.I,
)
_TRAITS = (
    r"(?:somali|polish|romanian|nigerian|pakistani|bangladeshi|indian|chinese|vietnamese|albanian|iranian|iraqi|afghan|kurdish|syrian|eritrean|ethiopian|sudanese|ukrainian|russian|"
    r"lithuanian|latvian|bulgarian|portuguese|brazilian|jamaican|ghanaian|zimbabwean|congolese|turkish|arab|roma|romany|gypsy|traveller|black|asian|mixed[ -](?:race|heritage)|"
    r"muslim|sikh|hindu|jewish|christian|catholic|orthodox|transgender|trans|non-binary|gay|lesbian|bisexual|deaf|blind|disabled|autistic|hiv[ -]positive|pregnant|widowed|retired)"
)
TRAIT = re.compile(
    rf"\b(?:a|an|this|that|one|my|our|young|old|older|elderly) (?:[\w-]+ )?{_TRAITS} (?:\w+ )?{_PERSON}\b", re.I
)

# Between double or single marks; an apostrophe inside a word ends nothing.
QUOTE = re.compile(
    r"[“\"][^“”\"\n]{15,600}[”\"]|(?<!\w)['‘](?=\w)(?:[^'‘’\n]|(?<=\w)['’](?=\w)){15,600}(?<=[\w.,!?…])['’](?!\w)"
)
COURT = re.compile(
    r"\b(?:coroner|inquest|judge|magistrates?|crown court|court of protection|family court|sentencing|jury|prosecutor|barrister|tribunal|verdict|serious case review|"
    r"domestic homicide review|safeguarding adults? review|post[ -]mortem|newspaper|the (?:local )?paper|echo|gazette|headline)\b",
    re.I,
)
BEFORE, AFTER = 100, 60  # characters around a quotation


def find(text):
    for match in UNIQUE.finditer(text):
        yield Mark(*match.span(), "UNIQUE", SMALL if ORDER.search(match.group()) else LOOK)
    for match in TRAIT.finditer(text):
        yield Mark(*match.span(), "TRAIT", SMALL)
    yield from _families(text)
    for match in QUOTE.finditer(text):
        around = (
            text[max(0, match.start() - BEFORE) : match.start()],
            text[match.end() : match.end() + AFTER],
        )
        if any(COURT.search(side) for side in around):
            yield Mark(*match.span(), "QUOTE", LOOK)


def _families(text):
    """A family's make-up: small alone, to be looked at beside a rare condition or event."""
    rare = [match.start() for match in RARE.finditer(text)]
    at = 0
    for match in FAMILY.finditer(text):
        while at < len(rare) and rare[at] < match.start() - NEAR:
            at += 1
        near = at < len(rare) and rare[at] < match.end() + NEAR
        yield Mark(*match.span(), "FAMILY", LOOK if near else SMALL)
