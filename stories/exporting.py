"""Published stories as rows of a table, for the programme team: as readers know them, never as who wrote them."""

from django.conf import settings

from members.sheets import guarded
from stories.models import Outcome, Story

CHUNK = 200

WORDS = (
    "title",
    "summary",
    "noticed",
    "flex",
    "tried",
    "who_with",
    "happened",
    "shift_thinking",
    "shift_behaviour",
    "shift_ground",
    "why_it_matters",
    "evidence_note",
    "surprise",
    "advice",
    "help_wanted",
    "content_note",
)
CHOICES = ("outcome", "lens", "evidence", "audience", "may_quote")


def _day(story):
    return f"{story.first_published_at:%Y-%m-%d}"


COLUMNS = {
    "address": lambda story: settings.SITE_URL + story.get_absolute_url(),
    "published": lambda story: f"{story.first_published_at:%Y}" if story.is_sensitive else _day(story),
    "teller": lambda story: story.teller,
    "place": lambda story: str(story.shown_place or ""),
    "period": lambda story: story.shown_period,
    "services": lambda story: "; ".join(boundary.name for boundary in story.boundary_list),
    "practices": lambda story: "; ".join(practice.name for practice in story.practices.all()),
    **{name: (lambda story, name=name: getattr(story, name)) for name in WORDS},
    **{name: (lambda story, name=name: getattr(story, f"get_{name}_display")()) for name in CHOICES},
    "outcome_now": lambda story: str(Outcome(story.outcome_now).label) if story.outcome_now else "",
    "nothing_shifted": lambda story: "yes" if story.nothing_shifted else "no",
    "open_data": lambda story: "yes" if story.open_data else "no",
    "retold_from": lambda story: story.source_url,
    "demo": lambda story: "yes" if story.demo else "no",
}


def stories_for(user):
    """What this member of staff may read as a reader: public and members' stories that are published."""
    return Story.objects.readable_by(user).beyond_one_group().newest_first().for_listing().prefetch_related("practices")


def rows(stories):
    """The head, then one row a story; fetched in chunks, each with a fixed number of queries."""
    yield list(COLUMNS)
    for story in stories.iterator(chunk_size=CHUNK):
        yield [guarded(column(story)) for column in COLUMNS.values()]
