"""Addresses of coalitions, under /coalitions/."""

from django.urls import path

from networks.views import coalitions

app_name = "coalitions"
urlpatterns = [
    path("", coalitions.coalitions, name="list"),
    path("new/", coalitions.gather, name="new"),
    path("<slug:key>/", coalitions.coalition, name="coalition"),
    path("<slug:key>/join/", coalitions.join, name="join"),
    path("<slug:key>/leave/", coalitions.leave, name="leave"),
    path("<slug:key>/convene/", coalitions.convene, name="convene"),
    path("<slug:key>/notices/", coalitions.notices, name="notices"),
    path("<slug:key>/members/", coalitions.members, name="members"),
]
