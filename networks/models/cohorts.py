"""Cohorts: a dozen or so people whom staff ask to begin together, by one link with so many places."""

import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from members.models import User
from networks.models.coalition import Coalition, new_key

FEWEST, MOST = 2, 60


def new_token():
    return secrets.token_urlsafe(24)


class CohortQuerySet(models.QuerySet):
    def joined_by(self, user):
        """The one rule for who opens it outside the admin: whoever came by its link, as long as they are a member."""
        if not getattr(user, "is_member", False):
            return self.none()
        return self.filter(pk__in=CohortPlace.objects.filter(member=user).values("cohort"))


class Cohort(models.Model):
    """People who begin together. Its link lets in whoever comes by it: whoever gives the link has vouched for them."""

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=80)
    starts_date = models.DateField()
    coalition = models.OneToOneField(Coalition, on_delete=models.PROTECT, related_name="cohort")
    place_count = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    link_until = models.DateTimeField()
    link_closed_at = models.DateTimeField(null=True, blank=True)
    # Whoever made the link that stands now: those who come by it are let in by them.
    link_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="cohort_links")
    started_at = models.DateTimeField()

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(place_count__range=(FEWEST, MOST)), name="a_cohort_has_room")]
        indexes = [models.Index(fields=["-starts_date", "-id"], name="cohorts_latest_first")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("cohorts:cohort", args=[self.key])

    def taken(self):
        """Places stay taken, also where an account was closed since: a link is never good for more people."""
        return self.places.count()

    def link_is_open(self, now):
        return self.link_closed_at is None and now < self.link_until


class CohortPlace(models.Model):
    """Somebody came by the link."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="places")
    member = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="cohort_places")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "member"], name="one_place_a_member")]

    def __str__(self):
        return gettext("A place")
