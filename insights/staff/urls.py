"""Addresses of the figures for staff, under /admin/figures/."""

from django.urls import path

from insights.staff import (
    quarters,  # noqa: F401 (the converter of `quarter`)
    views,
)

app_name = "insights_staff"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("quarter/<quarter:quarter>/", views.quarter, name="quarter"),
]
