from networks.models.conversation import Conversation, Message, Seat
from networks.models.introduction import Introduction, Side, WentCount
from networks.models.rules import RuleAnswer, RuleQuestion

__all__ = [
    "Conversation",
    "Introduction",
    "Message",
    "RuleAnswer",
    "RuleQuestion",
    "Seat",
    "Side",
    "WentCount",
]
