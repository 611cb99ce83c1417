"""A report of content: anybody may say that something here should not stand as it is."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ConcernQuerySet(models.QuerySet):
    def open(self):
        """Nobody has read them yet."""
        return self.filter(state=Concern.State.OPEN)

    def about_any(self, *models):
        types = [ContentType.objects.get_for_model(model) for model in models]
        return self.filter(content_type__in=types)

    def worries(self):
        """Raised on the page of their own: about nothing of this site that they could point to."""
        return self.filter(content_type=None)

    def about(self, target):
        return self.about_any(type(target)).filter(object_id=target.pk)

    def end(self, state, *, by, now, reason=""):
        """They have been read, or there is nothing left to read about. Whoever raised them is forgotten."""
        return self.update(state=state, decided_by=by, decided_at=now, reason=reason, contact="")


class Concern(models.Model):
    """What somebody raised about a thing of this site, or about a person. It never knows an account; the target, where
    there is one, answers `uphold(by=, now=, reason=)`."""

    class Kind(models.TextChoices):
        ABOUT_ME = "about_me", _("This is about me")
        RECOGNISED = "recognised", _("Someone could be recognised")
        WRONG = "wrong", _("Something in it is wrong or does harm")
        WORRIED = "worried", _("I am worried about someone")

    class State(models.TextChoices):
        OPEN = "open", _("Not read yet")
        UPHELD = "upheld", _("Taken down")
        RELEASED = "released", _("Left as it is")
        GONE = "gone", _("Gone before it was read")
        READ = "read", _("Read")

    content_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.CASCADE, related_name="concerns"
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    target = GenericForeignKey()
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    contact = models.EmailField(blank=True)
    # A keyed hash of the network address: enough to see that the same one comes again, too little to say which.
    sender = models.CharField(max_length=64)
    key = models.CharField(max_length=40, unique=True)
    hid_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    raised_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="concerns_decided"
    )
    reason = models.TextField(blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(content_type=None, object_id=None)
                | models.Q(content_type__isnull=False, object_id__isnull=False),
                name="a_concern_has_its_target_or_none",
            )
        ]
        indexes = [
            models.Index(
                fields=["content_type", "object_id"], condition=models.Q(state="open"), name="concerns_open_about"
            ),
            models.Index(fields=["content_type", "object_id", "raised_at"], name="concerns_about"),
        ]

    def __str__(self):
        return gettext("A concern")
