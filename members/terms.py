"""The versions of what members agree to: the house rules and the privacy page, together.

A changed page gets a new version at the end of the list: a date, and what is different in sentences that a member can
read in half a minute. Everybody is asked once; a corrected slip of the pen is no version.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

LATER = "terms_later"
# Where members come in: asked here, nobody is interrupted while they read or write.
DOORS = {"members:home", "stories:mine", "stories:following", "networks:people", "digests:letter"}


@dataclass(frozen=True)
class Version:
    number: int
    since: date
    changes: tuple[str, ...]


VERSIONS = (Version(1, date(2026, 11, 25), (_("The first version."),)),)


def versions():
    """A setting, so that a site can be seen on the day of its next version."""
    return getattr(settings, "TERMS_VERSIONS", VERSIONS)


def current():
    return versions()[-1]


def outstanding(user):
    """The versions that somebody has yet to agree to, the oldest first; for a newcomer only how it stands now."""
    if not user.agreed_version:
        return [current()]
    return [version for version in versions() if version.number > user.agreed_version]


def way_to(then):
    return HttpResponseRedirect(f"{reverse('members:terms')}?{urlencode({'next': then})}")


class AskAtTheDoor:
    """Asks a member about a new version on the pages where members come in, until they agree or put it off."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "GET" or request.resolver_match.view_name not in DOORS or request.user.is_anonymous:
            return None
        number = current().number
        if request.user.agreed_version >= number or request.session.get(LATER) == number:
            return None
        return way_to(request.get_full_path())
