"""Pages that programme staff write in Wagtail, and the pictures in them."""

from reports.models.commissioning import CommissionersQuestion, QuestionAnswer
from reports.models.evidence import Evidence
from reports.models.home import NEW, QUESTION, HomePage, lead_and_others, question_of_the_week
from reports.models.pdf import ReportPDF
from reports.models.pictures import ReportImage, ReportRendition
from reports.models.report import ReportIndexPage, ReportPage
from reports.reviewing import SecondEditor
from reports.site import SiteSettings

__all__ = [
    "NEW",
    "QUESTION",
    "CommissionersQuestion",
    "Evidence",
    "HomePage",
    "QuestionAnswer",
    "ReportImage",
    "ReportPDF",
    "ReportIndexPage",
    "ReportPage",
    "ReportRendition",
    "SecondEditor",
    "SiteSettings",
    "lead_and_others",
    "question_of_the_week",
]
