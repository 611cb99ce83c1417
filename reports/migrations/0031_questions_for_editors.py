"""Editors write questions from commissioners, and nobody deletes one."""

from django.db import migrations


def allow_editors(apps, schema_editor):
    """Permissions are made after all migrations have run; these are needed before."""
    ContentType, Permission = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    editors, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Editors")
    kind, _ = ContentType.objects.get_or_create(app_label="reports", model="commissionersquestion")
    for verb in ("add", "change"):
        permission, _ = Permission.objects.get_or_create(
            content_type=kind,
            codename=f"{verb}_commissionersquestion",
            defaults={"name": f"Can {verb} question from a commissioner"},
        )
        editors.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0030_questions_from_commissioners"),
        # Wagtail makes a group of this name.
        ("wagtailcore", "0002_initial_data"),
    ]
    operations = [migrations.RunPython(allow_editors, migrations.RunPython.noop)]
