"""Addresses of what a member keeps and follows; `stories/urls.py` takes them in before those of one story."""

from django.urls import path

from stories.views import following

urlpatterns = [
    path("kept/", following.kept, name="kept_for_later"),
    path("following/", following.followed, name="following"),
    path("following/search/", following.follow_search, name="follow_search"),
    path("following/crossing/<slug:a>--<slug:b>/", following.follow_crossing, name="follow_crossing"),
    path("following/seen/", following.seen, name="follow_seen"),
    path("following/stop/", following.stop, name="follow_stop"),
    path("<slug:slug>/keep/", following.keep, name="keep"),
    path("<slug:slug>/follow/", following.follow_story, name="follow"),
]
