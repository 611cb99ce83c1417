"""Addresses of this room."""

from datetime import date

from django.urls import path, register_converter

from digests.views import archive, leaving, members, preview, readers


class Week:
    """The Thursday on which a letter's week began: 2026-12-03."""

    regex = r"\d{4}-\d\d-\d\d"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()


register_converter(Week, "week")

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
