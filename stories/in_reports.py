"""The newest live reports about a practice or a crossing, kept in the cache for a minute: alike for everybody.

Reports stand a floor above, so they are asked through the word that they are about."""

from design import near

MOST, SECONDS = 3, 60


def about_practice(practice):
    return _kept(f"in-reports:{practice.slug}", lambda: practice.reports.live())


def about_crossing(crossing):
    """About both of its services."""
    return _kept(f"in-reports:{crossing.slug}", lambda: crossing.a.reports.live().filter(boundaries=crossing.b))


def _kept(key, found):
    return near.get_or_set(
        key, lambda: list(found().order_by("-first_published_at").values("title", "slug")[:MOST]), SECONDS
    )
