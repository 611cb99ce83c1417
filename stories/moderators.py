"""Who moderates, and who of them takes part in what."""

from django.contrib.auth.models import Permission
from django.db.models import F, Max, Q

from members.models import User


def moderators():
    """Everybody who may decide about stories, as `User.is_moderator` has it."""
    may = Permission.objects.filter(content_type__app_label="stories", codename="publish_story").values("pk")
    allowed = Q(is_superuser=True) | Q(groups__permissions__in=may) | Q(user_permissions__in=may)
    return User.objects.current().filter(pk__in=User.objects.filter(allowed, is_staff=True).values("pk"))


def first_readers():
    """Those who take turns, the one who has waited longest for a turn first."""
    taking_part = Q(duty__reads_first=True) | Q(duty=None, is_superuser=False)
    turns = moderators().filter(taking_part).annotate(last_turn=Max("first_readings__assigned_at"))
    return turns.order_by(F("last_turn").asc(nulls_first=True), "pk")


def wanting_the_daily_mail():
    return moderators().filter(Q(duty__daily_mail=True) | Q(duty=None))
