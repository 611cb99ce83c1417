from stories.models.agreeing import ConsentAsking
from stories.models.attempt import Attempt, Decision
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
    Responding,
    SearchEngines,
    WhoseStory,
)
from stories.models.contribution import State
from stories.models.desk import DailyMail, Duty, FirstReading, Question
from stories.models.experiment import Experiment, Result
from stories.models.feature import Feature
from stories.models.follow_up import FollowUp, FollowUpReminder
from stories.models.following import Follow, Kept
from stories.models.letters import Letterbox, TellerConversation
from stories.models.listing import Likeness, Listing, Word
from stories.models.lookup import LookUp
from stories.models.moderation import Moderation, SecondReading, StoryLogEntry, yeses_to_what_waits
from stories.models.photos import StoryPhoto
from stories.models.quoting import Quotation
from stories.models.reasons import ShortReason
from stories.models.reminders import Reminder
from stories.models.response import OrganisationResponse, Response, TellersMail, Thanks
from stories.models.staying import StayingWord
from stories.models.story import Story, StoryBoundary
from stories.models.suggestion import SUGGESTIBLE, Suggestion
from stories.models.together import Agreement, Answer, Asking, CoAuthor
from stories.models.traces import Edit, KeptText, Reading
from stories.models.trust import PublishedFirst, TrustEnd

__all__ = [
    "AUDIENCE_WIDTH",
    "BYLINE_WIDTH",
    "SUGGESTIBLE",
    "Agreement",
    "Answer",
    "Asking",
    "Attempt",
    "Audience",
    "Byline",
    "CoAuthor",
    "Consent",
    "ConsentAsking",
    "DailyMail",
    "Decision",
    "Duty",
    "Edit",
    "Employer",
    "Evidence",
    "Experiment",
    "Feature",
    "FirstReading",
    "Follow",
    "FollowUp",
    "FollowUpReminder",
    "Kept",
    "Letterbox",
    "KeptText",
    "Lens",
    "Likeness",
    "Listing",
    "LookUp",
    "MayQuote",
    "Moderation",
    "OrganisationResponse",
    "Outcome",
    "PeriodPart",
    "PublishedFirst",
    "Question",
    "Quotation",
    "Reading",
    "Reminder",
    "Responding",
    "Response",
    "Result",
    "SearchEngines",
    "SecondReading",
    "ShortReason",
    "State",
    "StayingWord",
    "Story",
    "StoryBoundary",
    "StoryLogEntry",
    "StoryPhoto",
    "Suggestion",
    "TellerConversation",
    "TellersMail",
    "Thanks",
    "TrustEnd",
    "WhoseStory",
    "Word",
    "yeses_to_what_waits",
]
