"""Addresses of this room."""

from django.urls import path

from digests.views import members

app_name = "digests"
urlpatterns = [
    path("", members.letter, name="letter"),
    path("last/", members.last, name="last"),
    path("leave/<str:token>/", members.leave, name="leave"),
]
