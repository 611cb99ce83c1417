"""Unique words that stand where a private value stands, and who may meet each of them.

word("draft-title")         the word for that value, as "Zqdrafttitleqz"
found(text)                 names of all canaries in a text, however it is written: shouted, in base64, wide signs
SEEN_BY                     the access matrix for these values: everything that is not in it is a leak
may_meet(name, actor, at)   whether this actor may meet that value at this address; `MAIL` stands for their mailbox
expected(actor)             the canaries that this actor meets on their way through every address
"""

import base64
import binascii
import re

ACTORS = (
    "visitor",
    "waiting",
    "member",
    "blocked",
    "author",
    "co-author",
    "parted",
    "moderator",
    "editor",
    "admin",
    "suspended",
    "former",
    "link",
)

MADE = {}  # every canary of this run: its letters and its name
WORD = re.compile(r"zq([a-z]+?)qz", re.IGNORECASE)
# Long enough for a word of ours; addresses, hashes and keys are looked at as well and decode to nothing.
CODED = re.compile(r"[A-Za-z0-9+/_-]{16,}")


def word(name):
    letters = name.replace("-", "")
    MADE[letters] = name
    return f"Zq{letters}qz"


def found(text):
    """Names of the canaries in a text. Tokens are random and spell a word of nobody's now and then."""
    plain = text.replace("\0", "")
    letters = {letters.lower() for said in (plain, *_decoded(plain)) for letters in WORD.findall(said)}
    return {MADE[one] for one in letters & MADE.keys()}


def _decoded(text):
    """Each run of signs that could be base64, from each of the four places where it could begin."""
    for run in set(CODED.findall(text)):
        signs = run.replace("-", "+").replace("_", "/")
        for start in range(4):
            whole = signs[start : start + (len(signs) - start) // 4 * 4]
            try:
                yield base64.b64decode(whole).decode("latin-1").replace("\0", "")
            except binascii.Error:
                continue


# --- Who may meet what ------------------------------------------------------------------------------------------------

AUTHOR, TELLERS, MEMBER, ADMIN = {"author"}, {"author", "co-author"}, {"member"}, {"admin"}
# Who tells `together` beside its author; the parted one did so once.
MODERATORS = {"moderator", "admin"}
STAFF = MODERATORS | {"editor"}
MEMBERS = {"member", "blocked", "author", "co-author", "parted"} | STAFF
# Somebody and "blocked" have blocked each other: what stands there with a name is the others'.
UNBLOCKED = MEMBERS - {"blocked"}
GROUP = {"author", "co-author", "admin"}
ATTEMPT = ("step", "expects", "noticed", "stop", "happened")
NOBODY = set()
ANYWHERE = ("",)
MAIL = "a mail"
ACCOUNTS = ("/admin/users/", "/admin/bulk/")
LETTING_IN = ("/admin/people/",)
MEMBERS_LIST = ("/admin/people/members/",)


def rows(*names, actors, at=ANYWHERE):
    return [(name, actors, at) for name in names]


def person(who, *, themselves, others=NOBODY):
    """What an account holds: its own person and, where accounts are kept, administrators. `others`: more readers of
    what the profile says."""
    values = ("name", "organisation", "asks", "help")
    return [
        *rows(*(f"{who}-{value}" for value in values), actors=themselves | others),
        *rows(f"{who}-email", actors=themselves),
        *rows(f"{who}-name", actors=MODERATORS, at=MEMBERS_LIST),
        *rows(f"{who}-name", f"{who}-email", actors=ADMIN, at=ACCOUNTS),
    ]


SEEN_BY = [
    # Drafts and what comes with them.
    *rows("jot-title", "jot-body", actors=AUTHOR),
    *rows("draft-title", "draft-body", "draft-alt", actors=TELLERS),
    *rows("asked-email", actors=AUTHOR),
    *rows("file-name", "exif", actors=NOBODY),
    *rows("returned-title", "returned-body", "returned-reason", actors=AUTHOR),
    *rows("deleted-title", "deleted-body", actors=NOBODY),
    # With a moderator.
    *rows("sent-title", "sent-body", "sent-alt", "question", "answer", actors=AUTHOR | MODERATORS),
    *rows("suggested", actors=AUTHOR | MODERATORS),
    *rows("suggested-why", actors=AUTHOR),
    # Typed for somebody: whoever typed it finds it by its title until its teller takes it.
    *rows("typed-title", "typed-email", actors={"moderator"}),
    *rows("typed-body", actors=NOBODY),
    # Live: for members only, and with what was changed since.
    *rows("members-title", "members-body", "members-alt", actors=MEMBERS),
    *rows("unsent-body", actors=AUTHOR),
    *rows("edited-title", "edited-body", actors=MEMBERS),
    *rows("edit-body", actors=AUTHOR | MODERATORS),
    *rows("narrowed-title", "narrowed-body", actors=MEMBERS),
    *rows("apart-title", "apart-body", "response-apart", actors=UNBLOCKED),
    # For one group: who is in it, an administrator as any other member; moderators only where it is reported. What one
    # of them said there stays when they leave; what they told there with their name goes with them.
    *rows("coalition-title", "coalition-body", "response-coalition", actors=GROUP),
    *rows("response-coalition", "departed-title", "departed-body", actors={"parted"}),
    *rows("author-name", actors=GROUP, at=("/coalitions/",)),
    *rows("co-author-name", actors=GROUP, at=("/coalitions/",)),
    # Words that were live once: while the next ones wait, for whoever decides about those, nobody else.
    *rows("older-body", actors=MODERATORS),
    *rows("redacted", actors=NOBODY),
    *rows("redacted-why", actors=MODERATORS),
    *rows("redacted-why", "taken-down-why", actors=AUTHOR, at=(MAIL,)),
    # Taken away.
    *rows("hidden-title", "hidden-body", actors=AUTHOR),
    *rows("withdrawn-title", "withdrawn-body", actors=AUTHOR),
    *rows("held-title", "held-body", actors=AUTHOR | MODERATORS),
    *rows("taken-down-title", "taken-down-body", actors=AUTHOR),
    *rows("taken-down-why", actors=NOBODY),
    # Concerns.
    *rows("concern", "concern-contact", "concern-added", "worry", "worry-contact", actors=MODERATORS),
    *rows("settled-concern", "settled-contact", actors=NOBODY),
    # Added to a public story by a member; its author is told that something waits, not what.
    *rows("response-waiting", "experiment-waiting", "organisation-waiting", actors=MEMBER | MODERATORS),
    *rows("response-refused", "response-refused-why", actors=MEMBER),
    *rows("response-withdrawn", actors=MEMBER),
    *rows("response-members", actors=MEMBERS),
    *rows("follow-up-waiting", actors=AUTHOR | MODERATORS),
    # "Rule or habit?": whose it is stands nowhere, not even at the desk.
    *rows("rule-waiting", "rule-answer-waiting", actors=MEMBER | MODERATORS),
    *rows("rule-members", actors=MEMBERS),
    *rows("rule-refused", "rule-refused-why", actors=MEMBER),
    *rows("rule-withdrawn", actors=MEMBER, at=("/rule-or-habit/own/",)),
    # A hidden coalition, known to whoever is in it.
    *rows("group-name", "group-purpose", "group-agreements", "group-notice", actors=AUTHOR),
    *rows(*(f"gathering-{part}" for part in ("title", "what-for", "where", "link")), actors=AUTHOR),
    # A cohort that staff started and one member has joined; its name is read by whoever holds the link.
    *rows("cohort-name", actors={"co-author", "moderator"}),
    *rows("cohort-name", actors=MODERATORS, at=("/admin/cohorts/",)),
    *rows("cohort-name", actors=set(ACTORS), at=("/cohorts/join/",)),
    *rows("cohort-purpose", actors={"co-author", "moderator"}),
    *rows("co-author-name", actors=MODERATORS, at=("/admin/cohorts/",)),
    *rows("co-author-name", actors={"moderator"}, at=("/coalitions/",)),
    # Whoever asks to join is read by its convenors; so is whom they invited.
    *rows("group-answer", "group-invited", actors=AUTHOR),
    *rows("group-question", actors=MEMBERS),
    *rows("inviting-name", "inviting-purpose", actors=AUTHOR | MEMBER),
    *rows("member-name", actors=AUTHOR, at=("/coalitions/",)),
    # What the author tries, alone, and where one group reads it too: its other members, and no staff but as such.
    *rows(*(f"attempt-alone-{part}" for part in ATTEMPT), actors=AUTHOR),
    *rows(*(f"attempt-shared-{part}" for part in ATTEMPT), actors=GROUP),
    *rows("author-name", actors=GROUP, at=("/attempts/",)),
    # What a member keeps for themselves.
    *rows("followed-search", actors=MEMBER),
    *rows("kept-text", actors=NOBODY),
    # Between members: its parties, and of what was reported a moderator by a reason that is logged.
    *rows("ask-reason", actors=MEMBER | {"blocked"}),
    *rows("ask-may-stay", actors=NOBODY),
    *rows("letter", "letter-answer", actors=MEMBER | AUTHOR),
    *rows("message-draft", actors=AUTHOR),
    *rows("met-message", actors=MEMBER),
    *rows("reported", actors=MODERATORS),
    # Whoever writes to an unnamed teller does so by their name.
    *rows("member-name", actors=AUTHOR, at=("/conversations/",)),
    *rows("vouched-email", "subscriber-email", actors=NOBODY),
    # Whose word it is, whoever lets people in is shown.
    *rows("member-name", actors=MODERATORS, at=LETTING_IN),
    # Staff among themselves.
    *rows("look-up-why", actors=ADMIN),
    *rows("letter-note", actors={"editor", "admin"}),
    *rows("letter-note", actors=MEMBERS, at=(MAIL,)),
    # Whose letter staff look at: that they looked is kept.
    *rows("author-name", "member-name", actors={"editor", "admin"}, at=("/admin/letter/",)),
    *rows("report-title", "report-body", "report-picture", actors={"editor", "admin"}),
    # A question from a commissioner that is not shown yet.
    *rows(*(f"asked-{part}" for part in ("question", "organisation")), actors={"editor", "admin"}),
    *rows(*(f"asked-{part}" for part in ("why", "role", "heard", "will-do")), actors={"editor", "admin"}),
    # People. Whoever tells a story with somebody knows their name, and nothing else of them.
    *person("author", themselves=AUTHOR),
    *rows("author-name", actors={"co-author"}, at=("/stories/",)),
    *person("co-author", themselves={"co-author"}),
    *rows("co-author-name", actors=AUTHOR, at=("/stories/",)),
    *person("parted", themselves={"parted"}),
    *person("member", themselves=MEMBER),
    # Who answers for an organisation is looked at before the organisation is believed.
    *rows("member-name", "member-organisation", actors=MODERATORS, at=("/admin/moderation/contributions/",)),
    *person("listed", themselves={"listed"}, others=MEMBERS),
    # What a member shows to members; to the one connection that they have; to nobody.
    *rows("choosy-name", "choosy-organisation", actors=MEMBERS),
    *rows("choosy-help", actors=MEMBER),
    *rows("choosy-asks", actors=NOBODY),
    *rows("choosy-email", "choosy-name", actors=ADMIN, at=ACCOUNTS),
    *person("blocker", themselves={"blocker"}, others=UNBLOCKED),
    *person("blocked", themselves={"blocked"}, others=MEMBERS),
    *rows("known-to-blocked", actors={"blocked"}),
    *rows("known-to-blocker", actors=NOBODY),
    *person("waiting", themselves={"waiting"}),
    *rows("waiting-name", "waiting-email", actors=MODERATORS, at=LETTING_IN),
    *person("suspended", themselves=NOBODY),
    *person("former", themselves=NOBODY),
]

ALLOWED = {}
for _name, _actors, _at in SEEN_BY:
    for _actor in _actors:
        ALLOWED.setdefault((_name, _actor), []).extend(_at)
NAMES = {name for name, _, _ in SEEN_BY}


def may_meet(name, actor, address):
    return address.startswith(tuple(ALLOWED.get((name, actor), [])))


def expected(actor):
    return {name for name, actors, at in SEEN_BY if actor in actors and at != (MAIL,)}
