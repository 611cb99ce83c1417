"""What the directory holds of each listed member: a narrow row by which they are found, without what is hidden."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models.block import people_parted_from
from members.models.connection import people_connected_to


class Circle(models.TextChoices):
    """For whom a row is. Most members show everybody the same and have one; the others have two."""

    ALL = "all", _("Every member")
    MEMBERS = "members", _("Members without a connection")
    CONNECTIONS = "connections", _("Connections")


class EntryQuerySet(models.QuerySet):
    def readable_by(self, user):
        """One row of each person whom this reader may find: that of the circle in which the reader stands. The people
        are asked for rights once more when they are fetched or counted (`Profile.objects.visible_to`)."""
        if not getattr(user, "is_member", False):
            return self.none()
        connected = people_connected_to(user)
        rows = self.filter(
            Q(circle=Circle.ALL)
            | (Q(circle=Circle.MEMBERS) & ~Q(member__in=connected))
            | Q(circle=Circle.CONNECTIONS, member__in=connected)
        )
        parted = people_parted_from(user)
        return rows if parted is None else rows.exclude(member__in=parted)

    def for_every_member(self):
        """One row of each listed member: what every other member is shown."""
        return self.filter(circle__in=[Circle.ALL, Circle.MEMBERS])

    def carrying(self, codes):
        """Those that carry every one of these codes (`members.entries`)."""
        return self.filter(codes__contains=list(codes)) if codes else self


class Entry(models.Model):
    """A listed member as one circle of readers finds them; nothing stands in it that they are not shown.

    `members.entries.refresh` writes it in the transaction that changes the member.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="entries")
    public_id = models.CharField(max_length=16)
    circle = models.CharField(max_length=12, choices=Circle)
    # The whole name without accents, in the order of its letters: A to Z is the same in every database.
    by_name = models.CharField(max_length=140, db_collation="C")
    codes = ArrayField(models.IntegerField())
    vector = SearchVectorField()
    made_from = models.CharField(max_length=32)  # a hash of all that went into the row: is it due?

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["public_id", "circle"], name="one_entry_a_circle")]
        indexes = [
            models.Index(fields=["by_name", "public_id"], name="entries_from_a_to_z"),
            # One index over both, as for stories: two would cost many times the buffers.
            GinIndex(fields=["vector", "codes"], name="entries_by_words_and_codes", fastupdate=False),
        ]

    def __str__(self):
        return gettext("An entry in the directory")
