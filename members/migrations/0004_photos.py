"""Photos that members give, in private storage."""

from django.db import migrations, models

import members.models.photo


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_concerns"),
    ]

    operations = [
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(editable=False, max_length=16, unique=True)),
                (
                    "file",
                    models.FileField(
                        editable=False, max_length=60, storage=members.models.photo.private_files, upload_to="photos"
                    ),
                ),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("added_at", models.DateTimeField()),
            ],
        ),
    ]
