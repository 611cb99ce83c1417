"""A small averaged perceptron: is this word part of a person's name, a place's or an organisation's?

Only words with a capital, and small ones that no dictionary has, are asked about. `manage.py train_tagger` makes
the weights.
"""

import gzip
from functools import lru_cache
from pathlib import Path

from .lexicon import word_lists
from .vocabulary import (
    CALENDAR,
    CALLING,
    GREETING,
    ORG_ENDS,
    PARTICLES,
    PEOPLE,
    PEOPLES,
    PLACE_ENDS,
    TITLES,
    VERBS,
    WEAK_ORG_ENDS,
)

LABELS = ("", "PERSON", "PLACE", "ORG")
WEIGHTS = Path(__file__).parent / "tagger.tsv.gz"
SCALE = 20  # weights are kept as whole numbers
# What a miss costs beside a false alarm: a person reads every finding and can wave it away.
CAUTION = 2.0
QUIET_CAUTION = 3.0  # as much again for a word without a capital
VOCABULARY = {
    "o": ORG_ENDS,
    "e": WEAK_ORG_ENDS,
    "t": TITLES,
    "c": CALENDAR,
    "r": PEOPLE,
    "v": VERBS,
    "n": CALLING,
    "g": GREETING,
    "j": PEOPLES,
    "a": PARTICLES,
    "d": PLACE_ENDS,
}
LETTERS = {
    word: "".join(letter for letter, vocabulary in VOCABULARY.items() if word in vocabulary)
    for word in frozenset().union(*VOCABULARY.values())
}


def shape(word):
    if word.isupper():
        return "X" if len(word) == 1 else "XX"
    if word[0].isupper():
        return "Xx" if word[1:].islower() else "XxX"
    return "x" if word[0].islower() else "d" if word.isdigit() else word


def known_as(low, words):
    """What the word lists know of a word, as a short key."""
    weight = words.first.get(low, 0)
    key = "F" if weight >= 6 else "f" if weight >= 3 else "i" if weight else "-"
    key += "w" if low in words.common else "u" if low in words.words else "-"
    key += "s" if low in words.surnames else "-"
    key += "p" if low in words.proper else "-"
    key += "L" if low in words.places else "l" if low in words.world else "-"
    return key + LETTERS.get(low, "")


def is_asked(token, words):
    """Whether the tagger gives its opinion: a small word only if it could be nothing but a name."""
    if not token.word:
        return False
    if token.capital:
        return True
    low = token.low
    return len(low) > 2 and (low not in words.words or words.first.get(low, 0) >= 6)


def _loudness(tokens):
    """Whether capitals tell anything here: "2" shouted, "1" each word with a capital, "s" all small, "" as usual."""
    written = [token.text for token in tokens if token.word]
    if len(written) < 4:
        return ""
    if sum(word.isupper() for word in written) > 0.6 * len(written):
        return "2"
    capitals = sum(word[0].isupper() for word in written)
    return "1" if capitals > 0.7 * len(written) else "s" if not capitals else ""


class Sentence:
    """A sentence's tokens with all that is asked about them more than once."""

    def __init__(self, tokens, words):
        self.tokens = tokens
        self.asked = [is_asked(token, words) for token in tokens]
        if any(self.asked):
            edge = ["<", "<"], [">", ">"]
            self.low = edge[0] + [token.low for token in tokens] + edge[1]
            self.known = (
                edge[0] + [known_as(token.low, words) if token.word else token.text for token in tokens] + edge[1]
            )
            self.shape = edge[0] + [shape(token.text) for token in tokens] + edge[1]
            self.loud = _loudness(tokens)

    def features(self, at, before, before_that):
        """Of the token `at`; `before` and `before_that` are the labels given to the two words in front of it."""
        low, known, shapes, i = self.low, self.known, self.shape, at + 2
        word, left, right, key = low[i], low[i - 1], low[i + 1], known[i]
        opens = "1" if self.tokens[at].opens else "0"
        return (
            "b",
            "w" + word,
            "p" + left,
            "n" + right,
            "q" + low[i - 2] + " " + left,
            "m" + right + " " + low[i + 2],
            "3" + word[-3:],
            "2" + word[-2:],
            "4" + word[:3],
            "k" + key,
            "K" + known[i - 1] + " " + key,
            "N" + key + " " + known[i + 1],
            "R" + known[i + 1],
            "L" + known[i - 1],
            "A" + known[i + 2],
            "t" + before,
            "T" + before_that + before,
            "B" + before + key,
            "s" + shapes[i - 1] + shapes[i] + shapes[i + 1],
            "o" + opens + key,
            "l" + self.loud + key[:2] + shapes[i],
            "P" + left + key,
            "Q" + right + key,
            "S" + shapes[i] + key,
            "o2" + opens + right,
            "W" + word + before,
        )


@lru_cache(maxsize=2)
def weights(path=WEIGHTS):
    """{feature: a number for each of LABELS}. Many features weigh alike: what is equal is held once."""
    found, alike = {}, {}
    with gzip.open(path, "rt", encoding="utf8") as file:
        for line in file:
            feature, *numbers = line.rstrip("\n").split("\t")
            given = tuple(alike.setdefault(number, int(number) / SCALE) for number in numbers)
            found[feature] = alike.setdefault(given, given)
    return found


def label(tokens, caution=CAUTION, trained=None):
    """One of LABELS for each token."""
    trained = weights() if trained is None else trained
    sentence = Sentence(tokens, word_lists())
    labels = [""] * len(tokens)
    if not any(sentence.asked):
        return labels
    before = before_that = ""
    for at, asked in enumerate(sentence.asked):
        given = ""
        if asked:
            nobody = -caution if tokens[at].capital else -caution - QUIET_CAUTION
            person = place = organisation = 0.0
            for feature in sentence.features(at, before, before_that):
                if feature in trained:
                    a, b, c, d = trained[feature]
                    nobody, person, place, organisation = nobody + a, person + b, place + c, organisation + d
            scores = (nobody, person, place, organisation)
            given = LABELS[scores.index(max(scores))]
        labels[at] = given
        before_that, before = before, given
    return labels
