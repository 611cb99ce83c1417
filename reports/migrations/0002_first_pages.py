"""The front page and the list of reports, in the place of Wagtail's welcome page; and who may write there."""

from django.db import migrations
from django.utils import timezone

WRITING = ["add_page", "change_page", "publish_page"]


def make_pages(apps, schema_editor):
    HomePage = apps.get_model("reports.HomePage")
    if HomePage.objects.exists():
        return
    Page = apps.get_model("wagtailcore.Page")
    Site = apps.get_model("wagtailcore.Site")
    # Wagtail's welcome page goes, and its site record with it.
    Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    home = make_page(apps, "HomePage", "00010001", title="Home", slug="home", url_path="/home/", numchild=1)
    make_page(
        apps, "ReportIndexPage", "000100010001", title="Reports", slug="reports", url_path="/home/reports/", numchild=0
    )
    Page.objects.filter(path="0001").update(numchild=1)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "site_name": "Systems Change", "root_page_id": home.pk},
    )


def make_page(apps, name, path, *, title, **fields):
    ContentType = apps.get_model("contenttypes.ContentType")
    Locale = apps.get_model("wagtailcore.Locale")
    now = timezone.now()
    return apps.get_model("reports", name).objects.create(
        path=path,
        depth=len(path) // 4,
        title=title,
        draft_title=title,
        content_type=ContentType.objects.get_or_create(app_label="reports", model=name.lower())[0],
        locale=Locale.objects.first(),
        live=True,
        first_published_at=now,
        last_published_at=now,
        **fields,
    )


def let_editors_write(apps, schema_editor):
    """Editors write, change and publish pages. Moderators read stories, not drafts of reports."""
    Group = apps.get_model("auth.Group")
    Permission = apps.get_model("auth.Permission")
    GroupPagePermission = apps.get_model("wagtailcore.GroupPagePermission")
    home = apps.get_model("reports.HomePage").objects.get()
    GroupPagePermission.objects.filter(group__name__in=["Editors", "Moderators"]).delete()
    editors = Group.objects.get(name="Editors")
    for codename in WRITING:
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=editors, page_id=home.pk, permission=permission)


def publish_without_a_queue(apps, schema_editor):
    """Wagtail puts every page into its own approval, which only the groups above would ever see."""
    apps.get_model("wagtailcore.WorkflowPage").objects.all().delete()


def keep_pictures_out(apps, schema_editor):
    """Nobody adds pictures until they can be kept without the place they were taken."""
    Group = apps.get_model("auth.Group")
    Permission = apps.get_model("auth.Permission")
    apps.get_model("wagtailcore.GroupCollectionPermission").objects.all().delete()
    pictures = Permission.objects.filter(content_type__app_label="wagtailimages")
    for group in Group.objects.filter(name__in=["Editors", "Moderators"]):
        group.permissions.remove(*pictures)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
        ("members", "0002_teller_and_groups"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.RunPython(make_pages, migrations.RunPython.noop),
        migrations.RunPython(let_editors_write, migrations.RunPython.noop),
        migrations.RunPython(publish_without_a_queue, migrations.RunPython.noop),
        migrations.RunPython(keep_pictures_out, migrations.RunPython.noop),
    ]
