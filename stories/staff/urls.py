"""Addresses of the moderators' pages, under /admin/moderation/."""

from django.urls import path

from stories.staff import asking, views

app_name = "stories_staff"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("published/", views.published, name="published"),
    path("<slug:slug>/", views.read, name="review"),
    path("<slug:slug>/ask/", asking.ask, name="ask"),
    path("<slug:slug>/approve/", views.approve, name="approve"),
    path("<slug:slug>/ask-for-changes/", views.ask_for_changes, name="ask_for_changes"),
    path("<slug:slug>/take-down/", views.take_down, name="take_down"),
]
