"""Addresses of the moderators' pages about "Rule or habit?", under /admin/rules/."""

from django.urls import path

from networks.staff import rules

app_name = "rules_staff"
urlpatterns = [
    path("", rules.queue, name="queue"),
    path("published/", rules.published, name="published"),
    path("<slug:what>/<slug:key>/approve/", rules.approve, name="approve"),
    path("<slug:what>/<slug:key>/refuse/", rules.refuse, name="refuse"),
]
