"""Pictures in reports: made anew from their pixels however they come in, and only for whoever writes reports to choose.

docs/decisions/0027.
"""

from django.core.files.base import ContentFile
from wagtail.models import Collection
from wagtail.permission_policies import BlanketPermissionPolicy

from confidentiality import pictures

LONGEST = 2000  # pixels


def writes_pages(user):
    """Whether whoever asks is of the staff and writes pages; moderators do not."""
    return user.is_authenticated and user.writes_pages


class MadeAnew(ContentFile):
    """A JPEG of our own making under a random name: of the upload nothing else is left."""

    @classmethod
    def of(cls, upload):
        """Raises pictures.Refused."""
        picture = pictures.clean(upload, longest=LONGEST)
        return cls(picture.data, name=f"{picture.name}.jpg")


class WhoeverWritesReports(BlanketPermissionPolicy):
    """Pictures are added, chosen, changed and deleted by those who write pages; the admin shows none to others."""

    def user_has_permission(self, user, action):
        return writes_pages(user)

    def user_has_any_permission(self, user, actions):
        return writes_pages(user)

    def collections_user_has_permission_for(self, user, action):
        return self.collections_user_has_any_permission_for(user, [action])

    def collections_user_has_any_permission_for(self, user, actions):
        return Collection.objects.all() if writes_pages(user) else Collection.objects.none()
