"""One way for a story to go live: the workflow "Moderation", whose one task waits for a moderator."""

from django.db import migrations

MAY = {
    "view_story": "Can view story",
    "publish_story": "Can publish story",
    "lock_story": "Can lock story",
    "unlock_story": "Can unlock story",
}


def make_workflow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    story, _ = ContentType.objects.get_or_create(app_label="stories", model="story")
    moderation, _ = ContentType.objects.get_or_create(app_label="stories", model="moderation")
    moderators = apps.get_model("auth", "Group").objects.get(name="Moderators")

    # Permissions are made after all migrations have run; the group needs them before.
    Permission = apps.get_model("auth", "Permission")
    for codename, name in MAY.items():
        permission, _ = Permission.objects.get_or_create(content_type=story, codename=codename, defaults={"name": name})
        moderators.permissions.add(permission)

    task = apps.get_model("stories", "Moderation").objects.create(name="Moderation", content_type=moderation)
    task.groups.add(moderators)
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name="Moderation")
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowContentType").objects.create(workflow=workflow, content_type=story)


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0001_initial"),
        ("members", "0002_teller_and_groups"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_workflow, migrations.RunPython.noop)]
