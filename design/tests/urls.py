"""Pages that go wrong in every way."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


def refuse(request, word=""):
    raise PermissionDenied(word)


def lose(request, word=""):
    raise Http404(f"No story is called {word}")


def hide(request, word):
    raise Http404("This story is for members")


def suspect(request):
    raise SuspiciousOperation("A host nobody knows")


def crash(request):
    raise ZeroDivisionError("private words")


@csrf_exempt
def unread_crash(request):
    raise ZeroDivisionError


def unreachable(request):
    elsewhere = DatabaseWrapper({**connection.settings_dict, "HOST": "/nowhere"}, alias="elsewhere")
    elsewhere.ensure_connection()


def interrupted(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def slow(request):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        cursor.execute("SELECT pg_sleep(1)")


def closed(request):
    cursor = connection.cursor()
    cursor.close()
    cursor.execute("SELECT 1")


def fine(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("fine")


class LosesTheDatabase:
    """Like a session that cannot be kept: it fails outside the view."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return unreachable(request)


urlpatterns = [
    path("refuse/", refuse),
    path("lose/<word>/", lose),
    path("hide/<word>/", hide),
    path("suspect/", suspect),
    path("crash/", crash),
    path("unread-crash/", unread_crash),
    path("unreachable/", unreachable),
    path("interrupted/", interrupted),
    path("slow/", slow),
    path("closed/", closed),
    path("fine/", fine),
]
handler400 = "design.errors.bad_request"
handler403 = "design.errors.permission_denied"
handler404 = "design.errors.page_not_found"
handler500 = "design.errors.server_error"
