"""Reports grow: cover, summary, notes, corrections, what they belong to, and blocks that live from stories."""

import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.db import migrations, models

import reports.blocks.evidence


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0007_merged_into"),
        ("reports", "0004_question_of_the_week"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportpage",
            name="boundaries",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="What the report is about.",
                related_name="reports",
                to="practices.boundary",
                verbose_name="services",
            ),
        ),
        migrations.AddField(
            model_name="reportpage",
            name="corrections",
            field=wagtail.fields.StreamField(
                [("correction", 2)],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.DateBlock", (), {}),
                    1: ("wagtail.blocks.TextBlock", (), {"label": "What was wrong, and what it says now"}),
                    2: ("wagtail.blocks.StructBlock", [[("day", 0), ("what", 1)]], {}),
                },
                help_text="What was changed after it was published.",
            ),
        ),
        migrations.AddField(
            model_name="reportpage",
            name="cover",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="covered_reports",
                to="reports.reportimage",
            ),
        ),
        migrations.AddField(
            model_name="reportpage",
            name="notes",
            field=wagtail.fields.StreamField(
                [("note", 0)],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link"], "label": "Note or source"},
                    )
                },
                help_text="[1] in a text leads to the first of these.",
            ),
        ),
        migrations.AddField(
            model_name="reportpage",
            name="practices",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True, related_name="reports", to="practices.practice"
            ),
        ),
        migrations.AddField(
            model_name="reportpage",
            name="series",
            field=models.CharField(
                blank=True,
                help_text="Reports with the same words here stand together: a conversation goes on.",
                max_length=100,
            ),
        ),
        migrations.AddField(
            model_name="reportpage",
            name="summary",
            field=wagtail.fields.RichTextField(
                blank=True, help_text="For who reads nothing else: half a page.", verbose_name="in short"
            ),
        ),
        migrations.AddField(
            model_name="reportpage",
            name="written_by",
            field=models.CharField(
                blank=True,
                help_text="As it should be cited. Empty: the name of this site.",
                max_length=150,
                verbose_name="written by",
            ),
        ),
        migrations.AlterField(
            model_name="reportpage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("chapter", 1),
                    ("text", 2),
                    ("picture", 5),
                    ("figure", 10),
                    ("table", 16),
                    ("person", 20),
                    ("quote", 23),
                    ("words", 24),
                    ("story", 25),
                    ("stories", 32),
                    ("crossing", 35),
                    ("practice", 38),
                    ("action", 43),
                    ("documents", 50),
                ],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                    1: ("wagtail.blocks.StructBlock", [[("title", 0)]], {"group": "Writing"}),
                    2: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["h2", "h3", "bold", "italic", "ol", "ul", "link"],
                            "group": "Writing",
                            "help_text": "[1] stands for the first note, [2] for the second; the notes are below.",
                        },
                    ),
                    3: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                    4: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                    5: ("wagtail.blocks.StructBlock", [[("image", 3), ("caption", 4)]], {"group": "Writing"}),
                    6: ("wagtail.blocks.CharBlock", (), {"help_text": "For example: 7 in 10.", "max_length": 20}),
                    7: ("wagtail.blocks.CharBlock", (), {"label": "What it says", "max_length": 200}),
                    8: ("wagtail.blocks.CharBlock", (), {"help_text": "Who says so, and when.", "max_length": 200}),
                    9: ("wagtail.blocks.URLBlock", (), {"label": "Where it can be read", "required": False}),
                    10: (
                        "wagtail.blocks.StructBlock",
                        [[("number", 6), ("what", 7), ("source", 8), ("address", 9)]],
                        {"group": "Writing"},
                    ),
                    11: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "What it shows, in a sentence.", "max_length": 150},
                    ),
                    12: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Paste them from a spreadsheet, or write one row a line with | between "
                            "the cells. The first line is the headings.",
                            "label": "Rows",
                        },
                    ),
                    13: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [("", "As a table"), ("bars", "As bars"), ("lines", "As lines, over time")],
                            "label": "How is it shown?",
                            "required": False,
                        },
                    ),
                    14: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "For a chart: people, days, per cent.", "max_length": 40, "required": False},
                    ),
                    15: ("wagtail.blocks.CharBlock", (), {"help_text": "Who counted, and when.", "max_length": 200}),
                    16: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("title", 11),
                                ("cells_text", 12),
                                ("drawn", 13),
                                ("unit", 14),
                                ("source", 15),
                                ("address", 9),
                            ]
                        ],
                        {"group": "Writing"},
                    ),
                    17: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "As they agreed to be named.", "max_length": 100},
                    ),
                    18: ("wagtail.blocks.CharBlock", (), {"max_length": 150, "required": False}),
                    19: ("wagtail.blocks.TextBlock", (), {"label": "About them"}),
                    20: (
                        "wagtail.blocks.StructBlock",
                        [[("name", 17), ("role", 18), ("words", 19)]],
                        {"group": "Writing"},
                    ),
                    21: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"help_text": "In the words of whoever said it, and with their agreement."},
                    ),
                    22: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "A role, not a name.", "max_length": 100, "required": False},
                    ),
                    23: ("wagtail.blocks.StructBlock", [[("words", 21), ("who", 22)]], {"group": "Writing"}),
                    24: ("reports.blocks.evidence.QuotationBlock", (), {"group": "From stories"}),
                    25: ("reports.blocks.evidence.StoryEmbedBlock", (), {"group": "From stories"}),
                    26: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "For example: Stories between housing and health.", "max_length": 100},
                    ),
                    27: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {"choices": reports.blocks.evidence.boundary_choices, "label": "Service", "required": False},
                    ),
                    28: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": reports.blocks.evidence.boundary_choices,
                            "label": "And this service",
                            "required": False,
                        },
                    ),
                    29: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {"choices": reports.blocks.evidence.practice_choices, "required": False},
                    ),
                    30: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": reports.blocks.evidence.outcome_choices,
                            "label": "Where it is now",
                            "required": False,
                        },
                    ),
                    31: (
                        "wagtail.blocks.IntegerBlock",
                        (),
                        {"default": 3, "label": "How many at most", "max_value": 10, "min_value": 1},
                    ),
                    32: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("heading", 26),
                                ("boundary", 27),
                                ("other", 28),
                                ("practice", 29),
                                ("outcome", 30),
                                ("count", 31),
                            ]
                        ],
                        {"group": "From stories"},
                    ),
                    33: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {"choices": reports.blocks.evidence.boundary_choices, "label": "Service"},
                    ),
                    34: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {"choices": reports.blocks.evidence.boundary_choices, "label": "And this service"},
                    ),
                    35: ("wagtail.blocks.StructBlock", [[("first", 33), ("second", 34)]], {"group": "From stories"}),
                    36: ("wagtail.blocks.ChoiceBlock", [], {"choices": reports.blocks.evidence.practice_choices}),
                    37: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Why it stands here", "max_length": 250, "required": False},
                    ),
                    38: ("wagtail.blocks.StructBlock", [[("practice", 36), ("why", 37)]], {"group": "From stories"}),
                    39: ("wagtail.blocks.CharBlock", (), {"max_length": 100}),
                    40: ("wagtail.blocks.TextBlock", (), {"required": False}),
                    41: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "A verb: Tell a story.", "label": "On the button", "max_length": 40},
                    ),
                    42: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "A page here, such as /stories/new/, or one elsewhere.", "max_length": 300},
                    ),
                    43: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 39), ("text", 40), ("label", 41), ("address", 42)]],
                        {"group": "To do next"},
                    ),
                    44: ("wagtail.blocks.CharBlock", (), {"default": "Documents", "max_length": 100}),
                    45: ("wagtail.blocks.CharBlock", (), {"max_length": 150}),
                    46: ("wagtail.blocks.URLBlock", (), {}),
                    47: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "For example: PDF, 12 pages, 2024.", "max_length": 200, "required": False},
                    ),
                    48: ("wagtail.blocks.StructBlock", [[("title", 45), ("address", 46), ("about", 47)]], {}),
                    49: ("wagtail.blocks.ListBlock", (48,), {}),
                    50: ("wagtail.blocks.StructBlock", [[("heading", 44), ("documents", 49)]], {"group": "To do next"}),
                },
            ),
        ),
    ]
