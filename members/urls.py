"""Addresses of this room; allauth's stand beside them under /account/."""

from django.urls import path

from members import data_views, mail_views, views

app_name = "members"
urlpatterns = [
    path("", views.home, name="home"),
    path("welcome/", views.welcome, name="welcome"),
    path("profile/", views.profile, name="profile"),
    path("profile/photo/", views.portrait, name="portrait"),
    path("profile/listed/", views.listing, name="listing"),
    path("security/", views.security, name="security"),
    path("terms/", views.terms_page, name="terms"),
    path("data/", data_views.data, name="data"),
    path("data/take/", data_views.take, name="take_data"),
    path("data/by-mail/", data_views.by_mail, name="by_mail"),
    path("prove/", data_views.prove, name="prove"),
    path("link/<str:token>/", data_views.link, name="link"),
    path("closed/", data_views.closed, name="closed"),
    path("mail/", mail_views.wishes, name="mail"),
    path("mail/break/", mail_views.take_break, name="take_break"),
    path("mail/stop/<str:token>/", mail_views.stop, name="stop_mail"),
    path("blocked/", views.blocked, name="blocked"),
    path("vouch/", views.vouch, name="vouch"),
    path("invitation/<slug:token>/", views.invitation, name="invitation"),
]
