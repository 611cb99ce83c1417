"""What this room keeps about people: who wrote and uploaded. What staff publish stays the organisation's."""

from members.privacy import goes_with, keep, nobody, not_told, register, unlink
from reports.models import (
    CommissionersQuestion,
    Evidence,
    HomePage,
    QuestionAnswer,
    ReportImage,
    ReportIndexPage,
    ReportPage,
    ReportPDF,
    ReportRendition,
    SecondEditor,
    SiteSettings,
)

register(
    ReportImage,
    uploaded_by_user=unlink("a report keeps its pictures"),
    words=keep("what staff say about a picture"),
    export=not_told("pictures in reports are the organisation's"),
)
register(ReportRendition, words=goes_with("image"))
register(Evidence, words=goes_with("story"), export=not_told("in its story"))
register(ReportPDF, words=goes_with("report"))
register(
    SiteSettings,
    contact_email=keep("where everybody writes to: the organisation's, whoever reads it"),
    words=keep("what staff say on every page; whoever is named there is taken out by hand"),
    export=not_told("it stands on every page, and is the organisation's"),
)
nobody("how pages are read before they are published", SecondEditor)
for page in (HomePage, ReportIndexPage, ReportPage):
    register(page, words=keep("what staff publish; a quote in it is looked for by hand (docs/operations.md)"))
register(
    CommissionersQuestion, words=keep("what staff publish of what an organisation asked and replied; a role, no name")
)
nobody("that a story answers a question; it goes with the story", QuestionAnswer)
