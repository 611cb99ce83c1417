"""What a report asks about stories, in SQL that is written once: only the keys differ from page to page.

Django writes a question anew each time it is asked, which took longer than answering it. What everybody may read is the
same question for all readers, so that one is kept; it comes from the same querysets as every other
(`readable_by`, `allowed`). What a row says is then told once for the same words (`told`).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, Case, CharField, F, IntegerField, OuterRef, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat

from members.models import User
from practices.models import Boundary, Place, Role
from stories.models import Quotation, Story
from stories.models.quoting import QUOTABLE, plain
from stories.models.telling import Telling

EVERYBODY = AnonymousUser()
BETWEEN = "\n"  # no name holds it
COLUMNS = (
    *("pk", "slug", "title", "summary", "audience", "live", "hidden_at", "byline", "blurred", "source_url", "demo"),
    *("sensitive_in_edit", "may_quote", "period_year", "period_part", "author__first_name", "author__last_name"),
    *("byline_role__name", "coauthor_names", "carried", "place__name", "place__kind"),
    *("place__parent__name", "place__parent__kind", "place__parent__parent__name", "place__parent__parent__kind"),
)
NAMES = tuple(name.replace("__", "_") for name in COLUMNS)


class Blank:
    """Stands in kept SQL where keys are put in."""


KEYS, SLUGS = Blank(), Blank()


@dataclass
class Quoted:
    """Words that their teller lets stand, and whether the live story still says them."""

    key: str
    words: str
    story_id: int
    still_said: bool
    story: object = None
    as_on: datetime | None = None


class Told(Telling):
    """A story as a report shows it, made of one row and nothing else: what was not asked for cannot be read from it.

    Shared by all who may read the same words: nobody may change it.
    """

    as_on = None
    boundary_list = ()
    get_absolute_url = Story.get_absolute_url

    def __init__(self, row):
        self.row = row
        said = dict(zip(NAMES, row, strict=True))
        self.__dict__.update(said)
        name = said["author_first_name"]
        self.author = None if name is None else User(first_name=name, last_name=said["author_last_name"])
        self.place = place_of(said, "place_")
        self.byline_role = Role(name=said["byline_role_name"]) if said["byline_role_name"] else None
        self.boundary_list = sorted(map(boundary, said["carried"]), key=lambda one: one.name)

    def get_period_part_display(self):
        return dict(Story._meta.get_field("period_part").flatchoices).get(self.period_part, self.period_part)

    @property
    def words(self):
        """All that anything here is drawn from."""
        return self.row, self.title, self.summary, str(self.as_on or "")


def place_of(said, prefix):
    name = said.get(f"{prefix}name")
    return Place(name=name, kind=said[f"{prefix}kind"], parent=place_of(said, f"{prefix}parent_")) if name else None


def boundary(line):
    name, family, sensitive = line.split(BETWEEN)
    return Boundary(name=name, family=family, sensitive=sensitive == "true")


@lru_cache(maxsize=1000)
def told(row):
    return Told(row)


def stories(reader, keys, slugs):
    """{key: story} of those that this reader may read now.

    What everybody reads is asked first, by the kept question; only what is missing then is asked as this reader.
    Nothing is lost: what visitors read is parted from no member, for no block stands before it.
    """
    keys, slugs = list(keys), list(slugs)
    if not (keys or slugs):
        return {}
    found = {row[0]: told(row) for row in answers(*for_everybody(), {KEYS: keys, SLUGS: slugs})}
    keys = [key for key in keys if key not in found]
    slugs = sorted(set(slugs) - {story.slug for story in found.values()})
    if (keys or slugs) and reader.is_authenticated:
        rows = cards(Story.objects.readable_by(reader), keys, slugs)
        found |= {row[0]: told(row) for row in map(whole, rows)}
    return found


def cards(readable, keys, slugs):
    """One row for each story; what is in it is in `COLUMNS`."""
    wanted = '"stories_story"."id" = ANY(%s) OR "stories_story"."slug" = ANY(%s)'
    sensitive = Cast("tag__sensitive", CharField())
    line = Concat("tag__name", Value(BETWEEN), "tag__family", Value(BETWEEN), sensitive, output_field=TextField())
    carried = Story.boundaries.through.objects.filter(content_object=OuterRef("pk")).values_list(line)
    found = readable.filter(RawSQL(wanted, [keys, slugs], output_field=BooleanField()))  # noqa: S611 (names of ours)
    return found.with_names().annotate(carried=ArraySubquery(carried)).values_list(*COLUMNS)


@cache
def for_everybody():
    return cards(Story.objects.readable_by(EVERYBODY), KEYS, SLUGS).query.sql_with_params()


def quotations(keys):
    """{key: Quoted} of those that their tellers let stand."""
    if not keys:
        return {}
    rows = answers(*of_quotations(), {KEYS: list(keys)})
    return {key: Quoted(key, words, story, words in plain(said)) for key, words, story, said in rows}


@cache
def of_quotations():
    wanted = RawSQL('"stories_quotation"."key" = ANY(%s)', [KEYS], output_field=BooleanField())  # noqa: S611 (as above)
    said = Case(
        *(When(field=name, then=F(f"story__{name}")) for name, _ in QUOTABLE),
        default=Value(""),
        output_field=TextField(),
    )
    found = Quotation.objects.allowed().filter(wanted)
    return found.values_list("key", "words", "story_id", said).query.sql_with_params()


@lru_cache(maxsize=500)
def of_lists(asked):
    """The question for all live lists of a page; `asked`: of each its services, practice, outcome and length."""
    first, *rest = [_listed(number, *one) for number, one in enumerate(asked)]
    return (first.union(*rest, all=True) if rest else first).query.sql_with_params()


def _listed(number, boundaries, practice, outcome, count):
    found = Story.objects.public().touching(*boundaries)
    if practice:
        found = found.filter(practices__slug=practice)
    if outcome:
        found = found.filter(outcome=outcome)
    numbered = found.annotate(number=Value(number, output_field=IntegerField()))
    return numbered.newest_first().values_list("number", "pk", "first_published_at")[:count]


def answers(sql, params, given=None):
    given = given or {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [given[one] if isinstance(one, Blank) else one for one in params])
        return [whole(row) for row in cursor.fetchall()]


def whole(row):
    """With tuples for lists, so that it can be found by."""
    return tuple(tuple(value) if isinstance(value, list) else value for value in row)
