"""What every template may know: the site's own name and address, where to write to, and who else signs people in."""

from django.conf import settings


def site(request):
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "oidc_name": settings.OIDC_NAME,
        "contact_email": settings.CONTACT_EMAIL,
    }
