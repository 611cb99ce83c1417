"""Addresses of conversations."""

from django.urls import path

from networks.views import conversations

app_name = "conversations"
urlpatterns = [
    path("", conversations.conversations, name="list"),
    path("<slug:key>/", conversations.conversation, name="conversation"),
    path("<slug:key>/draft/", conversations.draft, name="draft"),
    path("<slug:key>/leave/", conversations.leave, name="leave"),
    path("<slug:key>/block/", conversations.block, name="block"),
    path("<slug:key>/mute/", conversations.mute, name="mute"),
]
