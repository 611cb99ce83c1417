"""What can happen to a story: the ceremonies that touch more than one model or tell somebody.

Each takes who acts (`by`, a User) and when (`now`, an aware datetime), runs in one transaction, and locks the story's
row first, so that two of them never interleave. Wagtail's records carry the teller's account, never the author's.
"""

from stories.actions.asking import answer, ask
from stories.actions.deciding import approve, ask_for_changes, take_down
from stories.actions.first_reading import hand_on, read_first
from stories.actions.ground import (
    CannotDecide,
    CannotDelete,
    InModeration,
    NotAMember,
    NotReady,
    NotWaiting,
    SavedElsewhere,
)
from stories.actions.leaving import delete, remind, send_reminders
from stories.actions.saving import autosave, jot, save_draft
from stories.actions.telling import hide, send, set_reach, show, take_back, withdraw
from stories.actions.trusting import end_trust, mark_read, trust_again

__all__ = [
    "CannotDecide",
    "CannotDelete",
    "InModeration",
    "NotAMember",
    "NotReady",
    "NotWaiting",
    "SavedElsewhere",
    "answer",
    "approve",
    "ask",
    "ask_for_changes",
    "autosave",
    "delete",
    "end_trust",
    "hand_on",
    "hide",
    "jot",
    "mark_read",
    "read_first",
    "remind",
    "save_draft",
    "send",
    "send_reminders",
    "set_reach",
    "show",
    "take_back",
    "take_down",
    "trust_again",
    "withdraw",
]
