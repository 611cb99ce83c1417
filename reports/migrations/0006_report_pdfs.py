"""A published report has a PDF."""

import django.db.models.deletion
from django.db import migrations, models

import members.models.photo


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_reports_grow"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportPDF",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.FileField(max_length=200, storage=members.models.photo.private_files, upload_to="reports"),
                ),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pdf", to="reports.reportpage"
                    ),
                ),
            ],
        ),
    ]
