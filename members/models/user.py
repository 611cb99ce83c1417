"""The account: an e-mail address, a first name, and whether the community has let the person in."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

TELLER_EMAIL = "teller@system.invalid"


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


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
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
    email = models.EmailField("email address")
    approved_at = models.DateTimeField("let in", null=True, blank=True)
    approved_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="approvals")
    suspended_at = models.DateTimeField("suspended", null=True, blank=True)
    welcomed_at = models.DateTimeField("answered the welcome questions", null=True, blank=True)
    demo = models.BooleanField(default=False, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        ordering = ["first_name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self):
        return self.get_full_name() or "A member"

    @property
    def is_member(self):
        """Let in and in good standing: may read what members may read."""
        return bool(self.is_active and self.approved_at and not self.suspended_at)

    @property
    def is_moderator(self):
        # Asked for staff only, so that a member's pages cost no query for permissions.
        return self.is_member and self.is_staff and self.has_perm("stories.publish_story")

    def approve(self, *, by, now):
        """Let the person in. Doing it twice changes nothing."""
        if self.approved_at is None:
            self.approved_at, self.approved_by = now, by
            self.save(update_fields=["approved_at", "approved_by"])
