"""Short reasons that moderators can begin with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0004_first_readers"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShortReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use",
                    models.CharField(
                        choices=[("changes", "Asking for changes"), ("down", "Taking a story down")],
                        max_length=10,
                        verbose_name="offered when",
                    ),
                ),
                ("name", models.CharField(help_text="What moderators choose it by.", max_length=80)),
                (
                    "text",
                    models.TextField(help_text="What the teller reads. Say what to change and why.", max_length=1000),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="The order in the list.")),
            ],
            options={
                "ordering": ["use", "position", "name"],
                "constraints": [models.UniqueConstraint(fields=("use", "name"), name="one_short_reason_a_name")],
            },
        ),
    ]
