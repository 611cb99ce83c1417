"""The weekly letter among the numbers for staff."""

from django.utils.translation import gettext_lazy as _

from confidentiality.rounding import rounded
from digests.models import Issue
from insights.staff.sources import Source, register

LETTERS = 8
UNDER = "under 5"


def rows(now):
    """The last letters that have gone, the newest first, with how many got them."""
    gone = Issue.objects.filter(state=Issue.State.DONE).order_by("-week").with_counts()[:LETTERS]
    return [[f"{issue.week:%-d %B %Y}", *map(_said, _counts(issue))] for issue in gone]


def _counts(issue):
    return issue.sent_count, issue.skipped_count, issue.failed_count + issue.unknown_count


def _said(number):
    told = rounded(number)
    return f"{told}+" if told else UNDER


register(
    Source(
        title=_("The weekly letter"),
        note=_("Members, in fives. Whoever has nothing new to read gets no letter."),
        head=(_("Letter of"), _("Sent"), _("Nothing new, or too little yet"), _("Failed or in doubt")),
        rows=rows,
    )
)
