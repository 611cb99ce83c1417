"""Addresses of this room."""

from django.urls import path

from insights import views

app_name = "insights"
urlpatterns = [
    path("", views.boundaries, name="boundaries"),
    path("changes/", views.changes, name="changes"),
    path("practices/", views.practices, name="practices"),
    path("places/", views.places, name="places"),
    path("about/", views.about, name="about"),
    path("crossings.csv", views.boundaries_csv, name="boundaries_csv"),
]
