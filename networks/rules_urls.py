"""Addresses of "Rule or habit?", under /rule-or-habit/."""

from django.urls import path

from networks.views import rules

app_name = "rules"
urlpatterns = [
    path("", rules.questions, name="list"),
    path("ask/", rules.ask, name="ask"),
    path("own/", rules.own, name="own"),
    path("<slug:key>/", rules.question, name="question"),
    path("<slug:key>/answer/", rules.answer, name="answer"),
    path("<slug:key>/best/", rules.mark_best, name="mark_best"),
    path("<slug:what>/<slug:key>/take-back/", rules.withdraw, name="withdraw"),
]
