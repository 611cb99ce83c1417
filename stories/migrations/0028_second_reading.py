"""Where being recognised can put somebody in danger another moderator reads it too: the workflow's second task."""

import django.db.models.deletion
from django.db import migrations, models


def add_task(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    second, _ = ContentType.objects.get_or_create(app_label="stories", model="secondreading")
    task = apps.get_model("stories", "SecondReading").objects.create(name="Second reading", content_type=second)
    task.groups.add(apps.get_model("auth", "Group").objects.get(name="Moderators"))
    workflow = apps.get_model("wagtailcore", "Workflow").objects.get(name="Moderation")
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=1)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("stories", "0027_why_words_stay"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="sensitive_in_edit",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.CreateModel(
            name="SecondReading",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these "
                        "groups of users",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=("wagtailcore.task",),
        ),
        migrations.RunPython(add_task, migrations.RunPython.noop),
    ]
