"""What the site says about itself in plain words; each page says only what is true of the code beside it.

The footer leads to them from everywhere, and they ask the database nothing, except once a minute for the words of the
whole site.
"""

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import render

from members import terms
from reports.site import words
from stories.keeping import LASTS

# The name of each page, also its template's, and where it is.
PAGES = {
    "safety": "safety/",
    "privacy": "privacy/",
    "house_rules": "house-rules/",
    "accessibility": "accessibility/",
    "for_managers": "for-my-manager/",
    "for_it": "for-your-it-team/",
}


def about(request, name):
    """One of them; `name` comes with its address."""
    return render(request, f"about/{name}.html", facts())


def facts():
    """What the pages name and a site chooses for itself; what it has not chosen they say is missing."""
    return {
        "controller_name": settings.CONTROLLER_NAME,
        "safeguarding_lead": settings.SAFEGUARDING_LEAD or words().safeguarding_lead,
        "hosted_by": settings.HOSTED_BY,
        "demonstration": settings.EMBEDDED and not settings.CONTROLLER_NAME,
        "host": urlsplit(settings.SITE_URL).netloc,
        "https": settings.HTTPS,
        "mail_sender": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "session_days": settings.SESSION_COOKIE_AGE // 86_400,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "versions": terms.versions()[::-1],
        "kept_hours": int(LASTS.total_seconds()) // 3600,
        "code_minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
    }
