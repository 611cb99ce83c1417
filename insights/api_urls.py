"""Addresses of the open data."""

from django.urls import path

from insights import api

app_name = "api"
urlpatterns = [
    path("", api.about, name="about"),
    path("openapi.json", api.document, name="document"),
    path("stories.csv", api.whole, {"ending": "csv"}, name="stories_csv"),
    path("stories.json", api.whole, {"ending": "json"}, name="stories_json"),
    path("files/<slug:ending>/", api.file, name="file"),
    path("files/<slug:ending>/progress/", api.progress, name="progress"),
    path("stories/", api.stories, name="stories"),
    path("stories/<slug:slug>/", api.story, name="story"),
    path("crossings/", api.crossings, name="crossings"),
]
