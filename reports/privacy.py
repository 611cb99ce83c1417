"""What this room keeps about people: who wrote and uploaded. What staff publish stays the organisation's."""

from django.utils.translation import gettext_lazy as _

from members.privacy import blank, goes_with, keep, nobody, not_told, register, table, unlink
from reports.models import (
    ArticlePage,
    CommissionersQuestion,
    Evidence,
    HomePage,
    LandingPage,
    Letter,
    QuestionAnswer,
    ReportImage,
    ReportIndexPage,
    ReportPage,
    ReportPDF,
    ReportRendition,
    SecondEditor,
    SiteSettings,
    StandardPage,
)

register(
    ReportImage,
    uploaded_by_user=unlink(_("a report keeps its pictures")),
    words=keep(_("what staff say about a picture")),
    export=not_told("pictures in reports are the organisation's"),
)
register(ReportRendition, words=goes_with("image"))
register(Evidence, words=goes_with("story"), export=not_told("in its story"))
register(
    Letter,
    answered_by=unlink(_("that it was answered stays, without who answered")),
    contact=blank(_("what was written to a report stays with its writers, without who wrote")),
    words=keep(_("the words of a reader: no account stands beside them")),
    export=table(
        _("Letters to reports in which you left your address"), "contact", ["written_at", "wish", "text", "contact"]
    ),
)
register(ReportPDF, words=goes_with("report"))
register(
    SiteSettings,
    contact_email=keep(_("where everybody writes to: the organisation's, whoever reads it")),
    words=keep(_("what staff say on every page; whoever is named there is taken out by hand")),
    export=not_told("it stands on every page, and is the organisation's"),
)
nobody(_("how pages are read before they are published"), SecondEditor)
for page in (HomePage, ReportIndexPage, ReportPage, ArticlePage, StandardPage, LandingPage):
    register(
        page,
        words=keep(
            _("what staff publish; of a teller's words it keeps a key, and what was typed is looked for by hand")
        ),
    )
register(
    CommissionersQuestion,
    words=keep(_("what staff publish of what an organisation asked and replied; a role, no name")),
)
nobody(_("that a story answers a question; it goes with the story"), QuestionAnswer)
