"""Addresses around the provider, by the names that allauth asks for."""

from django.urls import path

from members.provider import views

urlpatterns = [
    path("", views.connections, name="socialaccount_connections"),
    path("join/", views.join, name="socialaccount_signup"),
    path("cancelled/", views.cancelled, name="socialaccount_login_cancelled"),
    path("error/", views.failed, name="socialaccount_login_error"),
    path("<slug:provider_id>/", views.sign_in, name="openid_connect_login"),
    path("<slug:provider_id>/back/", views.back, name="openid_connect_callback"),
]
