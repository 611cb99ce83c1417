"""Addresses of the crossings."""

from django.urls import path

from stories.views import crossings

app_name = "crossings"
urlpatterns = [
    path("", crossings.crossing_list, name="list"),
    path("<slug:a>--<slug:b>/", crossings.crossing, name="crossing"),
]
