"""Teaches the tagger (`check/tagger.py`) from labelled text."""

import gzip
import random

from .check.lexicon import word_lists
from .check.tagger import LABELS, SCALE, Sentence
from .check.tokens import sentences

SEED = 7
ROUNDS = 6
MISSED = 1.0  # what overlooking a name costs more than a false alarm
KEPT = 3  # a feature whose weights all stay below this, in SCALEths, is left out
KNOWN_FIRST = 3
INVENTED = 0.35
QUIET, LOUD = 0.5, 0.2  # how many are learnt again without capitals, or in nothing else


def examples(texts, rng):
    """[(Sentence, [label])]: each sentence as it is, some again in small letters, some with other people's names."""
    words = word_lists()
    first = sorted(name for name, weight in words.first.items() if weight >= KNOWN_FIRST)
    last = sorted(words.surnames)
    for text, spans in texts:
        yield from _labelled(text, spans, words)
        people = [span for span in spans if span[2] == "PERSON"]
        if people and rng.random() < 0.5:
            yield from _labelled(*_renamed(text, spans, first, last, rng), words)
        if people:
            quiet = text.lower() if rng.random() < QUIET else text.upper() if rng.random() < LOUD else text
            if quiet != text and len(quiet) == len(text):
                yield from _labelled(quiet, spans, words)


def _renamed(text, spans, first, last, rng):
    """The same text about other people, so that contexts are learnt rather than who was in the news."""
    made, moved, at = "", [], 0
    for start, end, kind in sorted(spans):
        if start < at:
            continue
        made += text[at:start]
        name = text[start:end]
        if kind == "PERSON" and name[0].isupper():
            name = _name(name.count(" ") + 1, first, last, rng)
        moved.append((len(made), len(made) + len(name), kind))
        made += name
        at = end
    return made + text[at:], moved


def _name(parts, first, last, rng):
    """Some of them in no list: two halves of other names, as most people's names are in none."""

    def one(names):
        name = rng.choice(names)
        if rng.random() < INVENTED:
            other = rng.choice(names)
            name = name[: len(name) // 2 + 1] + other[len(other) // 2 :]
        return name.title()

    if parts == 1:
        return one(first if rng.random() < 0.5 else last)
    return " ".join([one(first), *(one(last) for _ in range(parts - 1))])


def _labelled(text, spans, words):
    for tokens in sentences(text):
        sentence = Sentence(tokens, words)
        if any(sentence.asked):
            yield sentence, [next((k for s, e, k in spans if s <= token.start < e), "") for token in tokens]


def train(texts, rounds=ROUNDS, say=print):
    """{feature: a whole number for each of LABELS}, the same for the same texts."""
    rng = random.Random(SEED)  # noqa: S311 (the same each time)
    lessons = list(examples(texts, rng))
    learner = _Learner()
    for number in range(1, rounds + 1):
        rng.shuffle(lessons)
        wrong = sum(learner.learn(sentence, labels, rng) for sentence, labels in lessons)
        say(f"round {number}: {wrong} wrong in {len(lessons)} sentences")
    return learner.averaged()


class _Learner:
    def __init__(self):
        self.weights, self.totals, self.stamps, self.step = {}, {}, {}, 0

    def learn(self, sentence, labels, rng):
        wrong, before, before_that = 0, "", ""
        for at, asked in enumerate(sentence.asked):
            given = ""
            if asked:
                self.step += 1
                features = sentence.features(at, before, before_that)
                scores = self._scores(features)
                given = LABELS[scores.index(max(scores))]
                truth = LABELS.index(labels[at])
                if truth:
                    scores[0] += MISSED
                guess = scores.index(max(scores))
                if guess != truth:
                    wrong += 1
                    self._move(features, truth, guess)
                if rng.random() < 0.5:
                    given = labels[at]  # half of the time it learns from its own mistakes
            before_that, before = before, given
        return wrong

    def _scores(self, features):
        scores = [0.0] * len(LABELS)
        for feature in features:
            found = self.weights.get(feature)
            if found:
                for kind in range(len(LABELS)):
                    scores[kind] += found[kind]
        return scores

    def _move(self, features, truth, guess):
        for feature in features:
            weight = self.weights.setdefault(feature, [0.0] * len(LABELS))
            total = self.totals.setdefault(feature, [0.0] * len(LABELS))
            passed = self.step - self.stamps.get(feature, self.step)
            for kind, value in enumerate(weight):
                total[kind] += passed * value
            self.stamps[feature] = self.step
            weight[truth] += 1
            weight[guess] -= 1

    def averaged(self):
        found = {}
        for feature, weight in self.weights.items():
            passed = self.step - self.stamps[feature]
            totals = self.totals[feature]
            numbers = [round(SCALE * (totals[k] + passed * weight[k]) / self.step) for k in range(len(LABELS))]
            if max(map(abs, numbers)) >= KEPT:
                found[feature] = numbers
        return found


def write(weights, path):
    lines = "".join("\t".join((feature, *map(str, numbers))) + "\n" for feature, numbers in sorted(weights.items()))
    with path.open("wb") as file, gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
        packed.write(lines.encode())
