"""Editors see the weekly letter's page in the admin and can send it."""

from django.db import migrations


def let_editors_send(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="digests", model="issue"
    )
    # Permissions are made after all migrations have run; this one is needed before.
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename="change_issue", defaults={"name": "Can change issue"}
    )
    apps.get_model("auth", "Group").objects.get(name="Editors").permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("digests", "0001_initial"),
        ("members", "0002_teller_and_groups"),
    ]

    operations = [migrations.RunPython(let_editors_send, migrations.RunPython.noop)]
