"""The rows follow (0004 made their columns)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import migrations

WEEK = timedelta(days=7)


def give_weeks(apps, schema_editor):
    """The Thursday on or before the day a letter was due; where one week had two, the earlier one takes a free week."""
    Issue = apps.get_model("digests", "Issue")
    taken = set()
    for issue in Issue.objects.exclude(due_at=None).order_by("-due_at"):
        day = issue.due_at.astimezone(ZoneInfo("Europe/London")).date()
        week = day - timedelta(days=(day.weekday() - 3) % 7)
        while week in taken:
            week -= WEEK
        taken.add(week)
        issue.week, issue.began_at = week, issue.due_at
        issue.save()
    today = datetime.now(UTC).date()
    coming = max([today - timedelta(days=(today.weekday() - 3) % 7), *taken]) + WEEK
    Issue.objects.filter(due_at=None).update(week=coming)


COPY_STORIES = """
UPDATE digests_delivery SET planned_at = due_at, story_ids = ARRAY(
    SELECT story_id FROM digests_delivery_stories WHERE delivery_id = digests_delivery.id ORDER BY story_id DESC)
"""


class Migration(migrations.Migration):
    dependencies = [("digests", "0004_letters_by_the_week")]

    operations = [
        migrations.RunPython(give_weeks, migrations.RunPython.noop),
        migrations.RunSQL(COPY_STORIES, migrations.RunSQL.noop),
    ]
