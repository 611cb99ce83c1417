"""Small things that add up: three different kinds close together are raised, so that a person looks at them at once."""

from .findings import LOOK, SMALL

NEAR = 250  # characters; about three sentences
DIFFERENT = 3
# At least one of them must tell of a person: a month, a place and a council are only news.
OF_A_PERSON = frozenset({"AGE", "FAMILY", "TRAIT", "UNIQUE"})
ADDING_UP = OF_A_PERSON | {"PLACE", "MONTH", "DATE", "ORG", "POSTCODE", "ADDRESS"}


def raised(marks):
    """The same marks in the same order, the small ones among such company at level 2, and which these are."""
    company = set()
    counted = [at for at, mark in enumerate(marks) if mark.kind in ADDING_UP]
    first = 0
    for last, at in enumerate(counted):
        while marks[counted[first]].start < marks[at].end - NEAR and first < last:
            first += 1
        near = counted[first : last + 1]
        kinds = {marks[one].kind for one in near}
        if len(kinds) >= DIFFERENT and kinds & OF_A_PERSON:
            company.update(near)
    lifted = {at for at in company if marks[at].level == SMALL}
    return [mark._replace(level=LOOK) if at in lifted else mark for at, mark in enumerate(marks)], lifted
