"""Reports may show pictures: each with words, kept where no address leads."""

import wagtail.fields
import wagtail.images.models
from django.db import migrations, models

import members.models.photo


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_first_pages"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reportimage",
            name="description",
            field=models.CharField(
                help_text="For those who cannot see it: one or two sentences, no names.",
                max_length=255,
                verbose_name="What is in the picture?",
            ),
        ),
        migrations.AlterField(
            model_name="reportimage",
            name="file",
            field=wagtail.images.models.WagtailImageField(
                height_field="height",
                storage=members.models.photo.private_files,
                upload_to=wagtail.images.models.get_upload_to,
                width_field="width",
            ),
        ),
        migrations.AlterField(
            model_name="reportpage",
            name="body",
            field=wagtail.fields.StreamField(
                [("text", 0), ("quote", 3), ("picture", 6), ("story", 7)],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["h2", "h3", "bold", "italic", "ol", "ul", "link"],
                            "template": "reports/_text.html",
                        },
                    ),
                    1: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"help_text": "In the words of whoever said it, and with their agreement."},
                    ),
                    2: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "A role, not a name.", "max_length": 100, "required": False},
                    ),
                    3: (
                        "wagtail.blocks.StructBlock",
                        [[("words", 1), ("who", 2)]],
                        {"icon": "openquote", "template": "reports/_quote.html"},
                    ),
                    4: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                    5: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                    6: (
                        "wagtail.blocks.StructBlock",
                        [[("image", 4), ("caption", 5)]],
                        {"icon": "image", "template": "reports/_picture.html"},
                    ),
                    7: ("reports.blocks.StoryEmbedBlock", (), {}),
                },
            ),
        ),
        migrations.AddConstraint(
            model_name="reportimage",
            constraint=models.CheckConstraint(
                condition=models.Q(("description", ""), _negated=True), name="a_picture_has_words"
            ),
        ),
    ]
