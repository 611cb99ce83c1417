"""What can happen to a story: the ceremonies that touch more than one model or tell somebody.

Each takes who acts (`by`, a User) and when (`now`, an aware datetime), runs in one transaction, and locks the story's
row first, so that two of them never interleave. Wagtail's records carry the teller's account, never the author's.
"""

from stories.actions.agreeing import agree_again, answer_public, ask_again
from stories.actions.asking import answer, ask
from stories.actions.blurring import blur
from stories.actions.concerns import answer_worry, raise_concern, raise_worry, release_story, uphold_concerns
from stories.actions.concerns_added import raise_concern_added, release_added, uphold_added
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
    OtherReaders,
    SavedElsewhere,
)
from stories.actions.inviting import NotThere, TooManyAskings, accept, invite, take_invitation_back
from stories.actions.leaving import delete, remind, send_reminders
from stories.actions.listening import set_listening, thank
from stories.actions.looking_up import NoSuchDraft, ShownAlready, look_up, open_draft
from stories.actions.merging import CannotMerge, merge_boundaries
from stories.actions.photos import EnoughPhotos, NoPhotosHere, add_photo, change_photo, remove_photo
from stories.actions.quoting import answer_quotation, quote, set_may_quote
from stories.actions.redacting import redact
from stories.actions.saving import autosave, jot, save_draft
from stories.actions.staying import let_stay, take_answer_back
from stories.actions.suggesting import ChangedSince, answer_suggestion, end_suggestion, suggest
from stories.actions.telling import hide, send, set_reach, show, take_back, withdraw
from stories.actions.telling_for import clear_askings, drop_told_for, tell_for
from stories.actions.together import name_coauthor, part
from stories.actions.trusting import end_trust, mark_read, trust_again
from stories.actions.word import OtherWords, ask_for_word, give_word, record_agreement

__all__ = [
    "CannotDecide",
    "CannotDelete",
    "CannotMerge",
    "ChangedSince",
    "Closed",
    "EnoughPhotos",
    "InModeration",
    "NoPhotosHere",
    "NoSuchDraft",
    "NotAMember",
    "NotReady",
    "NotThere",
    "NotWaiting",
    "OtherReaders",
    "OtherWords",
    "SavedElsewhere",
    "ShownAlready",
    "TooManyAskings",
    "accept",
    "add",
    "add_photo",
    "agree_again",
    "answer",
    "answer_public",
    "answer_quotation",
    "answer_suggestion",
    "answer_worry",
    "approve",
    "approve_contribution",
    "ask",
    "ask_again",
    "ask_for_changes",
    "ask_for_word",
    "autosave",
    "blur",
    "change_photo",
    "clear_askings",
    "delete",
    "drop_told_for",
    "end_feature",
    "end_suggestion",
    "end_trust",
    "feature",
    "give_word",
    "hand_on",
    "hide",
    "invite",
    "is_newcomer",
    "is_own",
    "jot",
    "let_stay",
    "look_up",
    "mark_read",
    "merge_boundaries",
    "name_coauthor",
    "open_draft",
    "part",
    "quote",
    "raise_concern",
    "raise_concern_added",
    "raise_worry",
    "read_first",
    "record_agreement",
    "redact",
    "refuse_contribution",
    "release_added",
    "release_story",
    "remind",
    "remove_photo",
    "save_draft",
    "send",
    "send_reminders",
    "set_listening",
    "set_may_quote",
    "set_reach",
    "show",
    "suggest",
    "take_answer_back",
    "take_back",
    "take_down",
    "take_down_contribution",
    "take_invitation_back",
    "tell_for",
    "thank",
    "trust_again",
    "uphold_added",
    "uphold_concerns",
    "withdraw",
    "withdraw_contribution",
]
