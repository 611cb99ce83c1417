"""A boundary remembers which one it was merged into."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0006_starter_texts"),
    ]

    operations = [
        migrations.AddField(
            model_name="boundary",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="merged_boundaries",
                to="practices.boundary",
            ),
        ),
    ]
