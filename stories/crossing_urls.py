"""Addresses of the crossings."""

from django.urls import path

from stories.views import crossings, feeds

app_name = "crossings"
urlpatterns = [
    path("", crossings.crossing_list, name="list"),
    path("<slug:a>--<slug:b>/", crossings.crossing, name="crossing"),
    path("<slug:a>--<slug:b>/feed/", feeds.crossing, name="feed"),
]
