"""Who sees which field of a profile, and a profile as one circle of readers sees it."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

FIELDS = (
    "role",
    "organisation",
    "place",
    "works_in",
    "would_cross_to",
    "practices",
    "ask_me_about",
    "help_with",
    "photo",
)


class SeenBy(models.TextChoices):
    """The audience of one field. The name has none: whoever may open the page reads it."""

    MEMBERS = "members", _("Members")
    CONNECTIONS = "connections", _("People you are connected to")
    NOBODY = "nobody", _("Nobody")

    @classmethod
    def field(cls):
        return models.CharField(max_length=12, choices=cls, default=cls.MEMBERS)

    def shows(self, audience):
        """Whether this circle of readers is shown a field of that audience."""
        return audience != self.NOBODY and (self == self.CONNECTIONS or audience == self.MEMBERS)


@dataclass(frozen=True)
class Seen:
    """What one circle of readers is shown of a profile. Lists, pages and rows are made from this, never from the
    profile itself; what is not shown is empty, as if it had never been answered."""

    role: object = None
    organisation: str = ""
    place: object = None
    works_in: tuple = ()
    would_cross_to: tuple = ()
    practices: tuple = ()
    ask_me_about: str = ""
    help_with: str = ""
    photo: object = None


def seen(profile, circle):
    """`circle`: SeenBy.MEMBERS or SeenBy.CONNECTIONS. Costs no query after `for_page()`.

    Who works where being recognised can put somebody in danger is shown with their region at most, and neither with
    where exactly they work nor with their face, whatever they chose.
    """
    shown = {name: _value(profile, name) for name in FIELDS if circle.shows(getattr(profile, f"{name}_seen_by"))}
    if profile.is_sensitive:
        shown |= {"organisation": "", "photo": None, "place": shown.get("place") and shown["place"].region}
    return Seen(**shown)


def _value(profile, name):
    value = getattr(profile, name)
    return tuple(value.all()) if isinstance(value, models.Manager) else value
