"""An evidence pack of what the demo community told in public. No mail tells of it: all of it is past."""

from datetime import timedelta

from insights import packing
from insights.counting import Asked
from insights.models import PackQuotation
from stories.models import Quotation, Story

TITLE = "What changed between services, told by those who work there"
STALLED = "A sheet of paper on the ward so nobody leaves because of a missed script"
SAID = "Then the sister got a new post, the ward was repainted, and the sheet went in a skip."


def add_pack(*, people, now):
    """Beside the words that the demo report has picked, some of what stalled: its teller was asked and said yes."""
    by, at = people["editor@demo.example"], now - timedelta(days=2)
    story = Story.objects.public().get(demo=True, title=STALLED)
    yes = {"asked_at": at, "answer": Quotation.Answer.YES, "answered_at": at}
    story.quotations.create(field="happened", words=SAID, picked_by=by, picked_at=at, **yes)
    pack = packing.freeze(Asked(), query={}, title=TITLE, by=by, now=at, demo=True)
    PackQuotation.objects.filter(pack=pack).update(told_at=at)
