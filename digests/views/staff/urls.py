"""Addresses of the letter's pages in the admin."""

from django.urls import path

from digests import weeks  # noqa: F401 (the converter of `week`)
from digests.views.staff import letters, preview, problems, running, why

app_name = "letters_staff"
urlpatterns = [
    path("", letters.letters, name="letters"),
    path("pick/", letters.pick, name="pick"),
    path("pick/<slug:slug>/remove/", letters.unpick, name="unpick"),
    path("test/", letters.send_test, name="send_test"),
    path("send/", running.send, name="send"),
    path("preview/", preview.find, name="find_preview"),
    path("preview/<slug:public_id>/", preview.preview, name="preview"),
    path("preview/<slug:public_id>/mail/", preview.mail, name="preview_mail"),
    path("problems/", problems.problems, name="problems"),
    path("problems/<int:pk>/seen/", problems.seen, name="seen"),
    path("problems/<int:pk>/again/", problems.again, name="again"),
    path("problems/addresses/<int:pk>/lift/", problems.lift, name="lift"),
    path("why/", why.find, name="find_why"),
    path("why/<slug:public_id>/", why.why, name="why"),
    path("<week:week>/", running.letter, name="letter"),
    path("<week:week>/progress/", running.progress, name="progress"),
    path("<week:week>/pause/", running.pause, name="pause"),
    path("<week:week>/resume/", running.resume, name="resume"),
    path("<week:week>/cancel/", running.cancel, name="cancel"),
]
