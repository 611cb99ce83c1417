"""Who may do what with a story in each of its states, and on which surface, as data.

What is not here is refused, and what is refused is the same as what is missing. `systemschange/tests/test_matrix.py`
asks every surface as every actor and tries every act. The law itself is written where the models are (`visible_to`,
`readable_by`); this table is what it must come to. What else is private, word by word: `tests/canaries.SEEN_BY`; who
each address is for: `access.py`.
"""

SIGNED_OUT = {"visitor", "suspended", "former", "link"}  # a suspended account, and who has left, are nobody here
AUTHOR, TELLERS = {"author"}, {"author", "co-author"}
MODERATORS = {"moderator", "admin"}
STAFF = MODERATORS | {"editor"}
# "parted" told along once; "blocked" and somebody else have blocked each other.
MEMBERS = {"member", "blocked", "author", "co-author", "parted"} | STAFF
UNBLOCKED = MEMBERS - {"blocked"}
GROUP = TELLERS | {"admin"}  # who is in the group that one story is for
SIGNED_IN = MEMBERS | {"waiting"}
EVERYONE = SIGNED_IN | SIGNED_OUT
# Somebody's own story is brought to them as news by no letter.
OTHERS = MEMBERS - AUTHOR

OWN, BESIDE, WRITING = "on its own page", "on a page beside it", "where it is written"
LIST, SEARCH, FRONT, THEIRS = "in a list", "in the search", "on the front page", "in what is theirs"
FEED, SITEMAP, META, PICTURE, PHOTO = (
    "in a feed",
    "in the sitemap",
    "in its meta tags",
    "as a picture to share",
    "as a photo",
)
REPORT, LAST, NEXT, EXPORT = "in a report", "in the last letter", "in the next letter", "in an export"
QUEUE, PUBLISHED, CONCERNS, REVIEW, CHOOSER = (
    "in the queue",
    "among the published",
    "among the concerns",
    "on the review page",
    "in a chooser",
)
VERSION, COMPARISON = "in a version", "in a comparison"
# Where a story is shown to nobody at all: Wagtail's own views of it lead to our review page or are shut.
NOWHERE = (
    "in a view of Wagtail's",
    "in a workflow's view",
    "in the admin's reports",
    "in the admin's search",
    "in the admin's API",
)

# By the name of the story in the canaries' world. Told by "author", unnamed, unless something else is said.
STORIES = {
    # Written with "co-author". An administrator reads it only by a reason that is logged: `stories/staff/opening.py`.
    "draft": {OWN: TELLERS, WRITING: TELLERS, THEIRS: TELLERS, PHOTO: TELLERS, FRONT: {"co-author"}},
    # With a moderator for the first time.
    "sent": {
        OWN: AUTHOR | MODERATORS,
        WRITING: AUTHOR,
        THEIRS: AUTHOR,
        PHOTO: AUTHOR | MODERATORS,
        QUEUE: MODERATORS,
        REVIEW: MODERATORS,
        VERSION: MODERATORS,
        COMPARISON: MODERATORS,
    },
    # Live, for everybody, and its teller lets it travel. "member" has answered it.
    "public": {
        **dict.fromkeys((OWN, BESIDE, LIST, SEARCH, FEED, SITEMAP, META, PICTURE, REPORT), EVERYONE),
        FRONT: SIGNED_OUT,
        LAST: SIGNED_IN,
        NEXT: OTHERS,
        THEIRS: AUTHOR | {"member"},
        WRITING: AUTHOR,
        **dict.fromkeys((EXPORT, CHOOSER), STAFF),
        **dict.fromkeys((REVIEW, PUBLISHED, CONCERNS, VERSION, COMPARISON), MODERATORS),
    },
    # Live, for members.
    "members": {
        **dict.fromkeys((OWN, BESIDE, LIST, SEARCH, REPORT, LAST, PHOTO), MEMBERS),
        NEXT: OTHERS,
        THEIRS: AUTHOR,
        WRITING: AUTHOR,
        **dict.fromkeys((EXPORT, CHOOSER), STAFF),
        **dict.fromkeys((REVIEW, PUBLISHED, VERSION, COMPARISON), MODERATORS),
    },
    # Live, for members, with its teller's name: somebody whom "blocked" has blocked, and who has blocked "blocked".
    "apart": {
        **dict.fromkeys((OWN, BESIDE, LIST, SEARCH, LAST, NEXT), UNBLOCKED),
        **dict.fromkeys((EXPORT, CHOOSER), STAFF),
        **dict.fromkeys((REVIEW, PUBLISHED, VERSION, COMPARISON), MODERATORS),
    },
    # Live, for one group; "parted" left it and "blocked" was removed. Moderators read it only while it is reported. An
    # administrator who is in the group reads it as any other member does, and nowhere in the admin.
    "coalition": {**dict.fromkeys((OWN, BESIDE, LIST, SEARCH), GROUP), WRITING: AUTHOR, THEIRS: AUTHOR},
    # Live once; hidden and withdrawn by its teller.
    "hidden": {OWN: AUTHOR, WRITING: AUTHOR, THEIRS: AUTHOR},
    "withdrawn": {OWN: AUTHOR, WRITING: AUTHOR, THEIRS: AUTHOR},
    # Hidden until a moderator has read a concern about it.
    "held": {
        OWN: AUTHOR | MODERATORS,
        WRITING: AUTHOR,
        THEIRS: AUTHOR,
        **dict.fromkeys((CONCERNS, REVIEW, VERSION, COMPARISON), MODERATORS),
    },
}

# What somebody sends, and to which story: (address, story, answers) and who may. Everybody else changes nothing.
REACH = {"byline": "hidden", "audience": "public", "search_engines": "usual"}
THANKS = {"kinds": ["ask"], "named": "no"}
LOOK = {"reason": "A threat.", "key": "k" * 30}
ACTS = (
    ("stories:take_back", "sent", {}, AUTHOR),
    ("stories:delete", "draft", {}, AUTHOR),
    ("stories:hide", "members", {}, AUTHOR),
    ("stories:show", "hidden", {}, AUTHOR),
    ("stories:withdraw", "members", {}, AUTHOR),
    ("stories:listening", "public", {"responding": "closed", "organisations": "no"}, AUTHOR),
    ("stories:reach", "public", {**REACH, "audience": "members"}, AUTHOR),
    ("stories:reach", "members", REACH, AUTHOR),
    ("stories:leave", "draft", {}, {"co-author"}),
    ("stories:thank", "public", {**THANKS, "kinds": ["trying"]}, MEMBERS - AUTHOR),
    ("stories:thank", "members", THANKS, MEMBERS - AUTHOR),
    ("stories:thank", "apart", THANKS, UNBLOCKED),
    ("stories:thank", "coalition", THANKS, GROUP - AUTHOR),
    ("stories:keep", "coalition", {"keep": "yes"}, GROUP),
    ("stories:keep", "members", {"keep": "yes"}, MEMBERS),
    ("stories:keep", "apart", {"keep": "yes"}, UNBLOCKED),
    ("stories_staff:approve", "sent", {"nobody_found": "on"}, MODERATORS),
    ("stories_staff:ask_for_changes", "sent", {"reason": "Which week?"}, MODERATORS),
    ("stories_staff:approve", "draft", {"nobody_found": "on"}, set()),
    ("stories_staff:take_down", "members", {"reason": "A name stands in it."}, MODERATORS),
    ("stories_staff:take_down", "apart", {"reason": "A name stands in it."}, MODERATORS),
    ("stories_staff:take_down", "coalition", {"reason": "A name stands in it."}, set()),
    ("stories_staff:look_up", "members", LOOK, MODERATORS),
    ("stories_staff:look_up", "draft", LOOK, set()),
    ("stories_staff:look_up", "coalition", LOOK, set()),
)
