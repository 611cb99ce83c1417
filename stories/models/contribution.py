"""What members add to a story, and who may see it: one shape for follow-ups, experiments and responses."""

import secrets

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import Concern, User, people_parted_from
from networks.models import Coalition
from practices.models import Role
from stories import crowd
from stories.models.choices import Audience, Byline
from stories.models.rows import revive
from stories.models.story import Story


def new_slug():
    """12 url-safe letters: an address that counts nothing and names nobody."""
    return secrets.token_urlsafe(9)


class State(models.TextChoices):
    WAITING = "waiting", _("With a moderator")
    LIVE = "live", _("Live")
    REFUSED = "refused", _("Not shown: a moderator said why")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ContributionQuerySet(models.QuerySet):
    def live(self):
        return self.filter(state=State.LIVE)

    def waiting(self):
        """A moderator has yet to decide; what somebody wrote before they were let in waits for that first. What a
        concern holds is decided with the concern."""
        return self.filter(state=State.WAITING, author__in=User.objects.current()).exclude(pk__in=self._questioned())

    def _questioned(self):
        return Concern.objects.open().about_any(self.model).values("object_id")

    @staticmethod
    def meant_for(user):
        """Follow-ups are read by whoever reads their story."""
        return Q()

    @staticmethod
    def about(stories):
        """Added to one of these stories."""
        return Q(story__in=stories.values("pk"))

    def shown_to(self, user):
        """On a story that this reader may open already: what is live, and their own that waits."""
        rule = Q(state=State.LIVE) & self.meant_for(user)
        if user.pk and user.is_active:
            rule |= Q(state=State.WAITING, author_id=user.pk)
        return self.filter(rule)

    def readable_by(self, user):
        """What lists show: never more than the story that it was added to."""
        return self.live().filter(self.meant_for(user) & self.about(Story.objects.readable_by(user)))

    def visible_to(self, user):
        """The one rule for who may see which. Everyone: live ones, where they may read the story. The writer: their
        own that waits, where they may read the story. Moderators: those that wait. Nobody else, superusers included."""
        rule = Q(state=State.LIVE) & self.meant_for(user) & self.about(Story.objects.readable_by(user))
        if user.pk and user.is_active:
            rule |= Q(state=State.WAITING, author_id=user.pk) & self.about(Story.objects.visible_to(user))
            if user.is_moderator:
                rule |= Q(pk__in=self.model.objects.waiting().values("pk"))
        return self.filter(rule)

    def added_by(self, user):
        """One's own, in every state: whoever wrote it may always find it and take it away."""
        return self.filter(author=user) if user.is_authenticated and user.is_active else self.none()

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def for_listing(self):
        return self.select_related("story")

    def as_rows(self):
        """The same in one column, to come along with the story that they are about; `revive` reads them."""
        return ArraySubquery(self.values(row=JSONObject(**self.model.row())))


class Contribution(models.Model):
    """Something added to a story: shown once a moderator, or its writer's standing, lets it."""

    kind = ""
    words = ("text",)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="%(class)ss", editable=False
    )
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="%(class)ss", editable=False)
    slug = models.CharField(max_length=16, unique=True, default=new_slug, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, editable=False)
    created_at = models.DateTimeField(editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="decided_%(class)ss",
        editable=False,
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(blank=True, editable=False)
    # Its writer's answer where the check found words that lead straight to a person.
    may_stay = models.CharField(_("Why can these words stay?"), max_length=300, blank=True, editable=False)
    # The teller has been mailed that something is there; the mail says no more than that.
    told_at = models.DateTimeField(null=True, editable=False)
    form_key = models.CharField(max_length=40, null=True, editable=False)
    concerns = GenericRelation(Concern)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["author", "form_key"], name="one_%(class)s_a_form")]
        # The queue, and the tellers' mail, are asked for often and hold little.
        indexes = [
            models.Index(fields=["created_at"], condition=Q(state=State.WAITING), name="%(class)s_waiting"),
            models.Index(fields=["story"], condition=Q(state=State.LIVE, told_at=None), name="%(class)s_untold"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name.capitalize()}, {self.get_state_display().lower()}"

    def get_absolute_url(self):
        return f"{self.story.get_absolute_url()}#{self.slug}"

    @property
    def kind_name(self):
        return self._meta.verbose_name.capitalize()

    @property
    def is_live(self):
        return self.state == State.LIVE

    @property
    def waits(self):
        return self.state == State.WAITING

    @property
    def can_be_withdrawn(self):
        return self.state in {State.WAITING, State.LIVE}

    @property
    def shown_name(self):
        """Who wrote it, as others may know them; the only place where such a name comes from."""
        return self.story.teller

    @property
    def told(self):
        """Its words under their questions, for whoever decides about it."""
        return [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in self.words]

    @property
    def gist(self):
        """The words by which it is recognised again."""
        return getattr(self, self.words[0])

    def same_words(self, other):
        return all(getattr(self, name) == getattr(other, name) for name in self.words)

    def release(self, *, by, now):
        """Let it be read; `by` is None where no moderator had to look."""
        self.state, self.decided_by, self.decided_at, self.reason = State.LIVE, by, now, ""

    def refuse(self, *, by, now, reason):
        self.state, self.decided_by, self.decided_at, self.reason = State.REFUSED, by, now, reason

    def hold(self):
        """Nobody reads it until a moderator has read what was raised about it."""
        self.state = State.WAITING

    def show_again(self):
        """As it was before it was held."""
        self.state = State.LIVE

    def withdraw(self, *, now):
        self.state, self.decided_at = State.WITHDRAWN, now

    @classmethod
    def row(cls):
        """What comes along of each, by the name that `revive` gives it back under."""
        names = ("pk", "slug", "state", "created_at", *cls.words)
        return {name: F(name) for name in names}

    @classmethod
    def from_row(cls, row, story):
        """The contribution again, from what came along with its story."""
        return revive(cls, row, story=story)


def still_that_group():
    """Written for the one group that its story is for now: it goes along to no other."""
    return Q(audience=Audience.COALITION, coalition__isnull=False, coalition=F("story__coalition"))


class SignedQuerySet(ContributionQuerySet):
    @staticmethod
    def meant_for(user):
        """Whom its writer wrote it for. A story that is opened to more people does not open it to them. A block parts
        its two people from what the other signed with their name, and from nothing unnamed: that would tell whose."""
        if not getattr(user, "is_member", False):
            return Q(audience=Audience.PUBLIC)
        meant = Q(audience__in=[Audience.PUBLIC, Audience.MEMBERS]) | still_that_group()
        parted = people_parted_from(user)
        return meant if parted is None else meant & ~Q(byline=Byline.NAME, author__in=parted)

    def for_listing(self):
        return super().for_listing().select_related("author", "byline_role")


class SignedContribution(Contribution):
    """Added by somebody who chooses how they are named, for the readers whom the story had when they wrote it."""

    byline = models.CharField(_("How should we name you?"), max_length=10, choices=Byline, default=Byline.ROLE)
    byline_role = models.ForeignKey(
        Role, verbose_name=_("Your role"), null=True, blank=True, on_delete=models.SET_NULL, related_name="%(class)ss"
    )
    audience = models.CharField(_("Who can read it?"), max_length=10, choices=Audience, default=Audience.MEMBERS)
    coalition = models.ForeignKey(
        Coalition, null=True, on_delete=models.SET_NULL, related_name="+", editable=False, db_index=False
    )
    blurred = models.BooleanField(default=False, editable=False)  # as in Story: neither role nor place is shown

    objects = SignedQuerySet.as_manager()

    class Meta(Contribution.Meta):
        abstract = True

    @property
    def shown_name(self):
        if self.byline == Byline.NAME and self.author and self.author.get_full_name():
            return self.author.get_full_name()
        if self.byline != Byline.HIDDEN and self.byline_role and not self.blurred:
            return self.byline_role.name
        return gettext("A frontline worker")

    @property
    def would_be_blurred(self):
        """As `Telling.would_be_blurred` has it of stories."""
        invented = self.author and self.author.demo
        return self.byline != Byline.NAME and not invented and not crowd.hides_teller(self)

    def keep_to_the_group_of(self, story):
        """What is written for one group is for that of its story."""
        self.coalition_id = story.coalition_id if story and self.audience == Audience.COALITION else None

    @classmethod
    def row(cls):
        return {
            **super().row(),
            "byline": F("byline"),
            "blurred": F("blurred"),
            "byline_role.name": F("byline_role__name"),
            # A name that was not given does not leave the table.
            **{f"author.{name}": given_name(name) for name in ("first_name", "last_name")},
        }


def given_name(name):
    return Case(When(byline=Byline.NAME, then=F(f"author__{name}")), default=Value(""))
