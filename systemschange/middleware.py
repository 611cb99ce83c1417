"""Headers that every answer carries: a content security policy, permissions, and no storing of private pages.

Stands before all other middleware: a file, or a request that one of them refuses, carries them too.
"""

from csp.constants import HEADER, SELF
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings

UNSAFE_INLINE = "'unsafe-inline'"
PUBLIC = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
PREVIEW = {**PUBLIC, "frame-ancestors": [SELF]}
# Wagtail's admin still writes inline scripts and styles, and frames our pages to preview them.
ADMIN = {
    **PUBLIC,
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
WRITTEN = {True: build_policy(replace=ADMIN), False: build_policy()}  # by whether it is the admin's
ALWAYS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Django's own middleware sets these too, but not where it refuses a request itself.
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}


class SecurityPolicy(CSPMiddleware):
    """Adds the policy that fits the address; nobody stores what a signed-in person was shown."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if report_only or parts.replace:
            return parts
        if getattr(request, "is_preview", False):
            return PolicyParts(replace=PREVIEW)
        if request.path.startswith("/admin/"):
            return PolicyParts(replace=ADMIN)
        return parts

    def process_response(self, request, response):
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if is_ones_own(request, response):
            response.headers.setdefault("Cache-Control", "private, no-store")
        if has_its_own(request, response):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, WRITTEN[request.path.startswith("/admin/")])
        return response


def has_its_own(request, response):
    """A view or Django's page for developers says what this answer's policy is; all others have one of two."""
    said = any(name.startswith("_csp") for name in (*vars(response), *vars(request)))
    return said or getattr(request, "is_preview", False) or (settings.DEBUG and response.status_code in {404, 500})


def is_ones_own(request, response):
    """Made for one browser: it is signed in, sent something (which may be shown to it again), or is given a cookie."""
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return signed_in or request.method not in {"GET", "HEAD"} or bool(response.cookies)
