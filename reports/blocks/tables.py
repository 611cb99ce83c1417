"""A table pasted from a spreadsheet, and the chart that is drawn from it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
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

    title = blocks.CharBlock(max_length=150, help_text=_("What it shows, in a sentence."))
    cells_text = blocks.TextBlock(
        label=_("Rows"),
        help_text=_(
            "Paste them from a spreadsheet, or write one row a line with | between the cells. The first line is "
            "the headings."
        ),
    )
    drawn = blocks.ChoiceBlock(
        choices=[("", _("As a table")), ("bars", _("As bars")), ("lines", _("As lines, over time"))],
        required=False,
        label=_("How is it shown?"),
    )
    unit = blocks.CharBlock(required=False, max_length=40, help_text=_("For a chart: people, days, per cent."))
    source = blocks.CharBlock(max_length=200, help_text=_("Who counted, and when."))
    address = blocks.URLBlock(required=False, label=_("Where it can be read"))

    class Meta:
        icon = "table"
        label = _("Table or chart")
        value_class = TableValue

    def clean(self, value):
        value = super().clean(value)
        if not self.is_deferred_validation and (wrong := what_is_wrong(value.cells, value["drawn"])):
            raise blocks.StructBlockValidationError({"cells_text": ValidationError(wrong)})
        return value


def what_is_wrong(cells, drawn):
    """A sentence for whoever pasted it, or nothing."""
    if len(cells) < 2:
        return gettext("Write a line of headings and at least one row.")
    if len(cells) > MOST_ROWS or len(cells[0]) > MOST_COLUMNS:
        return gettext(
            "A table holds %(most_rows)s rows and %(most_columns)s columns at most: nobody reads more on a phone."
        ) % {"most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS}
    for number, row in enumerate(cells[1:], start=2):
        if len(row) != len(cells[0]):
            return gettext("Line %(number)s has %(count)s cells, and the headings are %(count2)s.") % {
                "number": number,
                "count": len(row),
                "count2": len(cells[0]),
            }
        if drawn and any(number_of(cell) is None for cell in row[1:]):
            return gettext("A chart needs a number in each cell but the first; line %(number)s has something else.") % {
                "number": number
            }
    if drawn and len(cells[0]) < 2:
        return gettext("A chart needs a column of numbers.")
    return ""
