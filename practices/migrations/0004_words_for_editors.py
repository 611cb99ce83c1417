"""Editors keep the shared words: they add and change, and nobody deletes."""

from django.db import migrations

ALLOWED = {"boundary": ["add", "change"], "place": ["change"], "practice": ["add", "change"], "role": ["add", "change"]}


def allow_editors(apps, schema_editor):
    """Permissions are made after all migrations have run; these are needed before."""
    ContentType, Permission = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    editors, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Editors")
    for model, verbs in ALLOWED.items():
        kind, _ = ContentType.objects.get_or_create(app_label="practices", model=model)
        for verb in verbs:
            permission, _ = Permission.objects.get_or_create(
                content_type=kind, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {model}"}
            )
            editors.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0003_places"),
        # Wagtail makes a group of this name.
        ("wagtailcore", "0002_initial_data"),
    ]
    operations = [migrations.RunPython(allow_editors, migrations.RunPython.noop)]
