"""Where no rule is sure: the tagger's word; without one, what no dictionary knows may be a name."""

import re

from .findings import LOOK, SMALL, STOP
from .vocabulary import DOING_TO, EVERYBODYS, IN_PLACES, ORG_ENDS, PLACE_ENDS, VERBS, WEAK_ORG_ENDS, words

ADJECTIVES = ("ian", "ish", "ese", "ism", "ist", "ists", "ians")
PRODUCT = re.compile(r"^(?!Mc|Mac|De|Di|Du|La|Le|Van|Fitz|[A-Z]['’-])[A-Z][a-z]*[A-Z]|-[A-Z]$")  # “WeasyPrint”
DONE_TO = DOING_TO - {"for", "and", "by", "from", "about"}
NO_SURNAMES = ORG_ENDS | WEAK_ORG_ENDS | PLACE_ENDS
DETERMINERS = words("the a an our your their his her its my this that each every any some no and or of for &")
SHORTEST = 3  # letters of a word that may be a name


def guesses(run):
    said = list(_labelled(run))
    if said:
        yield from said
    else:
        strange = [word for word in run.low if _is_strange(run, word)]
        if strange and not all(word.endswith(ADJECTIVES) for word in strange):
            yield _guess(run)
        elif not strange and (_is_surname_here(run) or _stands_out(run)):
            yield run.mark("PERSON", SMALL)


def _labelled(run):
    """A mark for each stretch of words with the same label."""
    start = 0
    for at in range(1, len(run) + 1):
        if at == len(run) or run.labels[at] != run.labels[start]:
            kind, phrase = run.labels[start], " ".join(run.low[start:at])
            if kind == "PLACE" and at - start == 1 and _is_rather_somebody(run, phrase):
                kind = "PERSON"
            if kind and len(phrase) > 1 and phrase not in EVERYBODYS:
                yield run.mark(kind, _level(run, kind, start, at), start, at)
            start = at


def _level(run, kind, start, end):
    named = run.low[start:end]
    plain = all(run.is_ordinary(word) for word in named)
    known = any(word in run.lists.first for word in named)
    if kind != "PERSON" or (plain and not known) or _is_made_up(run, start, end):
        return SMALL
    return STOP if end - start > 1 and known and not plain else LOOK


def _is_rather_somebody(run, word):
    """No list of places has it, and nothing says “in” before it."""
    surname = run.lists.is_surname(word)
    listed = word in run.lists.places or (word in run.lists.world and not surname)
    if listed or run.before in IN_PLACES or run.is_ordinary(word):
        return False
    return surname or word not in run.lists.proper


def _is_made_up(run, start, end):
    """A product or an abbreviation: “WeasyPrint”, “LCSB”."""
    written = [token.text for token in run.tokens[start:end]]
    loud = not run.shouted and all(text.isupper() for text in written)
    return loud or PRODUCT.search(written[0]) is not None


def _is_strange(run, word):
    return len(word) >= SHORTEST and not run.is_ordinary(word) and word not in run.lists.proper


def _is_surname_here(run):
    """“Gosling” or “He sent Burns”: a word, but also a surname, with a capital in the middle of a sentence."""
    if len(run) > 1 or run.opens or run.shouted or run.text.isupper() or run.first in NO_SURNAMES | EVERYBODYS:
        return False
    rare = run.first not in run.lists.common
    return run.lists.is_surname(run.first) and (rare or (run.before not in DETERMINERS and run.before.isalpha()))


def _stands_out(run):
    """“i saw Sparkle again today”"""
    return run.stands_out and len(run) == 1 and not (run.opens or run.shouted or run.text.isupper())


def _guess(run):
    if run.before in IN_PLACES:
        return run.mark("PLACE", SMALL)
    if run.text.isupper():
        return run.mark("PERSON" if run.shouted else "ORG", SMALL)
    acts = run.after in VERBS or run.after.endswith("ed") or run.before in DONE_TO or run.last in run.lists.surnames
    sure = acts and len(run) < 3 and not _is_made_up(run, 0, len(run))
    return run.mark("PERSON", LOOK if sure else SMALL)
