"""Addresses of this room; every other page that staff write is routed by Wagtail."""

from django.urls import path

from reports import feeds
from reports.views import front, letters, pdf, pictures

app_name = "reports"
urlpatterns = [
    path("", front.home, name="home"),
    path("search/", front.search, name="search"),
    path("reports/", front.report_list, name="list"),
    path("reports/feed/", feeds.reports, name="feed"),
    path("reports/pictures/<str:name>/", pictures.picture, name="picture"),
    path("reports/<slug:slug>/write-back/", letters.write_back, name="write_back"),
    path("reports/<slug:slug>/pdf/", pdf.report_pdf, name="pdf"),
]
