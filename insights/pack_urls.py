"""Addresses of evidence packs."""

from django.urls import path

from insights import views

app_name = "evidence"
urlpatterns = [path("<slug:key>/", views.pack, name="pack")]
