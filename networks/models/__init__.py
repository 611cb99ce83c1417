from networks.models.coalition import BoardNotice, Coalition, Membership
from networks.models.cohorts import Cohort, CohortPlace
from networks.models.conversation import Conversation, Message, MessageMail, Seat
from networks.models.gatherings import Attendance, Gathering, GatheringMail
from networks.models.introduction import Introduction, Side, WentCount
from networks.models.joining import CoalitionInvitation, JoinRequest
from networks.models.rules import RuleAnswer, RuleQuestion

__all__ = [
    "Attendance",
    "BoardNotice",
    "Coalition",
    "CoalitionInvitation",
    "Cohort",
    "CohortPlace",
    "Conversation",
    "Gathering",
    "GatheringMail",
    "Introduction",
    "JoinRequest",
    "Membership",
    "Message",
    "MessageMail",
    "RuleAnswer",
    "RuleQuestion",
    "Seat",
    "Side",
    "WentCount",
]
