"""Addresses of the moderators' pages, under /admin/moderation/."""

from django.urls import path

from stories.staff import (
    asking,
    duty,
    exporting,
    featuring,
    looking_up,
    merging,
    redacting,
    suggesting,
    trusting,
    views,
)

app_name = "stories_staff"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("published/", views.published, name="published"),
    path("first-readers/", duty.duty, name="duty"),
    path("table/", exporting.export, name="export"),
    path("table/csv/", exporting.csv_export, name="csv_export"),
    path("table/xlsx/", exporting.xlsx_export, name="xlsx_export"),
    path("boundaries/<slug:slug>/merge/", merging.merge_boundary, name="merge_boundary"),
    path("featured/", featuring.featured, name="featured"),
    path("featured/<slug:slug>/end/", featuring.end_feature, name="end_feature"),
    path("look-ups/", looking_up.look_ups, name="look_ups"),
    path("<slug:slug>/", views.read, name="review"),
    path("<slug:slug>/ask/", asking.ask, name="ask"),
    path("<slug:slug>/read-first/", duty.read_first, name="read_first"),
    path("<slug:slug>/hand-on/", duty.hand_on, name="hand_on"),
    path("<slug:slug>/read/", trusting.mark_read, name="mark_read"),
    path("<slug:slug>/end-trust/", trusting.end_trust, name="end_trust"),
    path("<slug:slug>/trust-again/", trusting.trust_again, name="trust_again"),
    path("<slug:slug>/who-told-it/", looking_up.look_up, name="look_up"),
    path("<slug:slug>/take-words-out/", redacting.redact, name="redact"),
    path("<slug:slug>/suggest/", suggesting.suggest, name="suggest"),
    path("<slug:slug>/approve/", views.approve, name="approve"),
    path("<slug:slug>/ask-for-changes/", views.ask_for_changes, name="ask_for_changes"),
    path("<slug:slug>/take-down/", views.take_down, name="take_down"),
]
