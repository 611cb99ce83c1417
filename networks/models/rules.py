""" "Rule or habit?": what somebody was told they cannot do, and what others know about it."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import Concern, Profile, SeenBy, User
from practices.models import Boundary, Place, Practice, Role

OLD = timedelta(days=365)
UNNAMED = _("A frontline worker")


def new_key():
    """An address that counts nothing and names nobody."""
    return secrets.token_urlsafe(9)


class State(models.TextChoices):
    WAITING = "waiting", _("With a moderator")
    LIVE = "live", _("Shown")
    HELD = "held", _("Hidden until a moderator has read a concern")
    REFUSED = "refused", _("Not shown: a moderator said why")
    WITHDRAWN = "withdrawn", _("Taken back")


class Naming(models.TextChoices):
    """Never a name: what somebody was refused can be told back to them at work."""

    ROLE = "role", _("My role and region")
    HIDDEN = "hidden", _("Neither")


class Audience(models.TextChoices):
    MEMBERS = "members", _("Members only")
    PUBLIC = "public", _("Everybody, also without an account")


class SaidQuerySet(models.QuerySet):
    """What questions and answers have in common."""

    def live(self):
        return self.filter(state=State.LIVE)

    def waiting(self):
        """A moderator has yet to decide; what a concern holds is decided with the concern."""
        return self.filter(state=State.WAITING, author__in=User.objects.current()).order_by("created_at", "pk")

    def said_by(self, user):
        """One's own, in every state. Nobody else is ever told whose they are, staff included."""
        return self.filter(author=user) if user.is_authenticated and user.is_active else self.none()

    def visible_to(self, user):
        """The one rule. Everybody: what is live and meant for them. Its writer: their own that waits, too. Moderators:
        what waits to be read by them. No block counts here: nothing is named, so it would tell whose it is."""
        rule = Q(state=State.LIVE) & self.meant_for(user)
        if user.pk and user.is_active:
            rule |= Q(author_id=user.pk) & ~Q(state=State.WITHDRAWN)
            if user.is_moderator:
                rule |= Q(state__in=[State.WAITING, State.HELD])
        return self.filter(rule)

    def readable_by(self, user):
        """What lists show."""
        return self.live().filter(self.meant_for(user))


class Said(models.Model):
    """Something that a member said here: read by a moderator before anybody else reads it, and never with a name."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="%(class)ss"
    )
    naming = models.CharField(_("How should we name you?"), max_length=6, choices=Naming, default=Naming.ROLE)
    # As they were then: a profile that changes later must not show whose it is.
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    may_stay = models.CharField(_("Why can these words stay?"), max_length=300, blank=True)
    created_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    form_key = models.CharField(max_length=40, null=True)
    concerns = GenericRelation(Concern)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["author", "form_key"], name="one_%(class)s_a_form")]
        indexes = [models.Index(fields=["created_at"], condition=Q(state="waiting"), name="%(class)ss_waiting")]

    def name_as(self, naming, profile):
        """Take the role and the region from the profile, as far as enough others in the directory share them."""
        self.naming, self.role, self.place = naming, None, None
        if naming != Naming.ROLE or profile.role is None:
            return
        region = profile.place.region if profile.place else None
        for place in dict.fromkeys([region, region.nation if region else None, None]):
            if enough_alike(profile.role, place):
                self.role, self.place = profile.role, place
                return

    @property
    def shown_name(self):
        """The role, and where; or what hides everybody."""
        return ", ".join(str(part) for part in (self.role or UNNAMED, self.place) if part)

    @property
    def is_live(self):
        return self.state == State.LIVE

    @property
    def waits(self):
        return self.state == State.WAITING

    @property
    def is_held(self):
        return self.state == State.HELD

    def release(self, *, by, now):
        """Let it be read."""
        self._decide(State.LIVE, by, now, "")

    def refuse(self, *, by, now, reason):
        self._decide(State.REFUSED, by, now, reason)

    def uphold(self, *, by, now, reason):
        """A concern about it was right."""
        self.refuse(by=by, now=now, reason=reason)

    def hold(self):
        """Nobody reads it until a moderator has read what was raised about it."""
        self.state = State.HELD
        self.save(update_fields=["state"])

    def show_again(self):
        self.state = State.LIVE
        self.save(update_fields=["state"])

    def withdraw(self, *, now):
        self._decide(State.WITHDRAWN, None, now, "")

    def _decide(self, state, by, now, reason):
        self.state, self.decided_by, self.decided_at, self.reason = state, by, now, reason
        self.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def enough_alike(role, place):
    """Whether so many people in the directory have this role there that it points at nobody."""
    alike = Profile.objects.listed().filter(role=role, role_seen_by=SeenBy.MEMBERS)
    if place:
        alike = alike.filter(place__in=Place.objects.within(place), place_seen_by=SeenBy.MEMBERS)
    return alike.count() >= settings.LISTED_ALIKE


class RuleQuestionQuerySet(SaidQuerySet):
    @staticmethod
    def meant_for(user):
        return Q() if getattr(user, "is_member", False) else Q(audience=Audience.PUBLIC)

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def for_listing(self):
        """With the number of answers that are shown, and the marked one."""
        shown = Count("answers", filter=Q(answers__state=State.LIVE))
        return self.annotate(answer_count=shown).select_related("role", "place").prefetch_related("boundaries")

    def saying(self, words):
        """Each of the words stands in the question or in an answer that is shown."""
        found = self
        for word in words.split()[:10]:
            answers = RuleAnswer.objects.live().filter(question=OuterRef("pk"))
            said = answers.filter(Q(text__icontains=word) | Q(source__icontains=word))
            found = found.filter(Q(told__icontains=word) | Q(more__icontains=word) | Exists(said))
        return found

    def answered_as(self, kind, nation=None):
        """An answer that is shown says so: a rule of this kind, in this nation or everywhere in the UK."""
        answers = RuleAnswer.objects.live().filter(question=OuterRef("pk"))
        if kind:
            answers = answers.filter(kind=kind)
        if nation:
            answers = answers.filter(Q(nation=nation) | Q(nation=None))
        return self.filter(Exists(answers))

    def unanswered(self):
        return self.exclude(Exists(RuleAnswer.objects.live().filter(question=OuterRef("pk"))))


class RuleQuestion(Said):
    """ "I was told we can't, because ...": is that a rule, or a habit?"""

    told = models.CharField(_("I was told we can’t …"), max_length=160)
    more = models.TextField(_("What else should people know?"), blank=True)
    audience = models.CharField(_("Who can read it?"), max_length=8, choices=Audience, default=Audience.MEMBERS)
    boundaries = models.ManyToManyField(Boundary, blank=True, related_name="rule_questions")
    practices = models.ManyToManyField(Practice, blank=True, related_name="rule_questions")

    objects = RuleQuestionQuerySet.as_manager()

    def __str__(self):
        return gettext("A question: rule or habit?")

    def get_absolute_url(self):
        return reverse("rules:question", args=[self.key])

    what, kind_name = "question", _("Question")

    @property
    def gist(self):
        return gettext("I was told we can’t %(told)s") % {"told": self.told}

    @property
    def is_sensitive(self):
        return any(boundary.sensitive for boundary in self.boundaries.all())

    @property
    def texts(self):
        return [(gettext("I was told we can’t …"), self.told), (gettext("What else"), self.more)]


class RuleAnswerQuerySet(SaidQuerySet):
    @staticmethod
    def meant_for(user):
        """Never more than the question that it answers."""
        return Q(question__in=RuleQuestion.objects.readable_by(user).values("pk"))

    def best_first(self):
        return self.order_by(models.F("best_at").desc(nulls_last=True), "created_at", "pk")


class RuleAnswer(Said):
    """What one member knows about it: which kind of rule it is, where that stands, and when they looked."""

    class Kind(models.TextChoices):
        LAW = "law", _("Law")
        CONTRACT = "contract", _("Contract")
        POLICY = "policy", _("Local policy")
        HABIT = "habit", _("Habit")

    question = models.ForeignKey(RuleQuestion, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(_("What is it?"), max_length=8, choices=Kind)
    text = models.TextField(_("What do you know about it?"))
    source = models.CharField(_("Where does it stand?"), max_length=300, blank=True)
    source_url = models.URLField(_("The address of that page"), max_length=400, blank=True)
    nation = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    checked_date = models.DateField(_("When did you look?"))
    best_at = models.DateTimeField(null=True)

    objects = RuleAnswerQuerySet.as_manager()

    class Meta(Said.Meta):
        constraints = [
            *Said.Meta.constraints,
            models.UniqueConstraint(
                fields=["question"], condition=Q(best_at__isnull=False), name="one_best_answer_a_question"
            ),
        ]

    def __str__(self):
        return gettext("An answer: rule or habit?")

    def get_absolute_url(self):
        return f"{self.question.get_absolute_url()}#{self.key}"

    what, kind_name = "answer", _("Answer")

    @property
    def gist(self):
        return self.text

    @property
    def is_sensitive(self):
        return self.question.is_sensitive

    @property
    def texts(self):
        return [
            (gettext("What it is"), self.get_kind_display()),
            (gettext("What they know"), self.text),
            (gettext("Where it stands"), self.source),
        ]

    def is_old(self, today):
        """What was looked up a year ago may have changed since."""
        return today - self.checked_date > OLD

    def mark_best(self, *, now):
        """There is one at most."""
        RuleAnswer.objects.filter(question=self.question_id).exclude(best_at=None).update(best_at=None)
        self.best_at = now
        self.save(update_fields=["best_at"])
