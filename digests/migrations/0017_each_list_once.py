"""A subscription holds what its kind says, and each is there once."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("digests", "0016_places_are_places")]

    operations = [
        migrations.RemoveConstraint("subscription", "a_subscription_is_to_a_crossing_or_a_place"),
        migrations.AddConstraint(
            "subscription",
            models.UniqueConstraint(
                condition=Q(a=None, place=None), fields=["subscriber", "kind"], name="a_list_once_a_subscriber"
            ),
        ),
        migrations.AddConstraint(
            "subscription",
            models.CheckConstraint(
                condition=Q(kind="crossing", a__isnull=False, b__isnull=False, place=None)
                | Q(kind="place", a=None, b=None, place__isnull=False)
                | Q(kind__in=["reports", "letter"], a=None, b=None, place=None),
                name="a_subscription_is_to_what_its_kind_says",
            ),
        ),
    ]
