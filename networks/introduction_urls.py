"""Addresses of introductions."""

from django.urls import path

from networks.views import introductions

app_name = "introductions"
urlpatterns = [
    path("", introductions.introductions, name="list"),
    path("ask/<slug:public_id>/", introductions.ask, name="ask"),
    path("between/<slug:public_id>/", introductions.bring_together, name="bring_together"),
    path("between/<slug:public_id>/<slug:other_id>/", introductions.bring_these_together, name="bring_these_together"),
    path("<slug:key>/", introductions.introduction, name="introduction"),
    path("<slug:key>/take-back/", introductions.take_back, name="take_back"),
    path("<slug:key>/how-it-went/", introductions.how_it_went, name="how_it_went"),
]
