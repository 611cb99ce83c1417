"""Reports can be sent to another editor before they go out."""

from django.db import migrations


def make_workflow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _ = ContentType.objects.get_or_create(app_label="reports", model="secondeditor")
    task = apps.get_model("reports", "SecondEditor").objects.create(name="a second editor", content_type=kind)
    task.groups.add(apps.get_model("auth", "Group").objects.get(name="Editors"))
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name="a second editor")
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    for index in apps.get_model("reports", "ReportIndexPage").objects.all():
        # Whatever lies below the list of reports.
        apps.get_model("wagtailcore", "WorkflowPage").objects.create(workflow=workflow, page_id=index.pk)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0023_second_editor"),
        ("members", "0002_teller_and_groups"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make_workflow, migrations.RunPython.noop)]
