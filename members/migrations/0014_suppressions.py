from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("members", "0013_words_by_mail")]

    operations = [
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("bounced", "There is no such mailbox"),
                            ("complained", "Its reader marked our mail as unwanted"),
                            ("staff", "Staff stopped it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
            options={"constraints": [models.UniqueConstraint(Lower("address"), name="one_suppression_an_address")]},
        ),
        migrations.CreateModel(
            name="MailEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=30)),
                ("event_id", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bounced", "Bounced"),
                            ("deferred", "Put off"),
                            ("complained", "Marked as unwanted"),
                            ("delivered", "Delivered"),
                            ("rejected", "Rejected"),
                        ],
                        max_length=10,
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("message_id", models.CharField(blank=True, db_index=True, max_length=200)),
                ("happened_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("provider", "event_id"), name="a_mail_event_once")]
            },
        ),
    ]
