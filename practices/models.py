"""Boundaries, places, roles and practices: the words that members, groups and stories share."""

from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase
from wagtail.log_actions import log

from design.addresses import address


class Family(models.TextChoices):
    """The families of systems; each has its colour and hatch in the design."""

    HEALTH = "health", _("Health")
    CARE = "care", _("Care")
    HOME = "home", _("Home")
    JUSTICE = "justice", _("Justice")
    MONEY = "money", _("Money")
    COMMUNITY = "community", _("Community")


class BoundaryQuerySet(models.QuerySet):
    def active(self):
        return self.filter(retired_at=None)


class Boundary(TagBase):
    """One of the systems that a change can cross into, such as housing; retired, never deleted."""

    free_tagging = False

    family = models.CharField(max_length=20, choices=Family)
    sensitive = models.BooleanField(
        default=False,
        help_text=_("Being recognised here can put someone in danger: region only, no photos, a second reader."),
    )
    retired_at = models.DateTimeField("retired", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="merged_boundaries"
    )

    objects = BoundaryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "boundaries"

    def retire(self, *, by, now):
        """Offer it for nothing new. What already carries it keeps it; doing it twice changes nothing."""
        if self.retired_at is None:
            self._set_retired(now, by=by, action="practices.retire")

    def bring_back(self, *, by):
        if self.retired_at is not None and self.merged_into is None:
            self._set_retired(None, by=by, action="practices.bring_back")

    def merge_into(self, other, *, by, now):
        """Retire it for good: its address leads to the other one from now on. Who carries it is moved by the action."""
        self.merged_into, self.retired_at = other, self.retired_at or now
        self.save(update_fields=["merged_into", "retired_at"])
        log(self, "practices.merge", user=by)

    @transaction.atomic
    def _set_retired(self, moment, *, by, action):
        self.retired_at = moment
        self.save(update_fields=["retired_at"])
        log(self, action, user=by)


@dataclass(frozen=True, order=True)
class Crossing:
    """An unordered pair of boundaries, kept in the order of their slugs."""

    a: Boundary
    b: Boundary

    @classmethod
    def of(cls, first, second):
        return cls(*sorted([first, second], key=lambda boundary: boundary.slug))

    @classmethod
    def among(cls, boundaries):
        """Every pair among these boundaries: three boundaries make three crossings."""
        return [cls.of(first, second) for first, second in combinations(boundaries, 2)]

    @property
    def slug(self):
        return f"{self.a.slug}--{self.b.slug}"

    @property
    def boundaries(self):
        return [self.a, self.b]

    @property
    def is_sensitive(self):
        return self.a.sensitive or self.b.sensitive

    def get_absolute_url(self):
        return address("crossings:crossing", self.a.slug, self.b.slug)

    def __str__(self):
        return gettext("between %(lower)s and %(lower2)s") % {
            "lower": self.a.name.lower(),
            "lower2": self.b.name.lower(),
        }


class PlaceQuerySet(models.QuerySet):
    def within(self, place):
        """Places that are this one or lie inside it."""
        return self.filter(Q(pk=place.pk) | Q(parent=place) | Q(parent__parent=place))

    def up_to_region(self):
        return self.exclude(kind=Place.Kind.COUNCIL)


class Place(models.Model):
    """Nation > region > upper-tier council area, the finest that is ever shown."""

    class Kind(models.TextChoices):
        NATION = "nation", _("Nation")
        REGION = "region", _("Region")
        COUNCIL = "council", _("Council area")

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(_("ISO 3166-2 code"), max_length=10, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_place_a_code"),
            models.CheckConstraint(
                condition=Q(kind="nation", parent=None) | (~Q(kind="nation") & Q(parent__isnull=False)),
                name="only_nations_lie_in_nothing",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("places:place", self.slug)

    @property
    def spoken(self):
        """ "Salford", "the North West": for after "in" or "from"."""
        points = (gettext("North "), gettext("South "), gettext("East "), gettext("West "))
        return (
            gettext("the %(name)s") % {"name": self.name}
            if self.kind == self.Kind.REGION and self.name.startswith(points)
            else self.name
        )

    @property
    def region(self):
        """The coarser place shown instead of a council area; asks for `parent`."""
        return self.parent if self.kind == self.Kind.COUNCIL else self

    @property
    def nation(self):
        """The coarsest place of all; asks for `parent`, and for that one's."""
        return self if self.kind == self.Kind.NATION else self.parent.nation


class Stage(models.TextChoices):
    """The programme's three stages, in their order."""

    SEEING = "seeing", _("Seeing the system")
    FLEX = "flex", _("Finding the flex")
    EXPERIMENTING = "experimenting", _("Experimenting")

    @property
    def said(self):
        """What is done in it, in one line."""
        return {
            Stage.SEEING: gettext("Before you change anything: look, from more than one side, at what really happens."),
            Stage.FLEX: gettext(
                "Most systems give somewhere. Look for the rule that is a habit, and for whoever can say yes."
            ),
            Stage.EXPERIMENTING: gettext(
                "Try something small with whoever wants to, and say beforehand when you would stop."
            ),
        }[self]


# What a search looks at, the name before all else; PostgreSQL keeps it beside the row.
SEARCHED = SearchVector("name", weight="A", config="english") + SearchVector(
    *("one_line", "what", "when_it_helps", "first_step", "caution"), weight="B", config="english"
)


class PracticeManager(models.Manager):
    """Practices without what only PostgreSQL reads of them."""

    def get_queryset(self):
        return super().get_queryset().defer("searched")


class Practice(models.Model):
    """A way of working that someone else can try, with a first step."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    stage = models.CharField(max_length=20, choices=Stage)
    one_line = models.CharField(_("in one line"), max_length=200)
    what = models.TextField(_("what it is"), blank=True)
    when_it_helps = models.TextField(_("when it helps"), blank=True)
    first_step = models.TextField(_("a first step this week"), blank=True)
    caution = models.TextField(_("a caution"), blank=True)
    looks_like = models.TextField(
        _("what it can look like"),
        blank=True,
        help_text=_("A scene of a few sentences. Say so if it really happened; leave out who and where."),
    )
    sources = models.TextField(
        blank=True,
        help_text=_("One a line: what it is and who made it, then its address. Only what you have opened."),
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=_("The order within its stage."))
    searched = models.GeneratedField(expression=SEARCHED, output_field=SearchVectorField(), db_persist=True)

    objects = PracticeManager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("practices:practice", self.slug)

    @property
    def source_list(self):
        """Pairs of what it is and its address, empty where the line ends with none."""
        lines = [line.strip() for line in self.sources.splitlines() if line.strip()]
        parts = [line.rpartition(" ") for line in lines]
        return tuple(
            (said, address) if said and address.startswith(("https://", "http://")) else (line, "")
            for line, (said, _, address) in zip(lines, parts, strict=True)
        )


class Role(models.Model):
    """A kind of work, from a list that staff keep broad enough to name nobody."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
