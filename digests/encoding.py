"""Quoted-printable (RFC 2045) for pieces that are encoded one by one and joined by SMTP as they are."""

import re
from binascii import b2a_qp

LONGEST = 76
SAFE = re.compile(r"[A-Za-z0-9_/-][A-Za-z0-9_/.-]{0,70}").fullmatch  # stands as it is


def quoted(text, *, joined=False):
    """Whole lines, ended as SMTP wants them, and none begins with a dot: it would be taken for the end of the mail.

    `joined`: what comes next goes on in the same line of the text.
    """
    if joined and SAFE(text):
        return text.encode() + b"=\r\n"
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    encoded = b2a_qp(plain.encode(errors="replace"), istext=True)
    if b"\n." in encoded or encoded.startswith(b"."):
        encoded = re.sub(rb"(?m)^\..*$", lambda line: without_dot(line[0]), encoded)
    if joined:
        lines, end, last = encoded.rpartition(b"\n")
        encoded = lines + end + (broken(last) if len(last) >= LONGEST else last) + b"=\n"
    elif encoded and not encoded.endswith(b"\n"):
        encoded += b"\n"
    return encoded.replace(b"\n", b"\r\n")


def without_dot(line):
    """The same line with its first dot spelt out; broken once more where that made it too long."""
    if not line.startswith(b"."):
        return line
    line = b"=2E" + line[1:]
    return line if len(line) <= LONGEST else broken(line)


def broken(line):
    """In two, and not inside a sign that is spelt out."""
    cut = LONGEST - 4
    while b"=" in line[cut - 2 : cut]:
        cut -= 1
    return line[:cut] + b"=\n" + without_dot(line[cut:])
