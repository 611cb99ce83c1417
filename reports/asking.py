"""What a report asks about stories: one question for all cards, one for all words, one for all lists of a page.

What a row says is told once for the same words (`told`).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, F, IntegerField, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat

from design.compiled import compiled
from design.many import Many
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

    What everybody reads is asked first; only what is missing then is asked as this reader, so that readers share what
    is told. Nothing is lost: what visitors read is parted from no member, for no block stands before it.
    """
    keys, slugs = list(keys), list(slugs)
    if not (keys or slugs):
        return {}
    found = _told(_cards(EVERYBODY, Many(int, keys), Many(str, slugs)))
    keys = [key for key in keys if key not in found]
    slugs = sorted(set(slugs) - {story.slug for story in found.values()})
    if (keys or slugs) and reader.is_authenticated:
        found |= _told(_cards(reader, Many(int, keys), Many(str, slugs)))
    return found


def _told(rows):
    return {row[0]: told(row) for row in map(whole, rows)}


@compiled
def _cards(reader, keys, slugs):
    """One row for each story; what is in it is in `COLUMNS`."""
    sensitive = Cast("tag__sensitive", CharField())
    line = Concat("tag__name", Value(BETWEEN), "tag__family", Value(BETWEEN), sensitive, output_field=TextField())
    carried = Story.boundaries.through.objects.filter(content_object=OuterRef("pk")).values_list(line)
    found = Story.objects.readable_by(reader).filter(Q(pk__among=keys) | Q(slug__among=slugs))
    return found.with_names().annotate(carried=ArraySubquery(carried)).values_list(*COLUMNS)


def quotations(keys):
    """{key: Quoted} of those that their tellers let stand."""
    rows = _quotations(Many(str, keys)) if keys else []
    return {key: Quoted(key, words, story, words in plain(said)) for key, words, story, said in rows}


@compiled
def _quotations(keys):
    said = Case(
        *(When(field=name, then=F(f"story__{name}")) for name, _ in QUOTABLE),
        default=Value(""),
        output_field=TextField(),
    )
    return Quotation.objects.allowed().filter(key__among=keys).values_list("key", "words", "story_id", said)


@compiled
def listed(*, asked):
    """(number of the list, key, moment) of the stories in all live lists of a page; `asked`: of each its services,
    practice, outcome and length."""
    first, *rest = [_listed(number, *one) for number, one in enumerate(asked)]
    return first.union(*rest, all=True) if rest else first


def _listed(number, boundaries, practice, outcome, count):
    found = Story.objects.public().touching(*boundaries)
    if practice:
        found = found.filter(practices__slug=practice)
    if outcome:
        found = found.filter(outcome=outcome)
    numbered = found.annotate(number=Value(number, output_field=IntegerField()))
    return numbered.newest_first().values_list("number", "pk", "first_published_at")[:count]


def whole(row):
    """With tuples for lists, so that it can be found by."""
    return tuple(tuple(value) if isinstance(value, list) else value for value in row)
