"""Who tells a story beside its author: co-authors, those asked to be, and what is written down of an agreement."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import Block, User
from stories.models.story import Story

ASKED_FOR = timedelta(days=14)  # a link opens so long
TOLD_FOR = timedelta(days=30)  # a story typed for its teller waits so long


def new_token():
    return secrets.token_urlsafe(24)


class Answer(models.TextChoices):
    """What a person whose story it is too says to a version."""

    YES = "yes", _("Yes, send it")
    NOT_YET = "not_yet", _("Not yet, and here is why")
    NO = "no", _("No")


class CoAuthorQuerySet(models.QuerySet):
    def current(self):
        return self.filter(left_at=None, member__isnull=False)

    def of(self, user):
        return self.current().filter(member=user)

    def asked(self):
        """Those without whose yes nothing is sent."""
        return self.filter(lived_experience=True)


class CoAuthor(models.Model):
    """Somebody who tells a story together with its author.

    With lived experience their yes is needed before a version is sent. A row outlives a parting and an erasure: what
    was said about a version still counts, and no name is kept.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="coauthors")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="coauthorships"
    )
    lived_experience = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    # Readers see the name where `named`; a wish for it on a live story waits for the next version that is approved.
    named = models.BooleanField(default=False)
    wants_name = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answer_reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # The version that was answered, and the one that a mail asked about last: see `TheirWord.version_key`.
    answered_version = models.CharField(max_length=64, blank=True)
    asked_version = models.CharField(max_length=64, blank=True)

    objects = CoAuthorQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "member"], name="one_coauthorship_a_member")]

    def __str__(self):
        return gettext("A co-author")


class AskingQuerySet(models.QuerySet):
    def standing(self, now):
        """Those whose link still opens: not used, not taken back, not too old."""
        return self.in_time(now).filter(ended_at=None, asked_by__in=User.objects.current())

    def in_time(self, now):
        """Those that are not too old, whether or not they were used."""
        told = Q(created_at__gt=now - TOLD_FOR, what=Asking.What.TELL)
        return self.filter(told | (Q(created_at__gt=now - ASKED_FOR) & ~Q(what=Asking.What.TELL)))

    def to_write(self):
        return self.exclude(what=Asking.What.TELL)


class Asking(models.Model):
    """Somebody was asked by mail to tell a story: with its author, or as its author where staff typed it for them."""

    class What(models.TextChoices):
        WRITE = "write", _("They write with me")
        LIVED = "lived", _("It is their story too: nothing is sent before they have said yes")
        TELL = "tell", _("It is their story")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="askings")
    what = models.CharField(max_length=10, choices=What)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="askings")
    email = models.EmailField(blank=True)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField()
    # Used, or taken back: the address goes, the row stays to count.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AskingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "story", Lower("email"), condition=Q(ended_at=None), name="one_open_asking_an_address"
            )
        ]

    def __str__(self):
        return gettext("An invitation to a story")

    @property
    def lasts_until(self):
        return self.created_at + (TOLD_FOR if self.what == self.What.TELL else ASKED_FOR)

    def is_behind_a_block(self, user):
        """Between two members. What a moderator typed for somebody they asked for as staff."""
        return self.what != self.What.TELL and Block.objects.stands_between(self.asked_by, user)

    def end(self, *, now):
        self.ended_at, self.email = now, ""
        self.save(update_fields=["ended_at", "email"])


class Agreement(models.Model):
    """The person whose story it is too agreed to a version in person or on paper: that, when and who wrote it down."""

    class How(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ON_PAPER = "on_paper", _("On paper")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="agreements")
    version = models.CharField(max_length=64)
    how = models.CharField(max_length=10, choices=How)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="agreements_recorded"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "version"], name="one_agreement_a_version")]

    def __str__(self):
        return gettext("An agreement")
