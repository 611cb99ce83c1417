"""A few to begin with; moderators change them as they like."""

from django.db import migrations

REASONS = [
    (
        "changes",
        "Somebody could be recognised",
        "Somebody who knows the place could tell who this is about. Could you make it more general, or leave out the "
        "detail that only one family or one person would have?",
    ),
    (
        "changes",
        "A name stands in it",
        "There is a name in it, of a person or of a small service. Could you write what they do instead, such as “a "
        "housing officer” or “a day centre”?",
    ),
    (
        "changes",
        "A day or a place is too exact",
        "The day or the place is so exact that it points at one event. The part of the year and the region are enough.",
    ),
    (
        "changes",
        "What went badly is missing",
        "Readers learn most from what did not work at first. Was there a setback that you could tell?",
    ),
    (
        "down",
        "Somebody recognises themselves",
        "Somebody told us that they recognise themselves in it and did not agree. The story is yours, and you can "
        "change it and send it again.",
    ),
    (
        "down",
        "It names somebody",
        "We found a name in it that we should have seen earlier. Take it out, and you can send the story again.",
    ),
]


def add(apps, schema_editor):
    model = apps.get_model("stories", "ShortReason")
    for position, (use, name, text) in enumerate(REASONS):
        model.objects.create(use=use, name=name, text=text, position=position)


class Migration(migrations.Migration):
    dependencies = [("stories", "0005_short_reasons")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
