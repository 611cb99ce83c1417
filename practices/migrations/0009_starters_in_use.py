"""What the starters can look like and where to read on; what staff have written stays."""

import tomllib
from pathlib import Path

from django.db import migrations

TEXTS = Path(__file__).resolve().parent.parent / "data" / "practices_in_use.toml"


def add_texts(apps, schema_editor):
    Practice = apps.get_model("practices", "Practice")
    texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    for practice in Practice.objects.filter(slug__in=texts):
        for name, text in texts[practice.slug].items():
            setattr(practice, name, getattr(practice, name) or text.strip())
        practice.save()


class Migration(migrations.Migration):
    dependencies = [("practices", "0008_practices_in_use")]
    operations = [migrations.RunPython(add_texts, migrations.RunPython.noop)]
