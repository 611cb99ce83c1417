from django.conf import settings
from django.db import models
from django.utils.translation import gettext


class Agreement(models.Model):
    """That a member agreed to one version of the house rules and the privacy page, and when."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    agreed_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["member", "version"], name="agreed_once_a_version")]

    def __str__(self):
        return gettext("Version %(version)s") % {"version": self.version}
