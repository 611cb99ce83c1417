"""`/mail/`: every mail of the embedded mode, newest first, as its reader would see it."""

from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from systemschange.embedded import mail

BACKEND = "systemschange.embedded.mail.FileBackend"
PAGE = 50
# A mail brings styles inside its elements. It may do nothing else, whatever stands in it.
HTML_POLICY = {
    "default-src": [NONE],
    "script-src": [NONE],
    "connect-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "img-src": [SELF, "data:"],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
    "sandbox": ["allow-popups"],
}


def mail_list(request):
    only_embedded()
    names = sorted((path.stem for path in mail.folder().glob("*.eml")), reverse=True)
    page = Paginator(names, PAGE).get_page(request.GET.get("page"))
    context = {
        "mails": [read(request, name) for name in page],
        "newer": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "older": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "embedded/mail_list.html", context)


def one_mail(request, name):
    return render(request, "embedded/mail.html", {"mail": read(request, name)})


@csp_replace(HTML_POLICY)
def html(request, name):
    """The HTML part as a document of its own, with a policy of its own."""
    return HttpResponse(read(request, name)["html"])


def raw(request, name):
    return HttpResponse(path_of(name).read_bytes(), content_type="text/plain; charset=utf-8")


def only_embedded():
    if settings.EMAIL_BACKEND != BACKEND:
        raise Http404


def path_of(name):
    only_embedded()
    path = mail.folder() / f"{name}.eml"
    if not path.is_file():
        raise Http404
    return path


def read(request, name) -> dict:
    """One mail, its links leading to the address at which it is read: the session is there, not on the other name."""
    found = message_from_bytes(path_of(name).read_bytes(), policy=policy.default)
    here = request.build_absolute_uri("/").rstrip("/")
    text, html = (
        part.get_content().replace(settings.SITE_URL, here) if part else ""
        for part in (found.get_body(("plain",)), found.get_body(("html",)))
    )
    return {
        "name": name,
        "subject": found["Subject"],
        "to": found["To"],
        "sent_at": parsedate_to_datetime(found["Date"]),
        "headers": [{"label": label, "value": value} for label, value in found.items()],
        "text": text,
        "html": html,
    }
