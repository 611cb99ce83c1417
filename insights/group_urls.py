"""Addresses of what a group's own stories show together, under /coalitions/."""

from django.urls import path

from insights import pack_views

app_name = "group_evidence"
urlpatterns = [
    path("<slug:key>/evidence/", pack_views.of_group, name="list"),
    path("<slug:key>/evidence/<slug:pack_key>/take-back/", pack_views.take_back, name="take_back"),
]
