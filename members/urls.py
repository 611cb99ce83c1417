"""Addresses of this room; allauth's stand beside them under /account/."""

from django.urls import path

from members import views

app_name = "members"
urlpatterns = [
    path("", views.home, name="home"),
    path("welcome/", views.welcome, name="welcome"),
    path("profile/", views.profile, name="profile"),
    path("security/", views.security, name="security"),
    path("terms/", views.terms_page, name="terms"),
    path("vouch/", views.vouch, name="vouch"),
    path("invitation/<slug:token>/", views.invitation, name="invitation"),
]
