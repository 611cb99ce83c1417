from networks.models.coalition import BoardNotice, Coalition, Membership
from networks.models.conversation import Conversation, Message, Seat
from networks.models.introduction import Introduction, Side, WentCount
from networks.models.rules import RuleAnswer, RuleQuestion

__all__ = [
    "BoardNotice",
    "Coalition",
    "Conversation",
    "Introduction",
    "Membership",
    "Message",
    "RuleAnswer",
    "RuleQuestion",
    "Seat",
    "Side",
    "WentCount",
]
