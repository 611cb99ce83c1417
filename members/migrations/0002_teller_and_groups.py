"""The system's own account, and the two groups of staff with their way into the admin."""

from django.contrib.auth.hashers import make_password
from django.db import migrations

TELLER = "teller@system.invalid"


def permission(apps, app_label, model, codename, name):
    """Permissions are made after all migrations have run; these are needed before."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return found


def make_teller_and_groups(apps, schema_editor):
    User = apps.get_model("members", "User")
    teller, made = User.objects.get_or_create(
        email=TELLER, defaults={"first_name": "The teller", "is_active": False, "password": make_password(None)}
    )
    if made:
        apps.get_model("members", "Profile").objects.create(user=teller)
    Group = apps.get_model("auth", "Group")
    access = permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
    approve = permission(apps, "members", "user", "approve_user", "Can let people in")
    for name, permissions in {"Moderators": [access, approve], "Editors": [access]}.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        # Wagtail makes groups of these names with rights on its pages.
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(make_teller_and_groups, migrations.RunPython.noop)]
