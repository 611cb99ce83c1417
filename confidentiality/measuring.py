"""How well the check does on labelled text: recall, precision, flags and time."""

import re
import time
from collections import defaultdict
from statistics import median, quantiles

from .check import check, warm
from .check.findings import LOOK

WORD = re.compile(r"\w+(?:['’-]\w+)*")
CHUNK = 1_000  # words timed together


def measure(texts):
    """`texts` as `labelled.read` gives them. A labelled stretch counts as found if a finding touches it."""
    warm()
    kinds = defaultdict(
        lambda: {"labelled": 0, "found": 0, "found_to_look_at": 0, "named": 0, "flagged": 0, "right": 0}
    )
    words = flags = looks = false_looks = 0
    for text, spans in texts:
        findings = check(text)
        words += len(WORD.findall(text))
        flags += len(findings)
        for start, end, kind in spans:
            touching = [finding for finding in findings if finding.start < end and start < finding.end]
            row = kinds[kind]
            row["labelled"] += 1
            row["found"] += bool(touching)
            row["found_to_look_at"] += any(finding.level >= LOOK for finding in touching)
            row["named"] += any(finding.kind == kind for finding in touching)
        for finding in findings:
            touched = [kind for start, end, kind in spans if start < finding.end and finding.start < end]
            kinds[finding.kind]["flagged"] += 1
            kinds[finding.kind]["right"] += finding.kind in touched
            looks += finding.level >= LOOK
            false_looks += finding.level >= LOOK and not touched
    thousands = max(words, 1) / 1_000
    return {
        "texts": len(texts),
        "words": words,
        "kinds": {kind: _shares(row) for kind, row in sorted(kinds.items())},
        "flags_per_1000_words": round(flags / thousands, 2),
        "looks_per_1000_words": round(looks / thousands, 2),
        "false_looks_per_1000_words": round(false_looks / thousands, 2),
        **_times([text for text, _ in texts]),
    }


def _shares(row):
    labelled, flagged = row["labelled"], row["flagged"]
    return {
        "labelled": labelled,
        "recall": round(row["found"] / labelled, 4) if labelled else None,
        "recall_to_look_at": round(row["found_to_look_at"] / labelled, 4) if labelled else None,
        "recall_of_kind": round(row["named"] / labelled, 4) if labelled else None,
        "flagged": flagged,
        "precision": round(row["right"] / flagged, 4) if flagged else None,
    }


def _times(texts):
    """CPU milliseconds for 1,000 words, over pieces of about so many words; short texts are put together."""
    pieces, piece, count = [], [], 0
    for text in texts:
        piece.append(text)
        count += len(WORD.findall(text))
        if count >= CHUNK:
            pieces.append(("\n".join(piece), count))
            piece, count = [], 0
    if piece and not pieces:
        pieces.append(("\n".join(piece), max(count, 1)))
    costs = []
    for text, count in pieces:
        begin = time.process_time()
        check(text)
        costs.append((time.process_time() - begin) * 1_000 * 1_000 / count)
    if not costs:
        return {"cpu_ms_p50": None, "cpu_ms_p95": None}
    return {"cpu_ms_p50": round(median(costs), 1), "cpu_ms_p95": round(quantiles(costs * 2, n=20)[-1], 1)}
