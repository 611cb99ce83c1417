"""The crossing that staff hold up on the front page, with a line that says why."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from practices import words
from practices.models import Boundary, Crossing


class HoldsUpACrossing(models.Model):
    """A page that can name one crossing. Two services or none; a service that was retired takes it off the page."""

    crossing_from = models.ForeignKey(
        Boundary,
        verbose_name=_("one side"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        limit_choices_to={"retired_at": None},
        related_name="pages_on_one_side",
    )
    crossing_to = models.ForeignKey(
        Boundary,
        verbose_name=_("the other side"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        limit_choices_to={"retired_at": None},
        related_name="pages_on_the_other_side",
    )
    crossing_line = models.CharField(
        _("why this one"),
        max_length=200,
        blank=True,
        help_text=_("One sentence: what people tell each other across it at the moment."),
    )

    crossing_panel = MultiFieldPanel(
        [FieldRowPanel([FieldPanel("crossing_from"), FieldPanel("crossing_to")]), FieldPanel("crossing_line")],
        heading=_("Crossing of the week"),
        help_text=_(
            "Two services between which something is being told. Leave both empty, and the front page has none."
        ),
    )

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        sides = {self.crossing_from_id, self.crossing_to_id}
        if sides != {None} and (None in sides or len(sides) == 1):
            raise ValidationError({"crossing_to": gettext("Choose two different services, or none.")})
        for name in ("crossing_from", "crossing_to"):
            side = getattr(self, name)
            if side and side.retired_at:
                raise ValidationError(
                    {name: gettext("%(side)s is retired: choose a service that is still offered.") % {"side": side}}
                )

    @property
    def crossing(self):
        return crossing_of(self.crossing_from_id, self.crossing_to_id)


def crossing_of(a, b):
    """By the keys of two services, if both are still offered; from the shared words, so without a question."""
    if not a or not b:
        return None
    sides = [boundary for boundary in words.boundaries() if boundary.pk in (a, b)]
    return Crossing.of(*sides) if len(sides) == 2 else None
