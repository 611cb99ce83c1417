"""Addresses of this room."""

from django.urls import path

from digests import weeks  # noqa: F401 (the converter of `week`)
from digests.views import archive, leaving, members, preview, readers

app_name = "digests"
urlpatterns = [
    path("", members.letter, name="letter"),
    path("preview/", preview.preview, name="preview"),
    path("preview/mail/", preview.mail, name="preview_mail"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<week:week>/", archive.archived, name="archived"),
    path("last/", archive.last, name="last"),
    path("leave/<str:token>/", leaving.leave, name="leave"),
    path("new-stories/", readers.asked, name="asked"),
    path("new-stories/confirm/<str:token>/", readers.confirm, name="confirm"),
    path("new-stories/leave/<str:token>/", readers.leave, name="leave_news"),
    path("new-stories/leave-one/<str:token>/", readers.leave_one, name="leave_one"),
]
