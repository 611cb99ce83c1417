"""The kinds of mail, sorted into groups that a member understands, and what a member may say about each group.

A new kind needs its place here: `members/tests/test_kinds.py` fails for one that has none.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Group:
    """Mails of one sort. `kinds`: whole kinds, or beginnings that end in a star; the longest that fits counts."""

    slug: str
    name: str
    hint: str
    kinds: tuple
    why: str = ""  # why nobody can switch it off; empty: the member decides
    one: str = ""  # how the letter says that one of them waits, and that several do
    many: str = ""
    page: str = "members:home"  # where what they tell of stands
    # They put off to the end of a break what would else be gone with it.
    reminds: bool = False
    readers: str = ""  # the property of `User` that whoever gets them has; empty: everybody

    @property
    def is_wished(self):
        """The member decides whether, and how, these come."""
        return not self.why

    def is_for(self, member):
        return not self.readers or getattr(member, self.readers)


GROUPS = (
    Group(
        "account",
        _("Your account and signing in"),
        _("Codes, links, a changed address, a copy of your data."),
        ("account.*", "mfa.*", "socialaccount.*", "members.*"),
        why=_("They keep strangers out of your account."),
    ),
    Group(
        "needs-you",
        _("What your story waits for"),
        _(
            "A moderator’s question, words that must change, a yes that is missing, "
            "a story that was hidden or taken down."
        ),
        (
            "stories.changes_asked",
            "stories.consent_asked",
            "stories.contribution_taken_down",
            "stories.handed_on",
            "stories.question_asked",
            "stories.story_held",
            "stories.story_taken_down",
            "stories.word_asked",
            "stories.words_suggested",
            "stories.words_taken_out",
        ),
        why=_("Without your answer something of yours stands still, or stands without your yes."),
    ),
    Group(
        "asked-by-address",
        _("What somebody asked for with this address"),
        _("An invitation to join or to tell a story, a list to confirm, a moderator who read what you raised."),
        ("stories.invitation", "digests.confirm", "digests.test", "moderation.concern_read"),
        why=_("It comes once, and often before there is an account."),
    ),
    Group(
        "moderation",
        _("For moderators"),
        _("What waits at the desk, and what cannot wait."),
        ("moderation.*",),
        why=_("Whoever moderates has to hear of a concern. The mail of each morning can be switched off at the desk."),
        readers="is_moderator",
    ),
    Group(
        "stories",
        _("About your stories"),
        _("That yours went live, that what you added is shown, that somebody writes along."),
        ("stories.*",),
        one=_("One piece of news about your stories"),
        many=_("{count} pieces of news about your stories"),
        page="stories:mine",
    ),
    Group(
        "people",
        _("From people"),
        _("Introductions, messages and answers from other members."),
        (
            "networks.introduction*",
            "networks.conversation*",
            "networks.message*",
            "networks.connection*",
            "stories.new_responses",
        ),
        one=_("One member has written to you"),
        many=_("Members have written to you {count} times"),
    ),
    Group(
        "groups",
        _("From your groups"),
        _("Invitations to a group, and what happens in those that you are in."),
        ("networks.coalition*", "networks.group*", "networks.gathering*"),
        one=_("One piece of news from your groups"),
        many=_("{count} pieces of news from your groups"),
    ),
    Group(
        "rules",
        _("“Rule or habit?”"),
        _("That what you asked or answered is shown, and that somebody has answered you."),
        ("networks.rule_*",),
        one=_("One piece of news about what you asked or answered"),
        many=_("{count} pieces of news about what you asked or answered"),
        page="rules:own",
    ),
    Group(
        "reminders",
        _("Reminders"),
        _(
            "A gathering tomorrow, a draft or a day that you wanted to be reminded of, "
            "and once: what has happened since?"
        ),
        (
            "stories.story_reminder",
            "stories.attempt_reminder",
            "stories.follow_up_asked",
            "networks.how_it_went",
            "networks.gathering_reminder",
            "networks.reminder*",
        ),
        one=_("One reminder"),
        many=_("{count} reminders"),
        page="stories:mine",
        reminds=True,
    ),
    Group(
        "reports",
        _("For whoever writes reports"),
        _("That a reader has written back."),
        ("reports.*",),
        one=_("One reader has written back to a report"),
        many=_("{count} times readers have written back to reports"),
        page="report_letters",
        readers="writes_pages",
    ),
)
BY_SLUG = {group.slug: group for group in GROUPS}
WISHED = tuple(group for group in GROUPS if group.is_wished)

# Somebody waits for these at this moment, or they cannot wait for the morning; what holds a code is one too.
AT_ONCE = (
    "account.*",
    "mfa.*",
    "socialaccount.*",
    "members.link",
    "members.copy_ready",
    "members.closed",
    "digests.confirm",
    "digests.test",
    "moderation.concern_raised",
    "moderation.looked_up",
    "stories.story_sent",
    "stories.story_withdrawn",
)
# What somebody asks for in that moment and looks for in their mailbox: tried even where a mailbox was missing before.
ASKED_FOR = ("account.*", "mfa.*", "socialaccount.*", "members.link", "members.copy_ready", "members.closed")
# Cannot be switched off, since it comes before there is an account: never to an address that called our mail unwanted.
UNSOLICITED = ("digests.confirm", "stories.invitation", "members.invitation")
# To these an address, with the hour, would tell who told an unnamed story, or asked an unnamed question.
UNNAMED = ("stories.*", "networks.rule_*")


def fits(kind, pattern):
    return kind.startswith(pattern[:-1]) if pattern.endswith("*") else kind == pattern


def group_of(kind):
    """The group of this kind, or None where somebody forgot to say."""
    found = [(len(pattern), group.slug) for group in GROUPS for pattern in group.kinds if fits(kind, pattern)]
    return BY_SLUG[max(found)[1]] if found else None


def is_at_once(kind):
    return any(fits(kind, pattern) for pattern in AT_ONCE)


def is_asked_for(kind):
    return any(fits(kind, pattern) for pattern in ASKED_FOR)


def is_unsolicited(kind):
    return any(fits(kind, pattern) for pattern in UNSOLICITED)


def is_unnamed(kind):
    return any(fits(kind, pattern) for pattern in UNNAMED)
