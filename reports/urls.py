"""Addresses of this room; every other page that staff write is routed by Wagtail."""

from django.urls import path

from reports import feeds, views

app_name = "reports"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("reports/", views.report_list, name="list"),
    path("reports/feed/", feeds.reports, name="feed"),
    path("reports/pictures/<str:name>/", views.picture, name="picture"),
]
