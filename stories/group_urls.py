"""Addresses of what groups tell each other, under /coalitions/."""

from django.urls import path

from stories.views import groups

app_name = "group_stories"
urlpatterns = [
    path("<slug:key>/stories/", groups.group_stories, name="list"),
]
