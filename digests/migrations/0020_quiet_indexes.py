"""No index holds what a start or an end changes, and each page keeps room for the rows as they become."""

from django.db import migrations, models
from django.db.models import Q

ROOM = "ALTER TABLE digests_delivery SET (fillfactor = 70)"
NO_ROOM = "ALTER TABLE digests_delivery RESET (fillfactor)"


class Migration(migrations.Migration):
    dependencies = [("digests", "0019_claims_of_letters_on_their_way")]

    operations = [
        migrations.RemoveIndex("delivery", "deliveries_due"),
        migrations.RemoveIndex("delivery", "deliveries_claimed"),
        migrations.RemoveField("delivery", "claimed_until"),
        migrations.RemoveField("delivery", "server_started_at"),
        migrations.AlterField(
            "delivery",
            "claimed_by",
            models.CharField(
                blank=True, help_text="Its last claim, kept when it ends; empty while it waits.", max_length=32
            ),
        ),
        migrations.AddIndex(
            "delivery",
            models.Index(fields=["issue", "due_at", "id"], condition=Q(claimed_by=""), name="deliveries_waiting"),
        ),
        migrations.RunSQL(ROOM, NO_ROOM),
    ]
