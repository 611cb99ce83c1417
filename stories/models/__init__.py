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
from stories.models.desk import Question
from stories.models.moderation import Moderation, StoryLogEntry
from stories.models.story import Story, StoryBoundary
from stories.models.traces import Edit, KeptText, Reading

__all__ = [
    "AUDIENCE_WIDTH",
    "BYLINE_WIDTH",
    "Audience",
    "Byline",
    "Consent",
    "Edit",
    "Employer",
    "Evidence",
    "KeptText",
    "Lens",
    "MayQuote",
    "Moderation",
    "Outcome",
    "PeriodPart",
    "Question",
    "Reading",
    "Story",
    "StoryBoundary",
    "StoryLogEntry",
    "WhoseStory",
]
