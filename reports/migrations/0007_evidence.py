"""What a published report shows of which story, and since when it stands still."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0006_report_pdfs"),
        ("stories", "0040_quotations"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportpage",
            name="freeze",
            field=models.BooleanField(
                default=False,
                help_text="Lists stand still, and cards of tellers who let us quote them. Their no empties them too.",
                verbose_name="keep the stories as they are on the day this is published",
            ),
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block_key", models.CharField(max_length=36)),
                ("listed", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                ("title", models.CharField(blank=True, max_length=100)),
                ("summary", models.CharField(blank=True, max_length=200)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "quotation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="stories.quotation",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="reports.reportpage"
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="report_evidence", to="stories.story"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "block_key", "story"), name="a_story_once_a_block_of_a_report"
                    )
                ],
            },
        ),
    ]
