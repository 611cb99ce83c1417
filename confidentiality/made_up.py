"""Made-up sentences with identifiers and with what only looks like them: the check measured without data.

Phone numbers are those that Ofcom keeps for stories; names come from the word lists, numbers from the seed.
"""

import random
from functools import lru_cache

from .check.lexicon import word_lists

WELL_KNOWN = 6
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
STREETS = (
    "Elm Road",
    "Station Street",
    "Mill Lane",
    "Victoria Avenue",
    "Park Crescent",
    "Chapel Close",
    "Queens Drive",
    "Orchard Way",
)
PLATE_LETTERS, UNIT_LETTERS = "ABCDEFGHJKLMNOPRSTUVWXY", "ABDEFGHJLNPQRSTUWXYZ"
AREAS = ("LS", "M", "SE", "NE", "B", "CF", "EH", "BT", "SW", "N", "BD", "PL")

FRAMES = (
    "My client said: {}. I wrote it down after the visit.",
    "We had {} on the form, and nobody asked why.",
    "it was {} that they gave me, so i rang the housing team",
    "After the meeting ({}) the worker went back to the hostel.",
    "The note on the file was {} and it stayed there for weeks.",
)
DECOYS = (
    "We saw 14 people in 2019/20 and 21 in 2020-21, which was 30% more.",
    "The budget of £1,250,000 covers 12 beds at 24 hours a day.",
    "Section 117 and paragraph 1.2.3 of the guidance say so.",
    "Call 999 or the Samaritans on 116 123 at any time.",
    "People aged 16 to 25 wait 12 weeks, those over 65 wait 6.",
    "In May we may start again; we met 3 times in 10 days.",
    "It took 2 buses, 45 minutes and 3 forms to get 1 answer.",
    "The crisis team, the council and adult social care met weekly.",
    "NHS 111 sent us to A&E, then to the GP, then to Housing Options.",
    "Our rota is 7 days on, 3 days off, from 9.30 to 17.00.",
)


def texts(count, seed):
    """[(text, [(start, end, kind)])]: two in three with an identifier, the others with a decoy."""
    rng = random.Random(seed)  # noqa: S311 (the same each time)
    return [_with_identifier(rng) if rng.random() < 0.67 else (_decoy(rng), []) for _ in range(count)]


def _with_identifier(rng):
    kind, make = rng.choice(MAKERS)
    before, after = rng.choice(FRAMES).split("{}")
    lead, value = make(rng)
    start = len(before) + len(lead)
    return before + lead + value + after, [(start, start + len(value), kind)]


def _decoy(rng):
    wrong = rng.choice((_wrong_nhs_number, _wrong_card, lambda rng: rng.choice(DECOYS), lambda rng: rng.choice(DECOYS)))
    return wrong(rng)


def _digits(rng, count):
    return "".join(rng.choice("0123456789") for _ in range(count))


def _spaced(rng, parts, gaps=(" ", "", "-")):
    return rng.choice(gaps).join(parts)


def _phone(rng):
    area, local = rng.choice(
        (("07700", "900" + _digits(rng, 3)), ("0161", "496 0" + _digits(rng, 3)), ("01632", "960" + _digits(rng, 3)))
    )
    shapes = (
        "{0} {1}",
        "{0}{1}",
        "({0}) {1}",
        "+44 {2} {1}",
        "+44(0){2} {1}",
        "0044{2}{1}",
        "{0}-{1}",
        "{0}.{1}",
        "{0}/{1}",
    )
    return rng.choice(("", "ring ", "mob ")), rng.choice(shapes).format(area, local, area[1:])


def _email(rng):
    name, host = rng.choice(_names()), rng.choice(("example.org", "mail.example.co.uk"))
    shapes = ("{0}.smith@{1}", "{0}{2}@{1}", "{0} at example dot org", "{0}_{2}@{1}", "{0}@{1}")
    return "", rng.choice(shapes).format(name, host, _digits(rng, 2))


def _nhs_digits(rng):
    while True:
        body = _digits(rng, 9)
        check = (11 - sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11) % 11
        if check < 10 and len(set(body)) > 1:
            return body, check


def _nhs_number(rng):
    body, check = _nhs_digits(rng)
    number = f"{body}{check}"
    return rng.choice(("", "NHS no ", "NHS number: ")), _spaced(rng, (number[:3], number[3:6], number[6:]))


def _wrong_nhs_number(rng):
    body, check = _nhs_digits(rng)
    return f"The order {body[:3]} {body[3:6]} {body[6:]}{(check + 1 + int(rng.random() * 8)) % 10} has not come."


def _nino(rng):
    letters = rng.choice("ABCEGHJKLMNOPRSTWXYZ") + rng.choice("ABCEGHJKLMPRSTWXYZ")
    letters = "AB" if letters in ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ") else letters
    number = _spaced(rng, (letters, _digits(rng, 2), _digits(rng, 2), _digits(rng, 2), rng.choice("ABCD")), (" ", ""))
    return "", number.lower() if rng.random() < 0.2 else number


def _postcode(rng):
    outward = rng.choice(AREAS) + str(rng.randint(1, 19))
    inward = rng.choice("123456789") + rng.choice(UNIT_LETTERS) + rng.choice(UNIT_LETTERS)
    postcode = outward + rng.choice((" ", "")) + inward
    return "", postcode.lower() if rng.random() < 0.2 and inward[1:] not in ("ST", "ND", "RD", "TH") else postcode


def _vehicle(rng):
    first, last = ("".join(rng.choice(PLATE_LETTERS) for _ in range(count)) for count in (2, 3))
    year = rng.choice(("0", "1", "5", "6")) + rng.choice("123456789")
    return rng.choice(("", "reg ", "a car, ")), f"{first}{year}{rng.choice((' ', ''))}{last}"


def _luhn_digit(body):
    total = sum(sum(divmod(int(digit) * (2 - at % 2), 10)) for at, digit in enumerate(reversed(body)))
    return str(-total % 10)


def _bank(rng):
    if rng.random() < 0.5:
        body = "4" + _digits(rng, 14)
        card = body + _luhn_digit(body)
        return "card ", _spaced(rng, (card[:4], card[4:8], card[8:12], card[12:]))
    number = "WEST" + _digits(rng, 14)
    rest = int("".join(str(int(letter, 36)) for letter in number + "GB00")) % 97
    iban = f"GB{98 - rest:02}{number}"
    return "", _spaced(rng, [iban[at : at + 4] for at in range(0, 22, 4)], (" ", ""))


def _wrong_card(rng):
    body = "4" + _digits(rng, 14)
    wrong = str((int(_luhn_digit(body)) + 5) % 10)
    number = body + wrong
    return f"Batch {number[:4]} {number[4:8]} {number[8:12]} {number[12:]} came on the van."


def _date(rng):
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1950, 2024)
    name = MONTHS[month - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day if day in (1, 2, 3) else day % 10 if day > 20 else 0, "th")
    shapes = (
        "{d}/{m}/{y}",
        "{d:02}.{m:02}.{y}",
        "{d} {n} {y}",
        "{d}{e} of {n}",
        "{n} {d}, {y}",
        "{y}-{m:02}-{d:02}",
        "{d}{e} {s} {y}",
    )
    return "", rng.choice(shapes).format(d=day, m=month, y=year, n=name, s=name[:3], e=ending)


def _address(rng):
    street = f"{rng.randint(1, 180)}{rng.choice(('', '', 'a'))} {rng.choice(STREETS)}"
    address = rng.choice(("", f"Flat {rng.randint(1, 30)}, ")) + street
    return "", address.lower() if rng.random() < 0.2 and not address.endswith("Way") else address


def _reference(rng):
    lead = rng.choice(("case number ", "crime ref ", "tenancy no. ", "prison number "))
    return lead, rng.choice(("A{}BC".format, "HO/{}/24".format, "CRI{}77".format))(_digits(rng, 4))


@lru_cache(maxsize=1)
def _names():
    words = word_lists()
    return sorted(
        name
        for name, weight in words.first.items()
        if weight >= WELL_KNOWN and name not in words.words and name.isascii()
    )


def _person(rng):
    last = rng.choice(("Okafor", "Hughes", "Ahmed", "O'Neill", "Kowalski", "Begum", "Jones", "Smith-Brown"))
    return rng.choice(("", "my client ", "a lad called ")), f"{rng.choice(_names()).title()} {last}"


MAKERS = (
    ("PHONE", _phone),
    ("EMAIL", _email),
    ("NHS_NUMBER", _nhs_number),
    ("NINO", _nino),
    ("POSTCODE", _postcode),
    ("VEHICLE", _vehicle),
    ("BANK", _bank),
    ("DATE", _date),
    ("ADDRESS", _address),
    ("REFERENCE", _reference),
    ("PERSON", _person),
)
