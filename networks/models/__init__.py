from networks.models.coalition import BoardNotice, Coalition, Membership
from networks.models.conversation import Conversation, Message, Seat
from networks.models.introduction import Introduction, Side, WentCount
from networks.models.joining import CoalitionInvitation, JoinRequest
from networks.models.rules import RuleAnswer, RuleQuestion

__all__ = [
    "BoardNotice",
    "Coalition",
    "CoalitionInvitation",
    "Conversation",
    "Introduction",
    "JoinRequest",
    "Membership",
    "Message",
    "RuleAnswer",
    "RuleQuestion",
    "Seat",
    "Side",
    "WentCount",
]
