"""What can happen to a story: the ceremonies that touch more than one model or tell somebody.

Each takes who acts (`by`, a User) and when (`now`, an aware datetime), runs in one transaction, and locks the story's
row first, so that two of them never interleave. Wagtail's records carry the teller's account, never the author's.
"""

from stories.actions.agreeing import agree_again, answer_public, ask_again
from stories.actions.asking import answer, ask
from stories.actions.concerns import raise_concern, release_story, uphold_concerns
from stories.actions.contributing import (
    add,
    approve_contribution,
    is_newcomer,
    is_own,
    refuse_contribution,
    take_down_contribution,
    withdraw_contribution,
)
from stories.actions.deciding import approve, ask_for_changes, take_down
from stories.actions.featuring import end_feature, feature
from stories.actions.first_reading import hand_on, read_first
from stories.actions.ground import (
    CannotDecide,
    CannotDelete,
    Closed,
    InModeration,
    NotAMember,
    NotReady,
    NotWaiting,
    SavedElsewhere,
)
from stories.actions.inviting import NotThere, TooManyAskings, accept, invite, take_invitation_back
from stories.actions.leaving import delete, remind, send_reminders
from stories.actions.listening import set_listening, thank
from stories.actions.looking_up import ShownAlready, look_up
from stories.actions.merging import CannotMerge, merge_boundaries
from stories.actions.photos import EnoughPhotos, NoPhotosHere, add_photo, change_photo, remove_photo
from stories.actions.redacting import redact
from stories.actions.saving import autosave, jot, save_draft
from stories.actions.suggesting import ChangedSince, answer_suggestion, end_suggestion, suggest
from stories.actions.telling import hide, send, set_reach, show, take_back, withdraw
from stories.actions.telling_for import clear_askings, drop_told_for, tell_for
from stories.actions.together import name_coauthor, part
from stories.actions.trusting import end_trust, mark_read, trust_again
from stories.actions.word import OtherWords, ask_for_word, give_word, record_agreement

__all__ = [
    "withdraw_contribution",
    "thank",
    "take_down_contribution",
    "set_listening",
    "refuse_contribution",
    "is_own",
    "is_newcomer",
    "approve_contribution",
    "add",
    "Closed",
    "CannotDecide",
    "CannotDelete",
    "CannotMerge",
    "ChangedSince",
    "EnoughPhotos",
    "InModeration",
    "NoPhotosHere",
    "NotAMember",
    "NotReady",
    "NotThere",
    "NotWaiting",
    "OtherWords",
    "SavedElsewhere",
    "TooManyAskings",
    "accept",
    "agree_again",
    "answer",
    "answer_public",
    "ShownAlready",
    "add_photo",
    "answer_suggestion",
    "approve",
    "ask",
    "ask_again",
    "ask_for_changes",
    "ask_for_word",
    "autosave",
    "clear_askings",
    "delete",
    "drop_told_for",
    "end_trust",
    "give_word",
    "change_photo",
    "end_feature",
    "end_suggestion",
    "feature",
    "hand_on",
    "hide",
    "invite",
    "jot",
    "look_up",
    "mark_read",
    "raise_concern",
    "name_coauthor",
    "part",
    "read_first",
    "record_agreement",
    "remind",
    "release_story",
    "merge_boundaries",
    "redact",
    "remove_photo",
    "save_draft",
    "send",
    "send_reminders",
    "set_reach",
    "show",
    "suggest",
    "take_back",
    "take_down",
    "uphold_concerns",
    "take_invitation_back",
    "tell_for",
    "trust_again",
    "withdraw",
]
