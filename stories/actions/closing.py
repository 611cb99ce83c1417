"""What becomes of somebody's stories when they close their account: each stays without them, is handed on, or goes."""

from django.db.models import F, Q
from wagtail.models import Revision, WorkflowState

from members.models import Concern, Notice
from members.privacy.leaving import ceremony
from stories import emails, search
from stories.actions.ground import delete_photos, lock
from stories.models import Byline, CoAuthor, Experiment, FollowUp, KeptText, Response, State, Story, StoryLogEntry
from stories.models.response import OrganisationResponse

ADDED = (Experiment, Response, OrganisationResponse)


def of_leaver(member):
    """The stories that a member who leaves has told, live ones first: what staff retold is the programme's."""
    newest = F("first_published_at").desc(nulls_last=True)
    return Story.objects.filter(author=member, source_url="").order_by(newest, "-pk")


def can_stay(story):
    """Others read it now: it can stay without its teller. What nobody reads has nobody to stay for."""
    return story.live and (story.hidden_at is None or story.is_held) and story.reaches_its_group()


def heir_of(story):
    """Who tells the story with its author and has done so for longest; None where nobody does."""
    return story.coauthors.current().select_related("member").order_by("joined_at", "pk").first()


@ceremony
def leave_stories(leaver):
    """Each story by its own choice; what was not chosen to stay goes."""
    for story in of_leaver(leaver.member):
        row = lock(story)
        heir, keeps = heir_of(row), leaver.keeps(row.slug)
        if keeps and heir:
            _hand_on(row, heir, now=leaver.now)
        elif keeps and can_stay(row):
            _leave_unnamed(row, now=leaver.now)
        else:
            _take_away(row)
    _part_from_others(leaver)
    for model in ADDED:
        _leave_added(model, leaver)


def _hand_on(row, heir, *, now):
    """A story of two becomes the other's; unnamed, until they choose how it names them."""
    if not row.reaches_its_group():
        row.coalition = None
    row.author, row.jot_key = heir.member, None
    row.byline, row.wanted_byline = _unnamed(row), ""
    row.save(update_fields=["author", "jot_key", "byline", "wanted_byline", "coalition"])
    heir.delete()
    search.refresh(row)
    emails.handed_on(row, now=now)


def _unnamed(row):
    return Byline.HIDDEN if row.byline == Byline.NAME else row.byline


def _leave_unnamed(row, *, now):
    """What readers read stays; what was between the teller and the moderators goes, and so do all other versions."""
    row.author, row.jot_key, row.byline = None, None, _unnamed(row)
    row.wanted_byline = row.wanted_audience = ""
    # Nobody is left who could be asked whether it may stay: it does until somebody raises a concern.
    row.review_date, row.hidden_for_review = None, False
    row.latest_revision, row.has_unpublished_changes = row.live_revision, False
    row.save(
        update_fields=[
            *("author", "jot_key", "byline", "wanted_byline", "wanted_audience"),
            *("review_date", "hidden_for_review", "latest_revision", "has_unpublished_changes"),
        ]
    )
    Revision.objects.for_instance(row).exclude(pk=row.live_revision_id).delete()
    _end_moderation(row)
    _forget_mails_to_asked(row)
    for beside in (row.questions, row.suggestions, row.askings, row.reminders, row.staying_words, row.edits):
        beside.all().delete()
    for shown in row.photos.filter(approved_at=None):
        shown.photo.delete()
    row.photos.update(wanted_alt="")
    FollowUp.objects.filter(story=row).exclude(state=State.LIVE).delete()
    FollowUp.objects.filter(story=row).update(author=None, reason="", may_stay="", form_key=None)
    _forget_kept_texts(row)
    search.refresh(row)


def _end_moderation(row):
    """The waiting edit is gone, so nobody waits for it; who approved what stands there stays, without a comment."""
    states = WorkflowState.objects.for_instance(row)
    states.filter(Q(task_states=None) | Q(status__in=[WorkflowState.STATUS_IN_PROGRESS, "needs_changes"])).delete()
    for state in states:
        state.task_states.update(comment="")
    row.forget_moderation()


def _take_away(row):
    """Gone with everything beside it, others' answers too: as if it had never been told."""
    for beside in (row, *(one for model in (*ADDED, FollowUp) for one in model.objects.filter(story=row))):
        Concern.objects.about(beside).delete()
    if row.live:
        row.unpublish(log_action=False)
        search.refresh(row)
    delete_photos(row)
    _forget_kept_texts(row)
    _forget_mails_to_asked(row)
    StoryLogEntry.objects.filter(content_type=row.get_base_content_type(), object_id=row.pk).delete()
    row.delete()


def _forget_kept_texts(row):
    KeptText.objects.filter(address__startswith=row.get_absolute_url()).delete()


def _forget_mails_to_asked(row):
    """Whoever was asked to tell it has an address in the outbox, and a link that opens nothing any more."""
    for asking in row.askings.all():
        Notice.objects.filter(kind=emails.INVITATION, text__contains=asking.token).delete()


def _part_from_others(leaver):
    """Where they wrote along: their words stay in a story that is another's, their name and reasons do not."""
    for coauthor in CoAuthor.objects.filter(member=leaver.member).select_related("story"):
        row = lock(coauthor.story)
        was_there = coauthor.left_at is None
        coauthor.left_at = coauthor.left_at or leaver.now
        coauthor.member, coauthor.named, coauthor.wants_name, coauthor.answer_reason = None, False, False, ""
        coauthor.save()
        search.refresh(row)
        if was_there:
            emails.parted(row, told=row.author, now=leaver.now)


def _leave_added(model, leaver):
    """What they added to others' stories: shown ones stay without a name where they chose so; all else goes."""
    for added in model.objects.filter(author=leaver.member):
        if not (added.is_live and leaver.keeps(added.slug)):
            Concern.objects.about(added).delete()
            added.delete()
            continue
        added.author, added.form_key, added.reason, added.may_stay = None, None, "", ""
        if hasattr(added, "byline"):
            added.byline = _unnamed(added)
        added.save()
