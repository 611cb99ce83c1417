"""Numbers of people that point at none of them.

Fewer than five are not told, and others only down to the last five: a number of one is a person, and so is a number
that goes up by one on the day on which somebody came.
"""

FEWEST = 5


def rounded(number: int) -> int | None:
    """Down to the last five; None where fewer than five are not told."""
    return number - number % FEWEST or None


def part_of(part: int, whole: int) -> int | None:
    """How many of these people did something: told only where at least five did, and at least five did not. That
    all of a few people did it would say it of each of them."""
    return rounded(part) if FEWEST <= part <= whole - FEWEST else None
