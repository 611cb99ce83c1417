"""The answers a teller can choose from, in the words they read."""

from django.db import models


class Outcome(models.TextChoices):
    GOING = "going", "Still going"
    SPREAD = "spread", "Spread to others"
    NORMAL = "normal", "Became normal"
    STALLED = "stalled", "Stalled"
    STOPPED = "stopped", "Stopped"
    EARLY = "early", "Too early to say"


class Lens(models.TextChoices):
    ME = "me", "For me"
    ORGANISATION = "organisation", "For my organisation"
    SYSTEM = "system", "For the wider system"


class Evidence(models.TextChoices):
    HUNCH = "hunch", "A hunch"
    SEEN = "seen", "I have seen it"
    MEASURED = "measured", "We measured it"


class PeriodPart(models.TextChoices):
    """A third of a year, never a date."""

    EARLY = "early", "Early"
    MID = "mid", "Mid"
    LATE = "late", "Late"


class WhoseStory(models.TextChoices):
    MINE = "mine", "Mine"
    SHARED = "shared", "Mine and that of the person I supported"
    GROUP = "group", "About a group or a team"


class Consent(models.TextChoices):
    """What the person supported has said."""

    IN_PERSON = "in_person", "I asked them and they agreed, in person"
    IN_WRITING = "in_writing", "I asked them and they agreed, in writing"
    DETAILS_CHANGED = "details_changed", "I could not ask, so I changed the details"
    NO_PERSON = "no_person", "It is not about one person"


class Employer(models.TextChoices):
    AGREED = "agreed", "My employer agreed"
    NOT_NEEDED = "not_needed", "I do not need to ask"
    NOT_ASKED = "not_asked", "I have not asked"


class Byline(models.TextChoices):
    """How the teller is named, from the most to the least."""

    NAME = "name", "My name"
    ROLE = "role", "My role and region"
    HIDDEN = "hidden", "Not at all: known to the programme team only"


class Audience(models.TextChoices):
    MEMBERS = "members", "Members of this community"
    PUBLIC = "public", "Anyone"
    COALITION = "coalition", "One group only"


class SearchEngines(models.TextChoices):
    """Whether a public story may be found beyond this site: by search engines, in feeds and in the sitemap."""

    USUAL = "usual", "Only where I am named, and never with a service where being found can harm"
    YES = "yes", "Yes, also without my name"
    NO = "no", "No"


class MayQuote(models.TextChoices):
    ASK = "ask", "Ask me each time"
    YES = "yes", "Yes"
    NO = "no", "No"


class Responding(models.TextChoices):
    """Whether members can respond to a story: their teller's choice, at once."""

    OPEN = "open", "Yes"
    CLOSED = "closed", "No. What is there already stays"
    HIDDEN = "hidden", "No, and do not show what is there"


# Narrower is smaller: a teller may always go down at once, and up only past a moderator.
BYLINE_WIDTH = {Byline.HIDDEN: 0, Byline.ROLE: 1, Byline.NAME: 2}
AUDIENCE_WIDTH = {Audience.COALITION: 0, Audience.MEMBERS: 1, Audience.PUBLIC: 2}
