"""What anybody can read already is no news."""

from django.db import migrations
from django.db.models import F


def date_what_is_open(apps, schema_editor):
    stories = apps.get_model("stories", "Story").objects.filter(audience="public", opened_at=None)
    stories.exclude(first_published_at=None).update(opened_at=F("first_published_at"))


class Migration(migrations.Migration):
    dependencies = [("stories", "0013_when_it_opened")]
    operations = [migrations.RunPython(date_what_is_open, migrations.RunPython.noop)]
