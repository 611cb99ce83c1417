"""Addresses of this room."""

from django.urls import path

from networks.views import directory

app_name = "networks"
urlpatterns = [
    path("", directory.people, name="people"),
    path("<slug:public_id>/block/", directory.block, name="block"),
    path("<slug:public_id>/photo/<slug:name>/", directory.photo, name="photo"),
    path("<slug:public_id>/", directory.person, name="person"),
]
