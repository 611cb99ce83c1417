"""Pages that programme staff write in Wagtail, and the pictures in them."""

from reports.models.articles import ArticlePage, LandingPage, StandardPage
from reports.models.evidence import Evidence
from reports.models.home import QUESTION, HomePage, question_of_the_week
from reports.models.letters import Letter
from reports.models.pdf import ReportPDF
from reports.models.pictures import ReportImage, ReportRendition
from reports.models.report import ReportIndexPage, ReportPage

__all__ = [
    "QUESTION",
    "ArticlePage",
    "Evidence",
    "HomePage",
    "LandingPage",
    "Letter",
    "ReportImage",
    "ReportPDF",
    "ReportIndexPage",
    "ReportPage",
    "ReportRendition",
    "StandardPage",
    "question_of_the_week",
]
