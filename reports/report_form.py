"""The form by which a report is written in the admin."""

from django.utils.translation import gettext
from wagtail.admin.forms import WagtailAdminPageForm

from reports.parts import NOTE


class ReportForm(WagtailAdminPageForm):
    """A draft may name notes that nobody has written yet: it is kept while it is typed."""

    def clean(self):
        cleaned = super().clean()
        if not self.is_deferred_validation and "body" in cleaned and "notes" in cleaned:
            wrong = what_is_missing(cleaned["body"], len(cleaned["notes"]))
            if wrong:
                self.add_error("notes", wrong)
        return cleaned


def what_is_missing(body, count):
    """A sentence about the first note that the texts name and that is not there, or nothing."""
    texts = [block.value.source for block in body if block.block_type == "text"]
    named = {int(number) for text in texts for number in NOTE.findall(text)}
    missing = sorted(number for number in named if not 1 <= number <= count)
    return (
        gettext("The text names note %(value)s, and there are %(count)s.") % {"value": missing[0], "count": count}
        if missing
        else ""
    )
