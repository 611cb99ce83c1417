"""A table pasted from a spreadsheet, and the chart that is drawn from it."""

from django.core.exceptions import ValidationError
from wagtail import blocks

from reports.charts import Chart, number_of

MOST_ROWS, MOST_COLUMNS = 60, 8


class TableValue(blocks.StructValue):
    @property
    def cells(self):
        lines = [line for line in (self["cells_text"] or "").splitlines() if line.strip()]
        return [[cell.strip() for cell in line.split("\t" if "\t" in line else "|")] for line in lines]

    @property
    def head(self):
        return self.cells[0] if self.cells else []

    @property
    def rows(self):
        return self.cells[1:]

    @property
    def chart(self):
        """In a draft that is half written: none yet."""
        kind = "" if what_is_wrong(self.cells, self["drawn"]) else self["drawn"]
        return Chart(kind, self.head, self.rows)


class TableBlock(blocks.StructBlock):
    """The first line is the headings. A chart has the table as its twin: who cannot see the one reads the other."""

    title = blocks.CharBlock(max_length=150, help_text="What it shows, in a sentence.")
    cells_text = blocks.TextBlock(
        label="Rows",
        help_text="Paste them from a spreadsheet, or write one row a line with | between the cells. The first line is "
        "the headings.",
    )
    drawn = blocks.ChoiceBlock(
        choices=[("", "As a table"), ("bars", "As bars"), ("lines", "As lines, over time")],
        required=False,
        label="How is it shown?",
    )
    unit = blocks.CharBlock(required=False, max_length=40, help_text="For a chart: people, days, per cent.")
    source = blocks.CharBlock(max_length=200, help_text="Who counted, and when.")
    address = blocks.URLBlock(required=False, label="Where it can be read")

    class Meta:
        icon = "table"
        label = "Table or chart"
        value_class = TableValue

    def clean(self, value):
        value = super().clean(value)
        if not self.is_deferred_validation and (wrong := what_is_wrong(value.cells, value["drawn"])):
            raise blocks.StructBlockValidationError({"cells_text": ValidationError(wrong)})
        return value


def what_is_wrong(cells, drawn):
    """A sentence for whoever pasted it, or nothing."""
    if len(cells) < 2:
        return "Write a line of headings and at least one row."
    if len(cells) > MOST_ROWS or len(cells[0]) > MOST_COLUMNS:
        return f"A table holds {MOST_ROWS} rows and {MOST_COLUMNS} columns at most: nobody reads more on a phone."
    for number, row in enumerate(cells[1:], start=2):
        if len(row) != len(cells[0]):
            return f"Line {number} has {len(row)} cells, and the headings are {len(cells[0])}."
        if drawn and any(number_of(cell) is None for cell in row[1:]):
            return f"A chart needs a number in each cell but the first; line {number} has something else."
    if drawn and len(cells[0]) < 2:
        return "A chart needs a column of numbers."
    return ""
