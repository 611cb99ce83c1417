"""26 texts made to be slow, heavy or dangerous, and short ones that a keyboard does not write.

hostile()       {what it is: 60,000 characters}
ODD             {what it is: a few characters, as bytes of a form}
"""

from urllib.parse import quote

LONG = 60_000
PIECES = {
    "digits": "1234567890",
    "digits and spaces": "07700 900 ",
    "almost a phone number": "+44 (0) 7700 90012-",
    "at signs": "@",
    "almost an address of a mailbox": "a.b-c@d.e-",
    "spaces": " ",
    "blank lines": "\n",
    "tabs and breaks": "\t\r\n",
    "opening brackets": "([{<",
    "quotes that never close": "“‘\"'",
    "faces": "\U0001f469\u200d\U0001f469\u200d\U0001f467\U0001f3fd",
    "piled accents": "Z" + "\u0300\u0335\u0321" * 20,
    "right to left": "\u202eשלום عربي\u2066",
    "no space at all": "abcdefghijklmnopqrstuvwxyz",
    "one letter": "a",
    "nested markup": "<div><b><a href=x>",
    "closing markup": "</textarea></form></body>",
    "script": "<script>alert(1)</script>",
    "entities": "&amp;&#60;&lt;",
    "markdown": "**[a](b)**\n- _x_ `",
    "addresses of pages": "https://example.org/a?b=c&d ",
    "almost a page's address": "http://a.b.c.",
    "names": "Van de Sarah O’Jones-Smith ",
    "almost a postcode or an account": "SW1A 1A GB12 ABCD 12-34- ",
    "days and ages": "1 January born 43 aged the only ",
    "template and query": "{{7*7}}{%x%} ' OR 1=1; -- ",
}


def hostile(length=LONG):
    return {name: (piece * (length // len(piece) + 1))[:length] for name, piece in PIECES.items()}


def _sent(text):
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


ODD = {
    "the sign that ends a text": "a%00b",
    "half a character": _sent("a\ud83db"),
    "bytes that are no text": "a%FF%FEb",
    "every control sign": _sent("".join(map(chr, range(1, 32))) + "\x7f\x80\x9f"),
    "turned reading direction": _sent("\u202eexe.gpj\u2066x\u2069\u061c"),
    "line separators": _sent("a\u2028b\u2029c\x85d\x0be"),
    "no sign at all": _sent("\ufeff\u200b\u2060\ufffe\uffff\U0010ffff"),
    "wide formula": _sent("＝1+1\t=2\r=3"),
}
