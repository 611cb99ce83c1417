"""Addresses of coalitions, under /coalitions/."""

from django.urls import path

from networks.views import coalitions, joining

app_name = "coalitions"
urlpatterns = [
    path("", coalitions.coalitions, name="list"),
    path("new/", coalitions.gather, name="new"),
    path("invited/<slug:token>/", joining.invited, name="invited"),
    path("<slug:key>/", coalitions.coalition, name="coalition"),
    path("<slug:key>/join/", coalitions.join, name="join"),
    path("<slug:key>/ask/", joining.ask, name="ask"),
    path("<slug:key>/ask/take-back/", joining.take_back, name="take_back"),
    path("<slug:key>/requests/", joining.requests, name="requests"),
    path("<slug:key>/invite/", joining.invite, name="invite"),
    path("<slug:key>/change/", coalitions.change, name="change"),
    path("<slug:key>/close/", coalitions.close, name="close"),
    path("<slug:key>/leave/", coalitions.leave, name="leave"),
    path("<slug:key>/conversation/", coalitions.sit_down_again, name="sit_down_again"),
    path("<slug:key>/convene/", coalitions.convene, name="convene"),
    path("<slug:key>/notices/", coalitions.notices, name="notices"),
    path("<slug:key>/members/", coalitions.members, name="members"),
]
