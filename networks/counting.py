"""How introductions went, as numbers. Few are not told: a number of one is a person, and so is a number that goes up by
one on the day on which somebody was asked."""

from networks.models import WentCount

FEWEST = 5


def how_introductions_went():
    """(answer in words, number down to the last five, or None where fewer than five said so)."""
    counted = dict(WentCount.objects.values_list("answer", "number"))
    return [(label, _told(counted.get(answer, 0))) for answer, label in WentCount.Went.choices]


def _told(number):
    return number - number % FEWEST or None
