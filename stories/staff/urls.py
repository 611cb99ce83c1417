"""Addresses of the moderators' pages, under /admin/moderation/."""

from django.urls import path

from stories.staff import asking, concerns, contributions, duty, telling_for, trusting, views

app_name = "stories_staff"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("published/", views.published, name="published"),
    path("first-readers/", duty.duty, name="duty"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("<slug:slug>/concern/", concerns.concern, name="concern"),
    path("contributions/", contributions.queue, name="contributions"),
    path("contributions/published/", contributions.published, name="contributions_published"),
    path("contributions/<slug:kind>/<slug:slug>/approve/", contributions.approve, name="approve_contribution"),
    path("contributions/<slug:kind>/<slug:slug>/refuse/", contributions.refuse, name="refuse_contribution"),
    path("contributions/<slug:kind>/<slug:slug>/take-down/", contributions.take_down, name="take_down_contribution"),
    path("told-for/", telling_for.tell_for, name="tell_for"),
    path("<slug:slug>/told-for/", telling_for.drop_told_for, name="drop_told_for"),
    path("<slug:slug>/", views.read, name="review"),
    path("<slug:slug>/ask/", asking.ask, name="ask"),
    path("<slug:slug>/read-first/", duty.read_first, name="read_first"),
    path("<slug:slug>/hand-on/", duty.hand_on, name="hand_on"),
    path("<slug:slug>/read/", trusting.mark_read, name="mark_read"),
    path("<slug:slug>/end-trust/", trusting.end_trust, name="end_trust"),
    path("<slug:slug>/trust-again/", trusting.trust_again, name="trust_again"),
    path("<slug:slug>/approve/", views.approve, name="approve"),
    path("<slug:slug>/ask-for-changes/", views.ask_for_changes, name="ask_for_changes"),
    path("<slug:slug>/take-down/", views.take_down, name="take_down"),
]
