"""Addresses of the practice library; its pages live here because they show stories."""

from django.urls import path

from stories.views import feeds, practices, tried

app_name = "practices"
urlpatterns = [
    path("", practices.practice_list, name="list"),
    path("<slug:slug>/tried/", tried.practice_tried, name="tried"),
    path("<slug:slug>/", practices.practice, name="practice"),
    path("<slug:slug>/feed/", feeds.practice, name="feed"),
]
