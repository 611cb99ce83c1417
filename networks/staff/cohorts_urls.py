"""Addresses of the staff's pages about cohorts, under /admin/cohorts/."""

from django.urls import path

from networks.staff import cohorts

app_name = "cohorts_staff"
urlpatterns = [
    path("", cohorts.cohorts, name="list"),
    path("start/", cohorts.start, name="start"),
    path("<slug:key>/", cohorts.cohort, name="cohort"),
    path("<slug:key>/close-link/", cohorts.close_link, name="close_link"),
]
