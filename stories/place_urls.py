"""Addresses of the places; their pages live here because they show stories."""

from django.urls import path

from stories.views import feeds, places

app_name = "places"
urlpatterns = [
    path("", places.place_list, name="list"),
    path("<slug:slug>/", places.place, name="place"),
    path("<slug:slug>/feed/", feeds.place, name="feed"),
]
