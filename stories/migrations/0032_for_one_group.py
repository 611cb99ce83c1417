import django.db.models.deletion
from django.db import migrations, models

WRITTEN_FOR = {"null": True, "on_delete": django.db.models.deletion.SET_NULL, "related_name": "+", "db_index": False}


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0006_cohorts"),
        ("stories", "0031_teller_conversations"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="coalition",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="stories",
                to="networks.coalition",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(("coalition", None), ("audience", "coalition"), _connector="OR"),
                name="a_story_of_a_group_is_for_it_alone",
            ),
        ),
        migrations.AddField(
            model_name="experiment",
            name="coalition",
            field=models.ForeignKey(editable=False, to="networks.coalition", **WRITTEN_FOR),
        ),
        migrations.AddField(
            model_name="response",
            name="coalition",
            field=models.ForeignKey(editable=False, to="networks.coalition", **WRITTEN_FOR),
        ),
        migrations.AddField(
            model_name="thanks",
            name="coalition",
            field=models.ForeignKey(to="networks.coalition", **WRITTEN_FOR),
        ),
    ]
