"""`/mail/` and below; mounted in the embedded mode only."""

from django.urls import path

from systemschange.embedded import mailbox

app_name = "mail"
urlpatterns = [
    path("", mailbox.mail_list, name="list"),
    path("<slug:name>/", mailbox.one_mail, name="mail"),
    path("<slug:name>/html/", mailbox.html, name="html"),
    path("<slug:name>/raw/", mailbox.raw, name="raw"),
]
