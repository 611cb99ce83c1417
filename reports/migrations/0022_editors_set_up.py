"""Editors change the words and menus of the whole site, and say where a page has moved to."""

from django.db import migrations

MAY = {
    ("reports", "sitesettings"): ["change"],
    ("wagtailredirects", "redirect"): ["add", "change", "delete"],
}


def let_editors(apps, schema_editor):
    """Permissions are made after all migrations have run; these are needed before."""
    editors = apps.get_model("auth", "Group").objects.get(name="Editors")
    for (app_label, model), verbs in MAY.items():
        kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app_label, model=model)
        for verb in verbs:
            permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=kind, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {model}"}
            )
            editors.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0021_site_settings"),
        ("members", "0002_teller_and_groups"),
        ("wagtailredirects", "0001_initial"),
    ]

    operations = [migrations.RunPython(let_editors, migrations.RunPython.noop)]
