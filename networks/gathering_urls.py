"""Addresses of gatherings, under /coalitions/."""

from django.urls import path

from networks.views import gatherings

app_name = "gatherings"
urlpatterns = [
    path("gatherings/", gatherings.own, name="own"),
    path("<slug:key>/gatherings/", gatherings.to_come, name="list"),
    path("<slug:key>/gatherings/past/", gatherings.past, name="past"),
    path("<slug:key>/gatherings/new/", gatherings.new, name="new"),
    path("<slug:key>/gatherings/<slug:gathering_key>/", gatherings.gathering, name="gathering"),
    path("<slug:key>/gatherings/<slug:gathering_key>/change/", gatherings.change, name="change"),
    path("<slug:key>/gatherings/<slug:gathering_key>/call-off/", gatherings.call_off, name="call_off"),
    path("<slug:key>/gatherings/<slug:gathering_key>/calendar/", gatherings.calendar, name="calendar"),
]
