"""A concern may be about no page of this site: somebody is worried about a person, or cannot open the story."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("members", "0004_photos"),
    ]

    operations = [
        migrations.AlterField(
            model_name="concern",
            name="content_type",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="concerns",
                to="contenttypes.contenttype",
            ),
        ),
        migrations.AlterField(
            model_name="concern",
            name="object_id",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="concern",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Not read yet"),
                    ("upheld", "Taken down"),
                    ("released", "Left as it is"),
                    ("gone", "Gone before it was read"),
                    ("read", "Read"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content_type", None), ("object_id", None)),
                    models.Q(("content_type__isnull", False), ("object_id__isnull", False)),
                    _connector="OR",
                ),
                name="a_concern_has_its_target_or_none",
            ),
        ),
    ]
