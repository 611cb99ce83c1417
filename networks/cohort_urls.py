"""Addresses of cohorts, under /cohorts/."""

from django.urls import path

from networks.views import cohorts

app_name = "cohorts"
urlpatterns = [
    path("join/<slug:token>/", cohorts.join, name="join"),
    path("<slug:key>/", cohorts.cohort, name="cohort"),
]
