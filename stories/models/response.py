"""What readers say to a story: short thanks, responses in words, and what an organisation answers."""

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import Concern, people_parted_from
from networks.models import Coalition
from practices.models import Role
from stories.models.choices import Audience
from stories.models.contribution import Contribution, ContributionQuerySet, SignedContribution, still_that_group
from stories.models.story import Story


class Response(SignedContribution):
    """Words to a teller, read by whoever reads the story."""

    kind = "response"

    text = models.TextField(_("What would you like to say?"))

    class Meta(SignedContribution.Meta):
        indexes = [
            *SignedContribution.Meta.indexes,
            models.Index(fields=["story", "-created_at", "-id"], name="responses_of_a_story"),
        ]


class OrganisationResponseQuerySet(ContributionQuerySet):
    def waiting(self):
        """Not where the teller has switched it off meanwhile."""
        return super().waiting().filter(story__organisations_may_respond=True)

    @staticmethod
    def meant_for(user):
        """Only while the teller wants it, and only beside a story that everybody can read."""
        return Q(story__organisations_may_respond=True, story__audience=Audience.PUBLIC)


class OrganisationResponse(Contribution):
    """What an organisation answers to a public story whose teller wants that."""

    class Stance(models.TextChoices):
        HEARD = "heard", _("We have heard this")
        LOOKING = "looking", _("We are looking into it")
        CHANGED = "changed", _("We have changed something")
        CANNOT = "cannot", _("We cannot, because")

    kind = "organisation"
    words = ("organisation", "stance", "text")

    organisation = models.CharField(_("Which organisation do you answer for?"), max_length=120)
    stance = models.CharField(_("What is your answer?"), max_length=10, choices=Stance)
    text = models.TextField(_("In your words"))

    objects = OrganisationResponseQuerySet.as_manager()

    class Meta(Contribution.Meta):
        verbose_name = _("organisation’s response")

    @property
    def shown_name(self):
        """The organisation; never the person who typed."""
        return self.organisation

    @property
    def gist(self):
        return self.text

    @property
    def told(self):
        return [
            (gettext("Organisation"), self.organisation),
            (gettext("Its answer"), self.get_stance_display()),
            (gettext("In its words"), self.text),
        ]


class ThanksQuerySet(models.QuerySet):
    def shown_to(self, user):
        """Not while a moderator has yet to read a concern that hides them, nor named ones from behind a block."""
        held = Concern.objects.open().about_any(self.model).exclude(hid_at=None)
        shown = self.exclude(pk__in=held.values("object_id"))
        if not getattr(user, "is_member", False):
            return shown.filter(audience=Audience.PUBLIC)
        shown = shown.filter(Q(audience__in=[Audience.PUBLIC, Audience.MEMBERS]) | still_that_group())
        parted = people_parted_from(user)
        return shown if parted is None else shown.exclude(named=True, member__in=parted)

    def named(self):
        return self.filter(named=True)

    def as_rows(self):
        """A first name that was not given does not leave the table."""
        first_name = Case(When(named=True, then=F("member__first_name")), default=Value(""))
        row = {"kind": F("kind"), "named": F("named"), "member.first_name": first_name, "role.name": F("role__name")}
        return ArraySubquery(self.values(row=JSONObject(**row)))


class Thanks(models.Model):
    """One short line of thanks, each kind once a member and story. It holds no words for anybody to read first."""

    class Kind(models.TextChoices):
        ASK = "ask", _("It helped me ask")
        MEETING = "meeting", _("I used it in a meeting")
        TRYING = "trying", _("I am trying it")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="thanks")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="thanks")
    kind = models.CharField(max_length=10, choices=Kind)
    named = models.BooleanField(default=False)
    role = models.ForeignKey(Role, null=True, on_delete=models.SET_NULL, related_name="thanks")
    audience = models.CharField(max_length=10, choices=Audience)
    coalition = models.ForeignKey(Coalition, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    objects = ThanksQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "thanks"
        constraints = [models.UniqueConstraint(fields=["story", "member", "kind"], name="thanks_once_a_member")]

    def __str__(self):
        return self.get_kind_display()

    @property
    def shown_name(self):
        """A first name and a role where the member chose so, else nothing at all."""
        if not self.named:
            return ""
        role = f" ({self.role.name[:1].lower()}{self.role.name[1:]})" if self.role else ""
        return f"{self.member.first_name}{role}"


class TellersMail(models.Model):
    """The mail of one day that tells a teller of new responses, claimed before it is written."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tellers_mails")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="one_mail_a_day_and_teller")]

    def __str__(self):
        return gettext("Mail of %(day)s") % {"day": self.day}
