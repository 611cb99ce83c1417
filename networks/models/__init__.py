from networks.models.conversation import Conversation, Message, Seat
from networks.models.introduction import Introduction, Side, WentCount

__all__ = [
    "Conversation",
    "Introduction",
    "Message",
    "Seat",
    "Side",
    "WentCount",
]
