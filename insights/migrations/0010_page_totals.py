from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0002_open_files")]

    operations = [
        migrations.CreateModel(
            name="PageTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField(verbose_name="the Monday it begins on")),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(blank=True, max_length=255)),
                ("number", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("week", "kind", "key"), name="one_total_a_page_and_week")
                ],
            },
        ),
    ]
