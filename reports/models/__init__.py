"""Pages that programme staff write in Wagtail, and the pictures in them."""

from reports.models.articles import ArticlePage, LandingPage, StandardPage
from reports.models.commissioning import CommissionersQuestion, QuestionAnswer
from reports.models.evidence import Evidence
from reports.models.home import NEW, QUESTION, HomePage, lead_and_others, newest_report, question_of_the_week
from reports.models.letters import Letter
from reports.models.pdf import ReportPDF
from reports.models.pictures import ReportImage, ReportRendition
from reports.models.report import ReportIndexPage, ReportPage
from reports.reviewing import SecondEditor
from reports.site import SiteSettings

__all__ = [
    "NEW",
    "QUESTION",
    "ArticlePage",
    "CommissionersQuestion",
    "Evidence",
    "HomePage",
    "LandingPage",
    "Letter",
    "QuestionAnswer",
    "ReportImage",
    "ReportPDF",
    "ReportIndexPage",
    "ReportPage",
    "ReportRendition",
    "SecondEditor",
    "SiteSettings",
    "StandardPage",
    "lead_and_others",
    "newest_report",
    "question_of_the_week",
]
