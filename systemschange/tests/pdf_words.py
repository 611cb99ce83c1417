"""The words of a PDF, as whoever copies them out of it gets them."""

import re
from io import BytesIO

import pikepdf

ONE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def words_of(data):
    """The text of all pages in one line, in the order in which it is drawn."""
    with pikepdf.open(BytesIO(data)) as document:
        return " ".join("".join(drawn(page)) for page in document.pages)


def drawn(page):
    signs = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            signs = signs_of(page.resources.Font[str(operands[0])])
        elif str(operator) in {"Tj", "TJ"}:
            pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    code = bytes(piece)
                    yield "".join(signs.get(code[at : at + 2], "") for at in range(0, len(code), 2))
        elif str(operator) in {"Td", "TD", "T*", "Tm"}:
            yield " "


def signs_of(font):
    """{two bytes: what they stand for}, from the font's own table."""
    table = font.ToUnicode.read_bytes()
    signs = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.S):
        signs |= {bytes.fromhex(code.decode()): text(sign) for code, sign in ONE.findall(part)}
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, sign in RANGE.findall(part):
            start = int(sign, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                signs[(int(first, 16) + step).to_bytes(2, "big")] = chr(start + step)
    return signs


def text(sign):
    return bytes.fromhex(sign.decode()).decode("utf-16-be")
