"""Addresses of the staff's pages about introductions, under /admin/introductions/."""

from django.urls import path

from networks.staff import introductions

app_name = "introductions_staff"
urlpatterns = [path("", introductions.went, name="went")]
