"""The tree of places, from the table that `practices/data/make_places.py` makes."""

import csv
from pathlib import Path

from django.db import migrations

TABLE = Path(__file__).resolve().parent.parent / "data" / "places.csv"


def add_places(apps, schema_editor):
    """Nations come first in the table, then regions, then council areas: a parent is there before its parts."""
    Place = apps.get_model("practices", "Place")
    known = dict(Place.objects.values_list("slug", "pk"))
    with TABLE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            if row["slug"] in known:
                continue
            place = Place.objects.create(
                slug=row["slug"],
                name=row["name"],
                kind=row["kind"],
                code=row["code"],
                parent_id=known[row["parent"]] if row["parent"] else None,
                latitude=row["latitude"] or None,
                longitude=row["longitude"] or None,
            )
            known[place.slug] = place.pk


class Migration(migrations.Migration):
    dependencies = [("practices", "0002_starters")]
    operations = [migrations.RunPython(add_places, migrations.RunPython.noop)]
