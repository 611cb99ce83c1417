"""What every template may know: the site's own name and address, its menus, where to write to, and who else signs
people in."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from reports.site import words


def site(request):
    said = SimpleLazyObject(words)  # asked for by pages with a header and a foot, not by every scrap of one
    return {
        "site_words": said,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "offline_page": settings.OFFLINE_PAGE,
        "oidc_name": settings.OIDC_NAME,
        "contact_email": SimpleLazyObject(lambda: said.contact_email or settings.CONTACT_EMAIL),
    }
