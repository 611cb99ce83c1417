"""What takes its time, for the tests that stop a server in the middle of something: an address, and a task."""

import time
from pathlib import Path

from celery import shared_task
from django.http import HttpResponse
from django.urls import path

from systemschange.urls import handler404, handler500  # noqa: F401  this module stands in for it
from systemschange.urls import urlpatterns as usual

SECONDS = 3


def answer(request):
    time.sleep(SECONDS)
    return HttpResponse("the end")


@shared_task
def write(began, ended):
    Path(began).touch()
    time.sleep(SECONDS)
    Path(ended).touch()


urlpatterns = [path("slow/", answer), *usual]
