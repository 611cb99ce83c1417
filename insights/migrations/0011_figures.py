from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0010_page_totals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Figures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=20, unique=True)),
                ("counted_at", models.DateTimeField()),
                ("found", models.JSONField()),
            ],
            options={
                "verbose_name_plural": "figures",
            },
        ),
    ]
