"""Where readers without an account ask for mails: beside the page that they want to hear of, or on one page for all."""

from django.urls import path

from digests.views import readers

app_name = "subscribe"
urlpatterns = [
    path("mailing-list/", readers.mailing_list, name="list"),
    path("crossings/<slug:a>--<slug:b>/subscribe/", readers.subscribe_to_crossing, name="crossing"),
    path("places/<slug:slug>/subscribe/", readers.subscribe_to_place, name="place"),
]
