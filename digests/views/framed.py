"""A mail inside a page. A mail brings its styles with it, which no page of ours may: so it is a document of its own in
a frame, with a policy of its own, and may do nothing but be read and open its links in another window."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

POLICY = {
    "default-src": [NONE],
    "script-src": [NONE],
    "connect-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "img-src": [SELF, "data:"],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@xframe_options_sameorigin
@csp_replace(POLICY)
def framed(request, html):
    """`html` is what `digests.writing` wrote."""
    return HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))
