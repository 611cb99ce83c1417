"""What the check says of a text, short enough for a table."""

from confidentiality.check import check


def said(text, kind=None):
    """[(the words, kind, level)] of all findings, or [(the words, level)] of one kind."""
    findings = [(text[one.start : one.end], one.kind, one.level) for one in check(text)]
    return findings if kind is None else [(words, level) for words, found, level in findings if found == kind]


def cases(text):
    """A table's cases, between bars and line ends."""
    return [case.strip() for line in text.strip().split("\n") for case in line.split("|") if case.strip()]
