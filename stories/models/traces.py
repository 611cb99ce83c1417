"""What is kept about a story beside it: words typed signed out, who typed, who read."""

import secrets

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext

from stories.models.story import Story


def new_key():
    return secrets.token_urlsafe(24)


class KeptTextQuerySet(models.QuerySet):
    def since(self, moment):
        return self.filter(created_at__gte=moment)

    def before(self, moment):
        return self.filter(created_at__lt=moment)


class KeptText(models.Model):
    """What somebody typed into a form while signed out; it waits a day for its writer to sign in.

    Found again only by the signed cookie that holds its key. `address` is the form's own page.
    """

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    address = models.CharField(max_length=200)
    # As a browser sends it: a JSON column would refuse the NUL that a form must be able to speak about.
    typed = models.TextField()
    created_at = models.DateTimeField(db_index=True)

    objects = KeptTextQuerySet.as_manager()

    def __str__(self):
        return gettext("A kept text")

    @property
    def answers(self):
        """The answers as a form takes them."""
        return QueryDict(self.typed)


class Edit(models.Model):
    """From this save on it was this member who typed, until the next row: one for each run of saves, not for each save.

    Kept by us, because Wagtail's own records carry the teller's account.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="edits")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="story_edits"
    )
    edit_number = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "edit_number"], name="one_save_a_number")]

    def __str__(self):
        return gettext("Edit %(edit_number)s") % {"edit_number": self.edit_number}


class Reading(models.Model):
    """A member opened a story, so that no letter brings it to them again."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="readings")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="readings")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "story"], name="one_reading_a_member_and_story")]

    def __str__(self):
        return gettext("A reading")
