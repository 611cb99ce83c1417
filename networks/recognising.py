"""By which words in what is said here somebody could be recognised."""

from dataclasses import dataclass

from confidentiality.check import check

STOP, LOOK = 3, 2  # the levels of a finding: stops sending until it is answered; look again
APART = "\n\n"


@dataclass(frozen=True)
class Found:
    text: str
    why: str
    instead: str


def words_in(texts, *, level):
    """Each word that was found at this level or above, once. The texts are looked at as one, so that a name given in
    one of them is found in the others."""
    whole = APART.join(text for text in texts if text)
    found = {}
    for finding in check(whole):
        if finding.level >= level:
            text = whole[finding.start : finding.end]
            found.setdefault(text.casefold(), Found(text, finding.why, finding.instead))
    return list(found.values())
