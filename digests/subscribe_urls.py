"""Where readers without an account ask for mails: beside the page that they want to hear of."""

from django.urls import path

from digests.views import readers

app_name = "subscribe"
urlpatterns = [
    path("crossings/<slug:a>--<slug:b>/subscribe/", readers.subscribe_to_crossing, name="crossing"),
    path("places/<slug:slug>/subscribe/", readers.subscribe_to_place, name="place"),
]
