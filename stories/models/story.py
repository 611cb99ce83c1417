"""The change story: what a member saw change, in their words."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from taggit.models import ItemBase
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from design.addresses import address
from design.instances import adds_nothing_to_rows
from networks.models import Coalition, Membership
from practices.models import Boundary, Place, Practice, Role
from stories.models.choices import (
    Audience,
    Byline,
    Consent,
    Employer,
    Evidence,
    Lens,
    MayQuote,
    Outcome,
    PeriodPart,
    Responding,
    SearchEngines,
    WhoseStory,
)
from stories.models.pictured import Pictured
from stories.models.queries import StoryQuerySet
from stories.models.questioned import Questioned
from stories.models.standing import Standing
from stories.models.telling import Telling
from stories.models.word import TheirWord


def new_slug():
    """12 url-safe letters, made once: an address can carry neither a name nor a number that counts."""
    return secrets.token_urlsafe(9)


# All fields that its constraints name.
CONSTRAINED = {"live", "withdrawn_at", "coalition", "audience", "author", "jot_key"}


class Story(
    Telling,
    Standing,
    Questioned,
    TheirWord,
    Pictured,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """A change story, from a two-box jot to a published page and its later edits.

    What the teller wrote travels in Wagtail's revisions. Who they are, who may read it and its history do not
    (`OUTSIDE_REVISIONS`): no approval or revert can bring back an erased author or a wider audience.
    """

    OUTSIDE_REVISIONS = (
        "author",
        "slug",
        "byline",
        "audience",
        "coalition",
        "search_engines",
        "may_quote",
        "wanted_byline",
        "wanted_audience",
        "hidden_at",
        "hidden_for_check",
        "held_at",
        "opened_at",
        "hidden_for_review",
        "sensitive_in_edit",
        "blurred",
        "review_date",
        "public_answered_at",
        "withdrawn_at",
        "responding",
        "organisations_may_respond",
        "latest_outcome",
        "edit_number",
        "jot_key",
        "words_agreed_at",
        "demo",
        "created_at",
        "latest_revision",
        "live_revision",
    )

    NEEDED_TO_SEND = (
        "title",
        "noticed",
        "tried",
        "happened",
        "outcome",
        "why_it_matters",
        "whose_story",
        "consent",
        "employer",
    )

    # The jot: enough to begin.
    title = models.CharField(_("In one line, what changed?"), max_length=100)
    noticed = models.TextField(_("What did you notice that was not working, from where you stood?"), blank=True)

    # The rest of the telling.
    summary = models.CharField(_("The change in one sentence"), max_length=200, blank=True)
    flex = models.TextField(_("Where did you find some give?"), blank=True)
    tried = models.TextField(_("What did you try?"), blank=True)
    who_with = models.TextField(_("Who did you need, and how did you reach them?"), blank=True)
    happened = models.TextField(_("What happened, including what went badly?"), blank=True)
    outcome = models.CharField(_("Where is it now?"), max_length=10, choices=Outcome, blank=True)
    shift_thinking = models.TextField(_("How did people think differently?"), blank=True)
    shift_behaviour = models.TextField(_("How did people act differently?"), blank=True)
    shift_ground = models.TextField(_("What is different for the people you support?"), blank=True)
    nothing_shifted = models.BooleanField(_("Nothing has shifted yet"), default=False)
    lens = models.CharField(_("Where did it matter most?"), max_length=15, choices=Lens, blank=True)
    evidence = models.CharField(_("How do you know?"), max_length=10, choices=Evidence, blank=True)
    evidence_note = models.CharField(_("In a line, how you know"), max_length=300, blank=True)
    why_it_matters = models.TextField(_("Why does this change matter most to you?"), blank=True)
    surprise = models.TextField(_("What surprised you?"), blank=True)
    advice = models.TextField(_("If someone tried this tomorrow, what should they know first?"), blank=True)
    help_wanted = models.TextField(_("What would you like help with?"), blank=True)

    # Where it happened and what it touched.
    boundaries = ClusterTaggableManager(
        _("Which services did this run between?"), through="stories.StoryBoundary", blank=True, related_name="stories"
    )
    practices = ParentalManyToManyField(
        Practice, verbose_name=_("Which practices did you use?"), blank=True, related_name="stories"
    )
    place = models.ForeignKey(
        Place, verbose_name="Where?", null=True, blank=True, on_delete=models.SET_NULL, related_name="stories"
    )
    period_part = models.CharField(_("When in the year?"), max_length=5, choices=PeriodPart, blank=True)
    period_year = models.PositiveSmallIntegerField(_("Which year?"), null=True, blank=True)

    # Safety, asked first.
    whose_story = models.CharField(_("Whose story is it?"), max_length=10, choices=WhoseStory, blank=True)
    consent = models.CharField(_("Does the person you supported agree?"), max_length=20, choices=Consent, blank=True)
    consent_date = models.DateField(_("When did they agree?"), null=True, blank=True)
    review_date = models.DateField(_("When shall we ask you again?"), null=True, blank=True)
    employer = models.CharField(_("Does your employer agree?"), max_length=15, choices=Employer, blank=True)
    byline = models.CharField(_("How should we name you?"), max_length=10, choices=Byline, default=Byline.ROLE)
    byline_role = models.ForeignKey(
        Role, verbose_name=_("Your role"), null=True, blank=True, on_delete=models.SET_NULL, related_name="stories"
    )
    audience = models.CharField(_("Who can read it?"), max_length=10, choices=Audience, default=Audience.MEMBERS)
    # For one group only: which. A group that is gone leaves the story to its tellers.
    coalition = models.ForeignKey(
        Coalition, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories", editable=False
    )
    wanted_byline = models.CharField(max_length=10, choices=Byline, blank=True, editable=False)
    wanted_audience = models.CharField(max_length=10, choices=Audience, blank=True, editable=False)
    search_engines = models.CharField(
        _("May search engines show it?"), max_length=5, choices=SearchEngines, default=SearchEngines.USUAL
    )
    may_quote = models.CharField(
        _("May we quote you in reports?"), max_length=5, choices=MayQuote, default=MayQuote.ASK
    )
    open_data = models.BooleanField(_("Include it in the open data"), default=False)
    content_note = models.CharField(_("Is there something a reader should be warned of?"), max_length=200, blank=True)

    # A public case retold by the programme team.
    source_title = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(blank=True)

    # Ours, not the teller's: never in a revision.
    live = models.BooleanField(default=False, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stories",
        editable=False,
    )
    slug = models.CharField(max_length=16, unique=True, default=new_slug, editable=False)
    edit_number = models.PositiveIntegerField(default=0, editable=False)
    jot_key = models.CharField(max_length=40, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_for_check = models.BooleanField(default=False, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False, help_text=_("First open to anyone."))
    hidden_for_review = models.BooleanField(default=False, editable=False)
    # The edit of a live story names a sensitive boundary, sent or not: from then on it is told as coarsely.
    sensitive_in_edit = models.BooleanField(default=False, editable=False)
    # Too few in the directory could have told it: neither role nor region is shown (docs/decisions/0037).
    blurred = models.BooleanField(default=False, editable=False)
    public_answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When a moderator suggested other words and the teller last said yes: the page says so.
    words_agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    demo = models.BooleanField(default=False, editable=False)
    responding = models.CharField(max_length=10, choices=Responding, default=Responding.OPEN, editable=False)
    organisations_may_respond = models.BooleanField(default=False, editable=False)
    latest_outcome = models.CharField(max_length=10, choices=Outcome, blank=True, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        indexes = [
            models.Index(
                fields=["-first_published_at", "-id"], condition=models.Q(live=True), name="stories_newest_first"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(live=False) | models.Q(withdrawn_at=None), name="a_withdrawn_story_is_not_live"
            ),
            models.UniqueConstraint(fields=["author", "jot_key"], name="one_story_a_jot"),
            models.CheckConstraint(
                condition=models.Q(coalition=None) | models.Q(audience=Audience.COALITION),
                name="a_story_of_a_group_is_for_it_alone",
            ),
        ]

    @adds_nothing_to_rows
    def __init__(self, *args, **kwargs):
        if kwargs:
            super().__init__(*args, **kwargs)
        else:
            # As rows are made: for each, the library would look through all fields for lists of children.
            super(ClusterableModel, self).__init__(*args)

    def validate_constraints(self, exclude=None):
        """Where none of their fields may have changed, they hold as before: Django would work each out all the same."""
        if not set(exclude or ()) >= CONSTRAINED:
            super().validate_constraints(exclude)

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address("stories:story", self.slug)

    @property
    def waits_for_wider_reach(self):
        return bool(self.wanted_byline or self.wanted_audience)

    def missing_to_send(self):
        """Names of the answers without which the story cannot be sent, in the order they are asked."""
        missing = [name for name in self.NEEDED_TO_SEND if not getattr(self, name)]
        if not (self.nothing_shifted or self.shift_thinking or self.shift_behaviour or self.shift_ground):
            missing.append("shift_ground")
        if not self.boundary_list:
            missing.append("boundaries")
        if self.place and self.is_sensitive and self.place.kind == Place.Kind.COUNCIL:
            missing.append("place")
        # Also where the name is still only asked for: the approval would grant it.
        if Byline.NAME in {self.byline, self.wanted_byline} and self.employer == Employer.NOT_ASKED:
            missing.append("byline")
        if self.lacks_its_group():
            missing.append("audience")
        if self.lacks_their_word:
            missing.append("their_word")
        return missing

    def lacks_its_group(self):
        """Not live yet, and for a group that its teller is not in, or that goes on no more: nobody would read it."""
        if self.live or self.audience != Audience.COALITION:
            return False
        return not Coalition.objects.joined_by(self.author).going_on().filter(pk=self.coalition_id).exists()

    def reaches_its_group(self):
        """False where it is for one group and nobody in that reads it: the group is gone, or its name went from there
        with its teller. Nothing that only takes a name away may bring it back to them."""
        if self.audience != Audience.COALITION:
            return True
        if self.coalition is None or self.coalition.taken_down_at:
            return False
        teller = Membership.objects.now().filter(member=self.author_id, coalition=self.coalition_id)
        return self.is_unnamed or teller.exists()

    def serializable_data(self):
        return self._inside_revisions(super().serializable_data())

    def words_over(self, content):
        """A revision's content with this story's words in it; the lists stay as they are there, unread."""
        return self._inside_revisions({**content, **get_serializable_data_for_fields(self)})

    def _inside_revisions(self, data):
        return {name: value for name, value in data.items() if name not in self.OUTSIDE_REVISIONS}

    @property
    def lists_are_touched(self):
        """Its boundaries or practices may differ from those in the database."""
        return bool(getattr(self, "_cluster_related_objects", None))

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """A revision names its words one by one. Asked for together they cost the same however many there are, and
        what has been deleted since is left out."""
        tags = [child["tag"] for child in data["tagged_boundaries"]]
        boundaries = Boundary.objects.in_bulk(tags)
        kept = [child for child in data["tagged_boundaries"] if child["tag"] in boundaries]
        story = super().from_serializable_data({**data, "tagged_boundaries": kept}, check_fks=False)
        for tagged in story.tagged_boundaries.all():
            tagged.tag = boundaries[tagged.tag_id]
        for name, words in {
            "place": Place.objects.select_related("parent__parent"),
            "byline_role": Role.objects.all(),
        }.items():
            setattr(story, name, words.filter(pk=data[name]).first() if data[name] else None)
        return story

    def with_content_json(self, content):
        story = super().with_content_json(content)
        story.take_outside_from(self)
        return story

    def take_outside_from(self, story):
        """Everything that no revision, and no form made from one, may change."""
        for name in (*self.OUTSIDE_REVISIONS, *self.STANDING):
            field = self._meta.get_field(name)
            setattr(self, field.attname, getattr(story, field.attname))
        self.bring_from(story)

    def get_latest_revision_as_object(self):
        """The newest words. A story that is not live follows its draft, so there the row itself has them."""
        if not (self.live and self.has_unpublished_changes):
            return self
        return self.with_content_json(self.latest_revision.content)

    def _update_from_revision(self, revision, changed=True):
        """Wagtail writes the row once more after each save; here most saves overwrite the revision it knows."""
        if (self.latest_revision_id, self.has_unpublished_changes) != (revision.pk, True):
            super()._update_from_revision(revision, changed)

    def get_preview_template(self, request, mode_name):
        return "stories/preview.html"

    def get_preview_context(self, request, mode_name):
        self.blurred = self.would_be_blurred
        photos = self.photos_as_sent() if self.is_in_moderation else self.photos_as_read()
        return {"story": self, "photos": photos, "request": request, "preview": True}


class StoryBoundary(ItemBase):
    """A story carries a boundary."""

    tag = models.ForeignKey(Boundary, on_delete=models.CASCADE, related_name="tagged_stories")
    content_object = ParentalKey(Story, on_delete=models.CASCADE, related_name="tagged_boundaries")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="a_boundary_once_a_story")]
