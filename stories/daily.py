"""The mail at eight: how much waits for a moderator, and no word of what."""

from datetime import time

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from design import languages
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
    with languages.spoken(moderator.language):
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
        stories
        and gettext("%(count)s waiting, oldest %(age)s") % {"count": len(stories), "age": _age(stories[0][0], now)},
        unread and gettext("%(unread)s published, to be read") % {"unread": unread},
        added_count and gettext("%(added_count)s added by members, to be read") % {"added_count": added_count},
        concerned_count
        and ngettext("Concerns about %(count)s story", "Concerns about %(count)s stories", concerned_count)
        % {"count": concerned_count},
        worried_count
        and ngettext(
            "%(count)s worry about a person, to be read", "%(count)s worries about a person, to be read", worried_count
        )
        % {"count": worried_count},
        between and gettext("Told about %(between)s said between members") % {"between": between},
        rules_count and gettext("%(rules_count)s in “Rule or habit?”, to be read") % {"rules_count": rules_count},
        rules_concerned
        and gettext("Concerns about %(rules_concerned)s in “Rule or habit?”") % {"rules_concerned": rules_concerned},
        added_concerned
        and gettext("Concerns about %(added_concerned)s added by members") % {"added_concerned": added_concerned},
    ]
    lines = [line for line in lines if line]
    mine = sum(1 for _, reader in stories if reader == moderator.pk)
    return {"lines": lines, "mine": mine} if lines else None


def _age(since, now):
    days = (timezone.localdate(now) - timezone.localdate(since)).days
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days} if days else gettext("today")
