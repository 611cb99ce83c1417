"""Addresses of evidence packs."""

from django.urls import path

from insights import pack_views

app_name = "evidence"
urlpatterns = [path("<slug:key>/", pack_views.pack, name="pack")]
