""" "I tried this too": what somebody else tried after a story or a practice, and how it went."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from practices.models import Place, Practice
from stories.models.choices import Byline
from stories.models.contribution import SignedContribution, SignedQuerySet
from stories.models.story import Story


class Result(models.TextChoices):
    WORKED = "worked", _("It worked")
    PARTLY = "partly", _("It partly worked")
    NOT = "not", _("It did not work")


class ExperimentQuerySet(SignedQuerySet):
    @staticmethod
    def about(stories):
        """Also those that follow a practice and no story: whoever they are meant for may read them."""
        return Q(story__in=stories.values("pk")) | Q(story=None)

    def for_listing(self):
        return super().for_listing().select_related("practice", "place__parent", "parent")


class Experiment(SignedContribution):
    """A small linked story: where, what was changed, what happened. It may build on another one."""

    kind = "experiment"
    words = ("changed", "happened", "result")

    story = models.ForeignKey(Story, null=True, on_delete=models.CASCADE, related_name="experiments", editable=False)
    practice = models.ForeignKey(
        Practice, null=True, on_delete=models.CASCADE, related_name="experiments", editable=False
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("Does it build on something here?"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="followers",
    )
    place = models.ForeignKey(
        Place, verbose_name="Where?", null=True, blank=True, on_delete=models.SET_NULL, related_name="experiments"
    )
    changed = models.TextField(_("What did you do differently?"))
    happened = models.TextField(_("What happened?"))
    result = models.CharField(_("Did it work?"), max_length=10, choices=Result)

    objects = ExperimentQuerySet.as_manager()

    class Meta(SignedContribution.Meta):
        constraints = [
            *SignedContribution.Meta.constraints,
            models.CheckConstraint(
                condition=Q(story=None) ^ Q(practice=None), name="an_experiment_follows_a_story_or_a_practice"
            ),
        ]
        indexes = [
            *SignedContribution.Meta.indexes,
            models.Index(fields=["story", "created_at"], name="experiments_of_a_story"),
            models.Index(fields=["practice", "created_at"], name="experiments_of_a_practice"),
        ]

    def get_absolute_url(self):
        return f"{(self.story or self.practice).get_absolute_url()}tried/#{self.slug}"

    @property
    def shown_place(self):
        """The region for whoever is unnamed or where a boundary is sensitive, as stories show theirs; none where they
        could still be found."""
        if self.blurred and self.byline != Byline.NAME:
            return None
        coarse = self.byline != Byline.NAME or (self.story and self.story.is_sensitive)
        return self.place.region if self.place and coarse else self.place

    @property
    def byline_line(self):
        """ "Housing officer, North West", in one quiet line."""
        return ", ".join(str(part) for part in [self.shown_name, self.shown_place] if part)

    @property
    def told(self):
        return [
            *[pair for pair in super().told if pair[1] != self.result],
            (gettext("Did it work?"), self.get_result_display()),
        ]

    @classmethod
    def row(cls):
        place = {
            "place.name": F("place__name"),
            "place.kind": F("place__kind"),
            "place.parent.name": F("place__parent__name"),
        }
        parent = {f"parent.{name}": F(f"parent__{name}") for name in ("id", "slug", "state")}
        return {**super().row(), **place, **parent}
