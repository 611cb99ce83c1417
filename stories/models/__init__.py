from stories.models.choices import (
    AUDIENCE_WIDTH,
    BYLINE_WIDTH,
    Audience,
    Byline,
    Consent,
    Employer,
    Evidence,
    Lens,
    MayQuote,
    Outcome,
    PeriodPart,
    WhoseStory,
)
from stories.models.desk import DailyMail, Duty, FirstReading, Question
from stories.models.listing import Likeness, Listing, Word
from stories.models.moderation import Moderation, StoryLogEntry
from stories.models.reasons import ShortReason
from stories.models.reminders import Reminder
from stories.models.story import Story, StoryBoundary
from stories.models.traces import Edit, KeptText, Reading
from stories.models.trust import PublishedFirst, TrustEnd

__all__ = [
    "AUDIENCE_WIDTH",
    "BYLINE_WIDTH",
    "Audience",
    "Byline",
    "Consent",
    "DailyMail",
    "Duty",
    "Edit",
    "Employer",
    "Evidence",
    "FirstReading",
    "KeptText",
    "Lens",
    "Likeness",
    "Listing",
    "MayQuote",
    "Moderation",
    "Outcome",
    "PeriodPart",
    "PublishedFirst",
    "Question",
    "Reading",
    "ShortReason",
    "Reminder",
    "Story",
    "StoryBoundary",
    "StoryLogEntry",
    "TrustEnd",
    "WhoseStory",
    "Word",
]
