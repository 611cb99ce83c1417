"""Articles, plain pages and pages that lead to others."""

import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import reports.blocks.evidence
import reports.models.written


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0007_evidence"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticlePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("introduction", models.TextField(help_text="One or two sentences.")),
                ("written_by", models.CharField(blank=True, max_length=150, verbose_name="written by")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("chapter", 1),
                            ("text", 2),
                            ("picture", 5),
                            ("figure", 10),
                            ("table", 16),
                            ("person", 20),
                            ("quote", 23),
                            ("story", 24),
                            ("stories", 31),
                            ("crossing", 34),
                            ("practice", 37),
                            ("action", 42),
                            ("documents", 49),
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
                                    "help_text": "[1] stands for the first note, [2] for the second; the notes are "
                                    "below.",
                                },
                            ),
                            3: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                            4: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                            5: ("wagtail.blocks.StructBlock", [[("image", 3), ("caption", 4)]], {"group": "Writing"}),
                            6: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: 7 in 10.", "max_length": 20},
                            ),
                            7: ("wagtail.blocks.CharBlock", (), {"label": "What it says", "max_length": 200}),
                            8: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "Who says so, and when.", "max_length": 200},
                            ),
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
                                    "help_text": "Paste them from a spreadsheet, or write one row a line with | "
                                    "between the cells. The first line is the headings.",
                                    "label": "Rows",
                                },
                            ),
                            13: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("", "As a table"),
                                        ("bars", "As bars"),
                                        ("lines", "As lines, over time"),
                                    ],
                                    "label": "How is it shown?",
                                    "required": False,
                                },
                            ),
                            14: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For a chart: people, days, per cent.",
                                    "max_length": 40,
                                    "required": False,
                                },
                            ),
                            15: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "Who counted, and when.", "max_length": 200},
                            ),
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
                            24: ("reports.blocks.evidence.StoryEmbedBlock", (), {"group": "From stories"}),
                            25: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: Stories between housing and health.", "max_length": 100},
                            ),
                            26: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": reports.blocks.evidence.boundary_choices,
                                    "label": "Service",
                                    "required": False,
                                },
                            ),
                            27: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": reports.blocks.evidence.boundary_choices,
                                    "label": "And this service",
                                    "required": False,
                                },
                            ),
                            28: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": reports.blocks.evidence.practice_choices, "required": False},
                            ),
                            29: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": reports.blocks.evidence.outcome_choices,
                                    "label": "Where it is now",
                                    "required": False,
                                },
                            ),
                            30: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"default": 3, "label": "How many at most", "max_value": 10, "min_value": 1},
                            ),
                            31: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("heading", 25),
                                        ("boundary", 26),
                                        ("other", 27),
                                        ("practice", 28),
                                        ("outcome", 29),
                                        ("count", 30),
                                    ]
                                ],
                                {"group": "From stories"},
                            ),
                            32: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": reports.blocks.evidence.boundary_choices, "label": "Service"},
                            ),
                            33: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": reports.blocks.evidence.boundary_choices, "label": "And this service"},
                            ),
                            34: (
                                "wagtail.blocks.StructBlock",
                                [[("first", 32), ("second", 33)]],
                                {"group": "From stories"},
                            ),
                            35: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": reports.blocks.evidence.practice_choices},
                            ),
                            36: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Why it stands here", "max_length": 250, "required": False},
                            ),
                            37: (
                                "wagtail.blocks.StructBlock",
                                [[("practice", 35), ("why", 36)]],
                                {"group": "From stories"},
                            ),
                            38: ("wagtail.blocks.CharBlock", (), {"max_length": 100}),
                            39: ("wagtail.blocks.TextBlock", (), {"required": False}),
                            40: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "A verb: Tell a story.", "label": "On the button", "max_length": 40},
                            ),
                            41: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "A page here, such as /stories/new/, or one elsewhere.",
                                    "max_length": 300,
                                },
                            ),
                            42: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 38), ("text", 39), ("label", 40), ("address", 41)]],
                                {"group": "To do next"},
                            ),
                            43: ("wagtail.blocks.CharBlock", (), {"default": "Documents", "max_length": 100}),
                            44: ("wagtail.blocks.CharBlock", (), {"max_length": 150}),
                            45: ("wagtail.blocks.URLBlock", (), {}),
                            46: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: PDF, 12 pages, 2024.",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            47: ("wagtail.blocks.StructBlock", [[("title", 44), ("address", 45), ("about", 46)]], {}),
                            48: ("wagtail.blocks.ListBlock", (47,), {}),
                            49: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 43), ("documents", 48)]],
                                {"group": "To do next"},
                            ),
                        },
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=(reports.models.written.Written, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="LandingPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("introduction", models.TextField(help_text="One or two sentences.")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("chapter", 1),
                            ("text", 2),
                            ("picture", 5),
                            ("figure", 10),
                            ("table", 16),
                            ("person", 20),
                            ("quote", 23),
                            ("story", 24),
                            ("stories", 31),
                            ("crossing", 34),
                            ("practice", 37),
                            ("action", 42),
                            ("documents", 49),
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
                                    "help_text": "[1] stands for the first note, [2] for the second; the notes are "
                                    "below.",
                                },
                            ),
                            3: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                            4: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                            5: ("wagtail.blocks.StructBlock", [[("image", 3), ("caption", 4)]], {"group": "Writing"}),
                            6: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: 7 in 10.", "max_length": 20},
                            ),
                            7: ("wagtail.blocks.CharBlock", (), {"label": "What it says", "max_length": 200}),
                            8: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "Who says so, and when.", "max_length": 200},
                            ),
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
                                    "help_text": "Paste them from a spreadsheet, or write one row a line with | "
                                    "between the cells. The first line is the headings.",
                                    "label": "Rows",
                                },
                            ),
                            13: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("", "As a table"),
                                        ("bars", "As bars"),
                                        ("lines", "As lines, over time"),
                                    ],
                                    "label": "How is it shown?",
                                    "required": False,
                                },
                            ),
                            14: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For a chart: people, days, per cent.",
                                    "max_length": 40,
                                    "required": False,
                                },
                            ),
                            15: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "Who counted, and when.", "max_length": 200},
                            ),
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
                            24: ("reports.blocks.evidence.StoryEmbedBlock", (), {"group": "From stories"}),
                            25: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: Stories between housing and health.", "max_length": 100},
                            ),
                            26: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": reports.blocks.evidence.boundary_choices,
                                    "label": "Service",
                                    "required": False,
                                },
                            ),
                            27: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": reports.blocks.evidence.boundary_choices,
                                    "label": "And this service",
                                    "required": False,
                                },
                            ),
                            28: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": reports.blocks.evidence.practice_choices, "required": False},
                            ),
                            29: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": reports.blocks.evidence.outcome_choices,
                                    "label": "Where it is now",
                                    "required": False,
                                },
                            ),
                            30: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"default": 3, "label": "How many at most", "max_value": 10, "min_value": 1},
                            ),
                            31: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("heading", 25),
                                        ("boundary", 26),
                                        ("other", 27),
                                        ("practice", 28),
                                        ("outcome", 29),
                                        ("count", 30),
                                    ]
                                ],
                                {"group": "From stories"},
                            ),
                            32: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": reports.blocks.evidence.boundary_choices, "label": "Service"},
                            ),
                            33: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": reports.blocks.evidence.boundary_choices, "label": "And this service"},
                            ),
                            34: (
                                "wagtail.blocks.StructBlock",
                                [[("first", 32), ("second", 33)]],
                                {"group": "From stories"},
                            ),
                            35: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": reports.blocks.evidence.practice_choices},
                            ),
                            36: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Why it stands here", "max_length": 250, "required": False},
                            ),
                            37: (
                                "wagtail.blocks.StructBlock",
                                [[("practice", 35), ("why", 36)]],
                                {"group": "From stories"},
                            ),
                            38: ("wagtail.blocks.CharBlock", (), {"max_length": 100}),
                            39: ("wagtail.blocks.TextBlock", (), {"required": False}),
                            40: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "A verb: Tell a story.", "label": "On the button", "max_length": 40},
                            ),
                            41: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "A page here, such as /stories/new/, or one elsewhere.",
                                    "max_length": 300,
                                },
                            ),
                            42: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 38), ("text", 39), ("label", 40), ("address", 41)]],
                                {"group": "To do next"},
                            ),
                            43: ("wagtail.blocks.CharBlock", (), {"default": "Documents", "max_length": 100}),
                            44: ("wagtail.blocks.CharBlock", (), {"max_length": 150}),
                            45: ("wagtail.blocks.URLBlock", (), {}),
                            46: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: PDF, 12 pages, 2024.",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            47: ("wagtail.blocks.StructBlock", [[("title", 44), ("address", 45), ("about", 46)]], {}),
                            48: ("wagtail.blocks.ListBlock", (47,), {}),
                            49: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 43), ("documents", 48)]],
                                {"group": "To do next"},
                            ),
                        },
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=(reports.models.written.Written, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="StandardPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("introduction", models.TextField(blank=True)),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("chapter", 1),
                            ("text", 2),
                            ("picture", 5),
                            ("figure", 10),
                            ("table", 16),
                            ("person", 20),
                            ("quote", 23),
                            ("story", 24),
                            ("stories", 31),
                            ("crossing", 34),
                            ("practice", 37),
                            ("action", 42),
                            ("documents", 49),
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
                                    "help_text": "[1] stands for the first note, [2] for the second; the notes are "
                                    "below.",
                                },
                            ),
                            3: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                            4: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                            5: ("wagtail.blocks.StructBlock", [[("image", 3), ("caption", 4)]], {"group": "Writing"}),
                            6: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: 7 in 10.", "max_length": 20},
                            ),
                            7: ("wagtail.blocks.CharBlock", (), {"label": "What it says", "max_length": 200}),
                            8: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "Who says so, and when.", "max_length": 200},
                            ),
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
                                    "help_text": "Paste them from a spreadsheet, or write one row a line with | "
                                    "between the cells. The first line is the headings.",
                                    "label": "Rows",
                                },
                            ),
                            13: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("", "As a table"),
                                        ("bars", "As bars"),
                                        ("lines", "As lines, over time"),
                                    ],
                                    "label": "How is it shown?",
                                    "required": False,
                                },
                            ),
                            14: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For a chart: people, days, per cent.",
                                    "max_length": 40,
                                    "required": False,
                                },
                            ),
                            15: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "Who counted, and when.", "max_length": 200},
                            ),
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
                            24: ("reports.blocks.evidence.StoryEmbedBlock", (), {"group": "From stories"}),
                            25: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: Stories between housing and health.", "max_length": 100},
                            ),
                            26: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": reports.blocks.evidence.boundary_choices,
                                    "label": "Service",
                                    "required": False,
                                },
                            ),
                            27: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": reports.blocks.evidence.boundary_choices,
                                    "label": "And this service",
                                    "required": False,
                                },
                            ),
                            28: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": reports.blocks.evidence.practice_choices, "required": False},
                            ),
                            29: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": reports.blocks.evidence.outcome_choices,
                                    "label": "Where it is now",
                                    "required": False,
                                },
                            ),
                            30: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"default": 3, "label": "How many at most", "max_value": 10, "min_value": 1},
                            ),
                            31: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("heading", 25),
                                        ("boundary", 26),
                                        ("other", 27),
                                        ("practice", 28),
                                        ("outcome", 29),
                                        ("count", 30),
                                    ]
                                ],
                                {"group": "From stories"},
                            ),
                            32: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": reports.blocks.evidence.boundary_choices, "label": "Service"},
                            ),
                            33: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": reports.blocks.evidence.boundary_choices, "label": "And this service"},
                            ),
                            34: (
                                "wagtail.blocks.StructBlock",
                                [[("first", 32), ("second", 33)]],
                                {"group": "From stories"},
                            ),
                            35: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": reports.blocks.evidence.practice_choices},
                            ),
                            36: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Why it stands here", "max_length": 250, "required": False},
                            ),
                            37: (
                                "wagtail.blocks.StructBlock",
                                [[("practice", 35), ("why", 36)]],
                                {"group": "From stories"},
                            ),
                            38: ("wagtail.blocks.CharBlock", (), {"max_length": 100}),
                            39: ("wagtail.blocks.TextBlock", (), {"required": False}),
                            40: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "A verb: Tell a story.", "label": "On the button", "max_length": 40},
                            ),
                            41: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "A page here, such as /stories/new/, or one elsewhere.",
                                    "max_length": 300,
                                },
                            ),
                            42: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 38), ("text", 39), ("label", 40), ("address", 41)]],
                                {"group": "To do next"},
                            ),
                            43: ("wagtail.blocks.CharBlock", (), {"default": "Documents", "max_length": 100}),
                            44: ("wagtail.blocks.CharBlock", (), {"max_length": 150}),
                            45: ("wagtail.blocks.URLBlock", (), {}),
                            46: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: PDF, 12 pages, 2024.",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            47: ("wagtail.blocks.StructBlock", [[("title", 44), ("address", 45), ("about", 46)]], {}),
                            48: ("wagtail.blocks.ListBlock", (47,), {}),
                            49: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 43), ("documents", 48)]],
                                {"group": "To do next"},
                            ),
                        },
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=(reports.models.written.Written, "wagtailcore.page"),
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
                    ("story", 24),
                    ("stories", 31),
                    ("crossing", 34),
                    ("practice", 37),
                    ("action", 42),
                    ("documents", 49),
                    ("words", 50),
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
                            "help_text": "Paste them from a spreadsheet, or write one row a line with | "
                            "between the cells. The first line is the headings.",
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
                    24: ("reports.blocks.evidence.StoryEmbedBlock", (), {"group": "From stories"}),
                    25: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "For example: Stories between housing and health.", "max_length": 100},
                    ),
                    26: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {"choices": reports.blocks.evidence.boundary_choices, "label": "Service", "required": False},
                    ),
                    27: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": reports.blocks.evidence.boundary_choices,
                            "label": "And this service",
                            "required": False,
                        },
                    ),
                    28: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {"choices": reports.blocks.evidence.practice_choices, "required": False},
                    ),
                    29: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": reports.blocks.evidence.outcome_choices,
                            "label": "Where it is now",
                            "required": False,
                        },
                    ),
                    30: (
                        "wagtail.blocks.IntegerBlock",
                        (),
                        {"default": 3, "label": "How many at most", "max_value": 10, "min_value": 1},
                    ),
                    31: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("heading", 25),
                                ("boundary", 26),
                                ("other", 27),
                                ("practice", 28),
                                ("outcome", 29),
                                ("count", 30),
                            ]
                        ],
                        {"group": "From stories"},
                    ),
                    32: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {"choices": reports.blocks.evidence.boundary_choices, "label": "Service"},
                    ),
                    33: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {"choices": reports.blocks.evidence.boundary_choices, "label": "And this service"},
                    ),
                    34: ("wagtail.blocks.StructBlock", [[("first", 32), ("second", 33)]], {"group": "From stories"}),
                    35: ("wagtail.blocks.ChoiceBlock", [], {"choices": reports.blocks.evidence.practice_choices}),
                    36: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Why it stands here", "max_length": 250, "required": False},
                    ),
                    37: ("wagtail.blocks.StructBlock", [[("practice", 35), ("why", 36)]], {"group": "From stories"}),
                    38: ("wagtail.blocks.CharBlock", (), {"max_length": 100}),
                    39: ("wagtail.blocks.TextBlock", (), {"required": False}),
                    40: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "A verb: Tell a story.", "label": "On the button", "max_length": 40},
                    ),
                    41: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "A page here, such as /stories/new/, or one elsewhere.", "max_length": 300},
                    ),
                    42: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 38), ("text", 39), ("label", 40), ("address", 41)]],
                        {"group": "To do next"},
                    ),
                    43: ("wagtail.blocks.CharBlock", (), {"default": "Documents", "max_length": 100}),
                    44: ("wagtail.blocks.CharBlock", (), {"max_length": 150}),
                    45: ("wagtail.blocks.URLBlock", (), {}),
                    46: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "For example: PDF, 12 pages, 2024.", "max_length": 200, "required": False},
                    ),
                    47: ("wagtail.blocks.StructBlock", [[("title", 44), ("address", 45), ("about", 46)]], {}),
                    48: ("wagtail.blocks.ListBlock", (47,), {}),
                    49: ("wagtail.blocks.StructBlock", [[("heading", 43), ("documents", 48)]], {"group": "To do next"}),
                    50: ("reports.blocks.evidence.QuotationBlock", (), {"group": "From stories"}),
                },
            ),
        ),
    ]
