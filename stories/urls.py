"""Addresses of this room: nouns first, then verbs."""

from django.urls import path

from stories.views import reading

app_name = "stories"
urlpatterns = [
    path("", reading.story_list, name="list"),
    # What follows a story's own address comes last, so that no slug can hide a page.
    path("<str:slug>/", reading.story, name="story"),
]
