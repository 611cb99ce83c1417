"""Addresses of the moderators' pages, under /admin/moderation/."""

from django.urls import path

from stories.staff import views

app_name = "stories_staff"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("published/", views.published, name="published"),
    path("<str:slug>/", views.read, name="review"),
    path("<str:slug>/approve/", views.approve, name="approve"),
    path("<str:slug>/ask-for-changes/", views.ask_for_changes, name="ask_for_changes"),
    path("<str:slug>/take-down/", views.take_down, name="take_down"),
]
