"""The account: an e-mail address, a first name, and whether the community has let the person in."""

from datetime import UTC, datetime

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models, transaction
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members import quiet

TELLER_EMAIL = "teller@system.invalid"
# What decides whether and under which name others find somebody.
SHOWN = {"first_name", "last_name", "approved_at", "suspended_at", "is_active"}
# Employers' addresses of the people this site is for. Such an address is a hint to a moderator, never an entry.
WORK_DOMAINS = [
    "nhs.uk",
    "nhs.net",
    "nhs.scot",
    "hscni.net",
    "gov.uk",
    "gov.scot",
    "gov.wales",
    "llyw.cymru",
    "police.uk",
    "pnn.police.uk",
    "mod.uk",
    "parliament.uk",
    "parliament.scot",
    "senedd.wales",
    "ac.uk",
    "sch.uk",
]
WORK_ADDRESS = r"[@.](" + "|".join(domain.replace(".", r"\.") for domain in WORK_DOMAINS) + ")$"


class UserQuerySet(models.QuerySet):
    def people(self):
        """Accounts with a person behind them: not the system's own."""
        return self.exclude(email=TELLER_EMAIL)

    def waiting(self):
        """People whom a moderator has yet to let in."""
        return self.people().filter(approved_at=None, suspended_at=None, is_active=True)

    def current(self):
        """Members in good standing."""
        return self.people().filter(approved_at__isnull=False, suspended_at=None, is_active=True)

    def not_on_break(self, now):
        """Those to whom others may be brought just now."""
        return self.filter(Q(break_ends_at=None) | Q(break_ends_at__lte=now))

    def hold(self, *members):
        """Locked until the transaction ends, always in the same order: what one does about the other waits for it."""
        held = self.select_for_update(no_key=True).filter(pk__in={member.pk for member in members}).order_by("pk")
        return {member.pk: member for member in held}

    def in_queue(self):
        """The waiting people whose address is their own: vouched for, then work addresses, then by wait."""
        invitations = apps.get_model("members", "Invitation").objects.standing()
        return (
            self.waiting()
            .filter(Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)))
            .annotate(
                vouched=Exists(invitations.filter(Q(email__iexact=OuterRef("email")) | Q(taken_by=OuterRef("pk")))),
                work_address=Case(When(email__iregex=WORK_ADDRESS, then=Value(True)), default=Value(False)),
            )
            .select_related("profile")
            .order_by("-vouched", "-work_address", "date_joined", "pk")
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def teller(self):
        """The account that stands in Wagtail's records where an author would (docs/decisions)."""
        return self.get(email=TELLER_EMAIL)


class User(AbstractUser):
    """A person's account. There is no username; the address is private to its owner and to staff."""

    username = None
    email = models.EmailField(_("email address"))
    approved_at = models.DateTimeField(_("let in"), null=True, blank=True)
    approved_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="approvals")
    suspended_at = models.DateTimeField("suspended", null=True, blank=True)
    welcomed_at = models.DateTimeField(_("answered the welcome questions"), null=True, blank=True)
    time_zone = models.CharField(max_length=40, default=quiet.HOME)
    break_ends_at = models.DateTimeField(_("takes a break until"), null=True, blank=True)
    # That of their mails; empty: the first language of the site.
    language = models.CharField(_("language of mails"), max_length=10, blank=True, default="", db_default="")
    words_by_mail = models.BooleanField(_("has the words of a message in the mail"), default=False)
    # The newest of their agreements, here as well so that no page asks for it.
    agreed_version = models.PositiveSmallIntegerField(default=0, editable=False)
    demo = models.BooleanField(default=False, editable=False)

    # Known of an account that a session brought to a page that is read (`members.backends`), of nobody else: there
    # rights need not ask for what is not.
    is_in_no_group = is_behind_no_block = False

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        ordering = ["first_name", "pk"]
        permissions = [("approve_user", "Can let people in")]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self):
        return self.get_full_name() or gettext("A member")

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Each account is born with its profile, whoever makes it: sign-up, staff or a command. What the directory
        holds of it follows every change."""
        new = self._state.adding
        self.email = self.email.lower()
        super().save(*args, **kwargs)
        profiles = apps.get_model("members", "Profile").objects
        if new:
            profiles.create(user=self)
        elif SHOWN.intersection(kwargs.get("update_fields") or SHOWN):
            profiles.refresh_entries(self)

    @property
    def is_member(self):
        """Let in and in good standing: may read what members may read."""
        return bool(self.is_active and self.approved_at and not self.suspended_at)

    @property
    def is_plain_member(self):
        """A member who does nothing here that members do not do; `design.compiled` keeps questions for them."""
        return self.is_member and not self.is_staff and not self.is_superuser

    @property
    def known_ties(self):
        """All that is known of their ties: what rights may leave out (docs/decisions/0087)."""
        return self.is_in_no_group, self.is_behind_no_block

    def ask_for_ties(self):
        """From now on rights ask again."""
        self.is_in_no_group = self.is_behind_no_block = False

    @classmethod
    def plain_member(cls, key, known_ties):
        """One that nothing else is known of: to ask anything more of it fails."""
        known = {
            "id": key,
            "is_superuser": False,
            "is_staff": False,
            "is_active": True,
            "approved_at": datetime(2000, 1, 1, tzinfo=UTC),
            "suspended_at": None,
        }
        names = [field.attname for field in cls._meta.concrete_fields if field.attname in known]
        found = cls.from_db("default", names, [known[name] for name in names])
        found.is_in_no_group, found.is_behind_no_block = known_ties
        return found

    @property
    def is_moderator(self):
        # Asked for staff only, so that a member's pages cost no query for permissions.
        return self.is_member and self.is_staff and self.has_perm("stories.publish_story")

    @property
    def writes_pages(self):
        """They write what Wagtail publishes: reports, articles, the front page. Moderators do not."""
        # Imported here: Wagtail's models stand on the account.
        from wagtail.models import Page
        from wagtail.permissions import policy_registry

        # Wagtail keeps somebody's page rights for the length of a request: asking again costs nothing.
        return self.is_staff and policy_registry.get_by_type(Page).user_has_any_permission(self, {"change", "publish"})

    @property
    def may_sign_in(self):
        """People who wait for a moderator may: they can read and jot."""
        return self.is_active and self.suspended_at is None

    def is_on_break(self, now):
        """They want to be left alone for a while. It ends by itself, and nobody else is shown it."""
        return self.break_ends_at is not None and now < self.break_ends_at

    def approve(self, *, by, now):
        """Let the person in; `by` is None where sign-up is open. Doing it twice changes nothing."""
        if self.approved_at is None:
            self.approved_at, self.approved_by = now, by
            self.save(update_fields=["approved_at", "approved_by"])

    def mark_welcomed(self, *, now):
        """The welcome questions were answered or left: they are not put again."""
        self.welcomed_at = now
        self.save(update_fields=["welcomed_at"])

    def suspend(self, *, now):
        """Shut the person out: from the next request on their sessions are nobody's."""
        self.suspended_at = now
        self.save(update_fields=["suspended_at"])

    def readmit(self):
        """End a suspension."""
        self.suspended_at = None
        self.save(update_fields=["suspended_at"])
