"""Two members who said yes to knowing each other."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext


class ConnectionQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(Q(first_id=user.pk) | Q(second_id=user.pk))

    def between(self, one, other):
        low, high = sorted([one.pk, other.pk])
        return self.filter(first_id=low, second_id=high)


class ConnectionManager(models.Manager.from_queryset(ConnectionQuerySet)):
    def connect(self, one, other, *, now):
        """The pair's one connection; connecting twice keeps the first."""
        low, high = sorted([one.pk, other.pk])
        made, _ = self.get_or_create(first_id=low, second_id=high, defaults={"connected_at": now})
        return made


class Connection(models.Model):
    """A pair, in the order of their numbers. Written by `networks`, ended by either of the two or by a block."""

    first = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="connections_as_first")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="connections_as_second")
    connected_at = models.DateTimeField()

    objects = ConnectionManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_connection_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_has_one_order"),
        ]

    def __str__(self):
        return gettext("A connection")


def people_connected_to(user):
    """Everybody whom this user is connected to, as keys for a condition: one subquery over few rows."""
    other = Case(When(first_id=user.pk, then=F("second_id")), default=F("first_id"))
    return Connection.objects.of(user).values(other=other)
