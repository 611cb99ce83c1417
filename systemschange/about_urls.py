"""Addresses of the pages that say what the site is and does, under /about/."""

from django.urls import path

from systemschange import about

app_name = "about"
urlpatterns = [path(where, about.about, {"name": name}, name=name) for name, where in about.PAGES.items()]
