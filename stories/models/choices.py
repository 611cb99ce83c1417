"""The answers a teller can choose from, in the words they read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    GOING = "going", _("Still going")
    SPREAD = "spread", _("Spread to others")
    NORMAL = "normal", _("Became normal")
    STALLED = "stalled", _("Stalled")
    STOPPED = "stopped", _("Stopped")
    EARLY = "early", _("Too early to say")


class Lens(models.TextChoices):
    ME = "me", _("For me")
    ORGANISATION = "organisation", _("For my organisation")
    SYSTEM = "system", _("For the wider system")


class Evidence(models.TextChoices):
    HUNCH = "hunch", _("A hunch")
    SEEN = "seen", _("I have seen it")
    MEASURED = "measured", _("We measured it")


class PeriodPart(models.TextChoices):
    """A third of a year, never a date."""

    EARLY = "early", _("Early")
    MID = "mid", _("Mid")
    LATE = "late", _("Late")


class WhoseStory(models.TextChoices):
    MINE = "mine", _("Mine")
    SHARED = "shared", _("Mine and that of the person I supported")
    GROUP = "group", _("About a group or a team")


class Consent(models.TextChoices):
    """What the person supported has said."""

    IN_PERSON = "in_person", _("I asked them and they agreed, in person")
    IN_WRITING = "in_writing", _("I asked them and they agreed, in writing")
    DETAILS_CHANGED = "details_changed", _("I could not ask, so I changed the details")
    NO_PERSON = "no_person", _("It is not about one person")


class Employer(models.TextChoices):
    AGREED = "agreed", _("My employer agreed")
    NOT_NEEDED = "not_needed", _("I do not need to ask")
    NOT_ASKED = "not_asked", _("I have not asked")


class Byline(models.TextChoices):
    """How the teller is named, from the most to the least."""

    NAME = "name", _("My name")
    ROLE = "role", _("My role and region")
    HIDDEN = "hidden", _("Not at all: known to the programme team only")


class Audience(models.TextChoices):
    MEMBERS = "members", _("Members of this community")
    PUBLIC = "public", _("Anyone")
    COALITION = "coalition", _("One group only")


class SearchEngines(models.TextChoices):
    """Whether a public story may be found beyond this site: by search engines, in feeds and in the sitemap."""

    USUAL = "usual", _("Only where I am named, and never with a service where being found can harm")
    YES = "yes", _("Yes, also without my name")
    NO = "no", _("No")


class MayQuote(models.TextChoices):
    ASK = "ask", _("Ask me each time")
    YES = "yes", _("Yes")
    NO = "no", _("No")


class Responding(models.TextChoices):
    """Whether members can respond to a story: their teller's choice, at once."""

    OPEN = "open", _("Yes")
    CLOSED = "closed", _("No. What is there already stays")
    HIDDEN = "hidden", _("No, and do not show what is there")


# Narrower is smaller: a teller may always go down at once, and up only past a moderator.
BYLINE_WIDTH = {Byline.HIDDEN: 0, Byline.ROLE: 1, Byline.NAME: 2}
AUDIENCE_WIDTH = {Audience.COALITION: 0, Audience.MEMBERS: 1, Audience.PUBLIC: 2}
