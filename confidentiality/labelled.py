"""Text that people have labelled, for training the check's tagger and for measuring the check."""

import json
from pathlib import Path

# What other collections call the kinds that we know; what is not here counts as nothing.
KINDS = {
    "PER": "PERSON",
    "person": "PERSON",
    "Person": "PERSON",
    "LOC": "PLACE",
    "location": "PLACE",
    "Location": "PLACE",
    "ORG": "ORG",
    "corporation": "ORG",
    "group": "ORG",
    "Organisation": "ORG",
}
TIGHT = frozenset(".,!?;:)%]'’")


def read(path):
    """[(text, [(start, end, kind)])] of a file of JSON lines or CoNLL columns, or of every such file in a folder."""
    path = Path(path)
    files = sorted(file for file in path.iterdir() if file.suffix in (".jsonl", ".conll")) if path.is_dir() else [path]
    return [one for file in files for one in (_json_lines(file) if file.suffix == ".jsonl" else _columns(file))]


def _json_lines(file):
    for line in file.read_text(encoding="utf8").splitlines():
        if line.strip():
            row = json.loads(line)
            yield row["text"], [tuple(span) for span in row["spans"]]


def _columns(file):
    """A word and its label on each line, an empty line after each text. Words are put together as people write them."""
    words, labels = [], []
    for line in [*file.read_text(encoding="utf8", errors="replace").split("\n"), ""]:
        parts = line.split("\t") if "\t" in line else line.split()
        if len(parts) > 1 and parts[0] and not line.startswith("-DOCSTART-"):
            words.append(parts[0])
            labels.append(parts[-1].strip())
        elif words:
            yield _together(words, labels)
            words, labels = [], []


def _together(words, labels):
    text, spans, open_kind = "", [], None
    for word, label in zip(words, labels, strict=True):
        if text and not (word[0] in TIGHT or word == "n't" or text[-1] in "([#@"):
            text += " "
        start = len(text)
        text += word
        kind = KINDS.get(label[2:])
        if kind and kind == open_kind and not label.startswith("B"):
            spans[-1] = (spans[-1][0], len(text), kind)
        elif kind:
            spans.append((start, len(text), kind))
        open_kind = kind
    return text, spans
