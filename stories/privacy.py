"""What this room keeps about people. What becomes of each story says its teller (`actions/closing.py`)."""

from django.utils.translation import gettext_lazy as _

from members.privacy import by_hand, delete, goes_with, keep, nobody, not_told, register, table, unlink
from stories import models
from stories.actions.closing import leave_stories
from stories.telling_all import told_stories, told_with_others, topics_followed

MODERATORS = _("what moderators did stays, without who did it")
DECIDED = not_told("what a moderator decided is about others' stories")
BY_CHOICE = goes_with(leave_stories.__doc__)
ADDED = ["created_at", "state", "reason", "may_stay", "story", "byline", "byline_role", "audience"]

# --- Stories ----------------------------------------------------------------------------------------------------------

register(
    models.Story,
    author=BY_CHOICE,
    locked_by=unlink(MODERATORS),
    words=BY_CHOICE,
    export=(
        by_hand(_("Your stories"), told_stories),
        by_hand(_("Stories that you tell with somebody"), told_with_others),
    ),
)
register(models.StoryPhoto, words=goes_with("story"))
register(
    models.Edit, member=unlink(_("how often a story was saved says nothing of a person")), export=not_told("as above")
)
register(models.StayingWord, said_by=unlink(MODERATORS), words=BY_CHOICE, export=not_told("in its story"))
register(models.Question, moderator=unlink(MODERATORS), words=BY_CHOICE, export=DECIDED)
register(
    models.Quotation,
    picked_by=unlink(_("who of the staff picked it says nothing of its teller")),
    words=goes_with("story"),
    export=not_told("in its story"),
)
register(models.Suggestion, suggested_by=unlink(MODERATORS), words=BY_CHOICE, export=DECIDED)
register(
    models.CoAuthor,
    member=BY_CHOICE,
    words=BY_CHOICE,
    export=table(
        _("That you told a story with somebody"),
        "member",
        ["story", "joined_at", "left_at", "named", "answer", "answer_reason", "answered_at"],
    ),
)
register(
    models.Asking,
    asked_by=unlink(_("whoever was asked may still say yes")),
    email=delete(_("an invitation to somebody who has left")),
    export=not_told("in its story"),
)
register(
    models.Agreement,
    recorded_by=unlink(_("that somebody agreed still counts")),
    words=keep(_("a key made of a version")),
    export=not_told("in its story"),
)
register(models.Reminder, member=delete(), export=table(_("Drafts that you are reminded of"), "member", ["due_at"]))
register(models.Listing, words=goes_with("story"))
register(models.KeptText, typed=keep(_("typed by somebody signed out: nobody can tell whose it is; gone within a day")))

# --- What is added to stories -----------------------------------------------------------------------------------------

for added, title, columns in [
    (models.Experiment, _("What you tried"), [*ADDED, "practice", "place", "changed", "happened", "result"]),
    (models.Response, _("Your responses"), [*ADDED, "text"]),
    (models.OrganisationResponse, _("Answers that you gave for an organisation"), [*ADDED[:5], "organisation", "text"]),
    (models.FollowUp, _("Your follow-ups"), [*ADDED[:5], "text", "outcome", "period_part", "period_year"]),
]:
    register(
        added,
        author=BY_CHOICE,
        decided_by=unlink(MODERATORS),
        words=BY_CHOICE,
        export=table(title, "author", columns),
    )
register(
    models.Thanks, member=delete(), export=table(_("Your thanks"), "member", ["created_at", "story", "kind", "named"])
)

register(
    models.TellerConversation,
    begun_by=delete(),
    export=table(_("Tellers to whom you wrote"), "begun_by", ["story", "begun_at"]),
)
nobody(_("that a story takes letters"), models.Letterbox)

# --- What members keep for themselves ---------------------------------------------------------------------------------

register(models.Reading, member=delete(), export=table(_("Stories you opened"), "member", ["story", "read_at"]))
register(models.Kept, member=delete(), export=table(_("Stories you keep for later"), "member", ["story", "kept_at"]))
register(
    models.Attempt,
    member=delete(),
    words=goes_with("member"),
    export=table(
        _("What you are trying"),
        "member",
        [
            *("begun_at", "practice", "noticed", "step", "expects", "stop_if"),
            *("look_again_date", "happened", "decision", "may_stay", "coalition", "story"),
        ],
    ),
)
register(
    models.Follow, member=delete(), words=goes_with("member"), export=by_hand(_("What you follow"), topics_followed)
)
register(models.TellersMail, member=delete(), export=not_told("that a mail was due; the mail stands among the mails"))

# --- Moderators -------------------------------------------------------------------------------------------------------

register(models.Duty, moderator=delete(), export=table(_("Your part as a moderator"), "moderator", ["reads_first"]))
register(models.DailyMail, moderator=delete(), export=DECIDED)
register(models.FirstReading, moderator=unlink(MODERATORS), export=DECIDED)
register(models.Feature, featured_by=unlink(MODERATORS), export=DECIDED)
register(models.PublishedFirst, read_by=unlink(MODERATORS), export=DECIDED)
register(
    models.LookUp,
    asked_by=unlink(_("that somebody looked is logged for good")),
    words=keep(_("why a moderator looked, in their words; a slug and a key name nobody")),
    export=DECIDED,
)
register(
    models.TrustEnd,
    member=delete(),
    ended_by=unlink(MODERATORS),
    export=table(_("That your stories are read before they go live"), "member", ["ended_at"]),
)
nobody(
    _("counted from what readers may read anyway, or set by staff"),
    models.StoryBoundary,
    models.ConsentAsking,
    models.FollowUpReminder,
    models.Word,
    models.Likeness,
    models.Moderation,
    models.SecondReading,
    models.ShortReason,
)
