"""What can happen to a story: the ceremonies that touch more than one model or tell somebody.

Each takes who acts (`by`, a User) and when (`now`, an aware datetime), runs in one transaction, and locks the story's
row first, so that two of them never interleave. Wagtail's records carry the teller's account, never the author's.
"""

from stories.actions.asking import answer, ask
from stories.actions.deciding import approve, ask_for_changes, take_down
from stories.actions.featuring import end_feature, feature
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
from stories.actions.looking_up import ShownAlready, look_up
from stories.actions.merging import CannotMerge, merge_boundaries
from stories.actions.photos import EnoughPhotos, NoPhotosHere, add_photo, change_photo, remove_photo
from stories.actions.redacting import redact
from stories.actions.saving import autosave, jot, save_draft
from stories.actions.suggesting import ChangedSince, answer_suggestion, end_suggestion, suggest
from stories.actions.telling import hide, send, set_reach, show, take_back, withdraw
from stories.actions.trusting import end_trust, mark_read, trust_again

__all__ = [
    "CannotDecide",
    "CannotDelete",
    "CannotMerge",
    "ChangedSince",
    "EnoughPhotos",
    "InModeration",
    "NoPhotosHere",
    "NotAMember",
    "NotReady",
    "NotWaiting",
    "SavedElsewhere",
    "ShownAlready",
    "add_photo",
    "answer",
    "answer_suggestion",
    "approve",
    "ask",
    "ask_for_changes",
    "autosave",
    "change_photo",
    "delete",
    "end_feature",
    "end_suggestion",
    "end_trust",
    "feature",
    "hand_on",
    "hide",
    "jot",
    "look_up",
    "mark_read",
    "merge_boundaries",
    "read_first",
    "redact",
    "remind",
    "remove_photo",
    "save_draft",
    "send",
    "send_reminders",
    "set_reach",
    "show",
    "suggest",
    "take_back",
    "take_down",
    "trust_again",
    "withdraw",
]
