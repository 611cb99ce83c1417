"""Could someone be recognised? The check of a text. No text leaves, none is changed, none is logged."""

from . import addresses, circumstances, dates, echoes, identifiers, names, phones, references, tagger, together
from .findings import Finding, explain, settle
from .lexicon import word_lists

__all__ = ["Finding", "check", "warm"]

SLICE = 20_000  # characters looked at in one go
OVERLAP = 1_000  # twice as long as any finding
RULES = (identifiers.find, phones.find, references.find, dates.find, addresses.find, circumstances.find, names.find)


def warm():
    """Read the word lists and the tagger's weights, which the first check would otherwise wait for."""
    word_lists()
    tagger.weights()


def check(text):
    """What in `text` could identify someone, in its order. The work grows with the text's length and no faster."""
    marks = settle(_marks(text), text)
    marks = settle([*marks, *echoes.find(text, marks)], text)
    marks, lifted = together.raised(marks)
    return [explain(mark, at in lifted) for at, mark in enumerate(marks)]


def _marks(text):
    """The rules' marks in overlapping slices. Each place belongs to one slice, which sees what is around it."""
    edge, step = OVERLAP // 2, SLICE - OVERLAP
    for begin in range(0, max(1, len(text) - OVERLAP), step):
        first = begin + edge if begin else 0
        last = begin + edge + step if begin + SLICE < len(text) else len(text)
        for rule in RULES:
            for mark in rule(text[begin : begin + SLICE]):
                if first <= mark.start + begin < last:
                    yield mark._replace(start=mark.start + begin, end=mark.end + begin)
