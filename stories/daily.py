"""The mail at eight: how much waits for a moderator, and no word of what."""

from datetime import time

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from members import outbox
from members.models import Concern
from networks.staff.rules import waiting as rules_waiting
from stories import added
from stories.models import DailyMail, Story
from stories.moderators import wanting_the_daily_mail
from stories.staff.concerns import concerned, concerned_added
from stories.staff.concerns_rules import concerned_rules
from stories.staff.reported import reported
from stories.staff.trusting import to_be_read
from stories.staff.waiting import waiting_for

AT, UNTIL = time(8), time(12)  # in London; a morning that was missed is not made up for in the afternoon


def tell_moderators(*, now):
    """Once a morning to each moderator for whom something waits. Any number may ask at once."""
    local = timezone.localtime(now)
    if AT <= local.time() < UNTIL:
        for moderator in wanting_the_daily_mail():
            tell(moderator, day=local.date(), now=now)


@transaction.atomic
def tell(moderator, *, day, now):
    """The row is claimed also when nothing waits: what comes later in the day waits for the next morning."""
    _, claimed = DailyMail.objects.get_or_create(moderator=moderator, day=day)
    waiting = what_waits(moderator, now=now) if claimed else None
    if waiting:
        outbox.compose(
            kind="moderation.daily",
            template="stories/daily",
            member=moderator,
            now=now,
            context={
                **waiting,
                "queue_url": settings.SITE_URL + reverse("stories_staff:queue"),
                "duty_url": settings.SITE_URL + reverse("stories_staff:duty"),
            },
        )


def what_waits(moderator, *, now):
    """Numbers only, a line each; None where nothing waits that this moderator could decide about."""
    own = Story.objects.editable_by(moderator).filter(source_url="").values("pk")
    theirs = waiting_for(moderator).exclude(pk__in=own).exclude(has_yes=True, yes_by=moderator.pk)
    stories = list(theirs.values_list("sent_at", "first_reading__moderator"))
    unread = to_be_read(moderator).exclude(pk__in=own).count()
    added_count, concerned_count = added.waiting().count(), concerned(moderator).count()
    worried_count = Concern.objects.worries().open().count()
    added_concerned, between = len(concerned_added(moderator)), len(reported(moderator))
    rules_count = sum(found.count() for found in rules_waiting())
    rules_concerned = len(concerned_rules(moderator))
    lines = [
        stories and f"{len(stories)} waiting, oldest {_age(stories[0][0], now)}",
        unread and f"{unread} published, to be read",
        added_count and f"{added_count} added by members, to be read",
        concerned_count and f"Concerns about {concerned_count} {'story' if concerned_count == 1 else 'stories'}",
        worried_count and f"{worried_count} {'worry' if worried_count == 1 else 'worries'} about a person, to be read",
        between and f"Told about {between} said between members",
        rules_count and f"{rules_count} in “Rule or habit?”, to be read",
        rules_concerned and f"Concerns about {rules_concerned} in “Rule or habit?”",
        added_concerned and f"Concerns about {added_concerned} added by members",
    ]
    lines = [line for line in lines if line]
    mine = sum(1 for _, reader in stories if reader == moderator.pk)
    return {"lines": lines, "mine": mine} if lines else None


def _age(since, now):
    days = (timezone.localdate(now) - timezone.localdate(since)).days
    return f"{days} day{'' if days == 1 else 's'}" if days else "today"
