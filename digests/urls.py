"""Addresses of this room."""

from django.urls import path

from digests.views import members, readers

app_name = "digests"
urlpatterns = [
    path("", members.letter, name="letter"),
    path("last/", members.last, name="last"),
    path("leave/<str:token>/", members.leave, name="leave"),
    path("new-stories/", readers.asked, name="asked"),
    path("new-stories/confirm/<str:token>/", readers.confirm, name="confirm"),
    path("new-stories/leave/<str:token>/", readers.leave, name="leave_news"),
    path("new-stories/leave-one/<str:token>/", readers.leave_one, name="leave_one"),
]
