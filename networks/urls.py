"""Addresses of this room."""

from django.urls import path

from networks import views

app_name = "networks"
urlpatterns = [
    path("", views.people, name="people"),
    path("<slug:public_id>/block/", views.block, name="block"),
    path("<slug:public_id>/", views.person, name="person"),
]
