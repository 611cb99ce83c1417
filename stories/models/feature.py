"""Stories that staff put first for a while."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.story import Story


class FeatureQuerySet(models.QuerySet):
    def on(self, day):
        """Those that stand first on this day."""
        return self.filter(until__gte=day)


class Feature(models.Model):
    """A story stands first on the front page and in the list, up to and with a day, while it can be read."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="feature")
    until = models.DateField(_("until, and with this day"))
    featured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="features"
    )
    featured_at = models.DateTimeField()

    objects = FeatureQuerySet.as_manager()

    def __str__(self):
        return gettext("A featured story")
