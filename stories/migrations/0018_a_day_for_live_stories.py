"""Stories that went live without a day on which to ask again get one: a year after they went live."""

from datetime import timedelta

from django.db import migrations, models
from django.db.models.functions import Cast


def give_a_day(apps, schema_editor):
    live = apps.get_model("stories", "Story").objects.filter(live=True, review_date=None, source_url="")
    year_later = models.F("first_published_at") + timedelta(days=365)
    live.exclude(first_published_at=None).update(review_date=Cast(year_later, models.DateField()))


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0017_asking_again"),
    ]

    operations = [
        migrations.RunPython(give_a_day, migrations.RunPython.noop),
    ]
