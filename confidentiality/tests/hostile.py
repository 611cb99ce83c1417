"""Texts made to be slow: each a piece that is repeated to any length."""

REPEATED = {
    "digits and spaces": "1 ",
    "zeros": "0",
    "spaces": " ",
    "capitals": "Aa ",
    "initials": "A. ",
    "at signs after letters": "a@",
    "dots": "a.",
    "only at signs": "@",
    "quotes": "'",
    "opening quotes": "“",
    "quotes that never end": " 'a",
    "quotes among apostrophes": " 'a'a",
    "hyphens": "a-",
    "flats": "Flat 1 ",
    "references": "ref no ",
    "births": "born 1 ",
    "dates": "1 January ",
    "colons": "a:",
    "hosts": "y.",
    "particles": "Van de ",
    "lines": "\n",
    "slashes": "///a.",
    "IBANs": "GB12 ABCD ",
    "sort codes": "12-",
    "postcodes": "SW1A 1A",
    "dashes": "-",
    "another script": "\u0627",
    "number words": "oh seven ",
    "names": "Sarah Jones ",
    "universities": "University of the ",
    "letters without end": "Ab",
    "accents that stand alone": "a\u0301",
    "faces": "\U0001f600",
    "shared names": "Women's Aid ",
    "only ones": "the only ",
    "families": "two sons and ",
}


def hostile(length):
    """{what it is: a text of `length` characters}"""
    return {name: (piece * (length // len(piece) + 1))[:length] for name, piece in REPEATED.items()}
