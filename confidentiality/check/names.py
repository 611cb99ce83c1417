"""People, places and organisations by name: the tagger's word, and rules where the word lists know better."""

import re

from . import quiet_names, tagger
from .findings import LOOK, SMALL, STOP, Mark, pointed_at
from .lexicon import word_lists
from .name_guesses import guesses
from .name_rules import KNOWN, RULES, is_everybodys
from .runs import Run, is_shouted, runs
from .tokens import sentences
from .vocabulary import SHARED_NAMES

KNOWN_AS = re.compile(
    r"\b(?:known (?:to \w+ |locally )?as|aka|a\.k\.a\.|goes by|went by|nickname(?:d| is| was)|street name)\s"
    r"[“\"'‘]?([A-Z][\w'’-]+)"
)
NUMBERED_OFFICER = re.compile(r"\b(?:PC|PCSO|WPC|DC|PS|DS|Sgt) \d{2,6} ([A-Z][\w'’-]+)")
_LETTERS = r"[\u0370-\u1cff\u2e80-\ud7ff\uf900-\ufdff\ufe70-\ufeff]"  # Greek and further; Latin is before
OTHER_SCRIPT = re.compile(rf"{_LETTERS}+(?: {_LETTERS}+)?(?: {_LETTERS}+)?")
SHARED = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, SHARED_NAMES))).replace("'", "['’]") + r")(?!\w)", re.I)
INTRODUCED = ((KNOWN_AS, LOOK), (NUMBERED_OFFICER, STOP), (OTHER_SCRIPT, SMALL))
RUN_TOGETHER = re.compile(r"#?\b([A-Z][a-z]{2,20})[A-Z][a-z]{2,20}\b")  # “#SarahJones”


def find(text):
    shared = bytearray(len(text))
    for match in SHARED.finditer(text):
        shared[match.start() : match.end()] = b"\1" * len(match.group())
    for mark in _named(text):
        if not (shared[mark.start] and shared[mark.end - 1]):
            yield mark


def _named(text):
    lists = word_lists()
    whole = list(sentences(text))
    typed_small = {token.low for tokens in whole for token in tokens if token.word and not token.capital}
    for tokens in whole:
        labels = tagger.label(tokens)
        shouted = is_shouted(tokens)
        for start, end in runs(tokens, lists, shouted):
            run = Run(tokens, labels, start, end, lists, shouted)
            if len(run) > 1 or run.first not in typed_small or lists.weight(run.first):
                yield from _marks(run)
        yield from quiet_names.find(tokens, labels, lists)
    yield from pointed_at(text, INTRODUCED, "PERSON")
    for match in RUN_TOGETHER.finditer(text):
        if lists.weight(match.group(1).lower()) >= KNOWN and match.group(1).lower() not in lists.words:
            yield Mark(*match.span(), "PERSON", LOOK)


def _marks(run):
    """At most a few marks: the first rule that answers decides, the tagger where none does."""
    if is_everybodys(run):
        return
    for rule in RULES:
        mark = rule(run)
        if mark is not None:
            yield mark
            return
    yield from guesses(run)
