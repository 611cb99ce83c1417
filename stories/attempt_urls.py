"""Addresses of what members try, for themselves and one group."""

from django.urls import path

from stories.views import attempts

app_name = "attempts"
urlpatterns = [
    path("", attempts.attempt_list, name="list"),
    path("new/", attempts.new, name="new"),
    path("<slug:key>/", attempts.attempt, name="attempt"),
    path("<slug:key>/change/", attempts.change, name="change"),
    path("<slug:key>/story/", attempts.make_story, name="make_story"),
    path("<slug:key>/delete/", attempts.delete, name="delete"),
]
