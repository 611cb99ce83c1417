"""What is new for a reader without an account: looked for when their mail is about to go, never before."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from digests.models import Subscription
from reports.models import ReportPage
from stories.models import Story

Kind = Subscription.Kind
# Whoever asked for everything hears of reports too.
OF_REPORTS = {Kind.REPORTS, Kind.LETTER}


@dataclass(frozen=True)
class News:
    """The stories and reports that opened to everybody where a subscriber asked, the newest first; `asked` is what they
    asked for and have confirmed."""

    asked: list
    stories: list
    reports: list

    def __bool__(self):
        return bool(self.stories or self.reports)

    @property
    def opened(self) -> datetime:
        """When the newest of them opened: the next mail looks from there on."""
        return max([story.opened for story in self.stories] + [one.first_published_at for one in self.reports])

    @property
    def lists(self):
        """What they asked for and what this mail can be about."""
        return [
            one
            for one in self.asked
            if (self.reports and one.kind in OF_REPORTS) or (self.stories and one.kind != Kind.REPORTS)
        ]


def news_for(subscriber):
    """What opened since the last mail that they were sent: its window is that of the mails, however long none went out.

    Anybody may read all of it, whoever is asked: no right of the reader counts, they have none.
    """
    asked = list(subscriber.subscriptions.confirmed().with_words().order_by("asked_at", "pk"))
    public, wanted = Story.objects.readable_by(AnonymousUser()), Q(pk__in=[])
    for one in asked:
        if one.kind != Kind.REPORTS:
            wanted |= Q(pk__in=_told_of(one, public).opened_after(_since(one, subscriber)).values("pk"))
    stories = public.filter(wanted).with_opening().for_listing().order_by("-opened", "-pk")
    return News(
        asked, list(stories), _reports_since([_since(one, subscriber) for one in asked if one.kind in OF_REPORTS])
    )


def _since(subscription, subscriber):
    return max(filter(None, [subscription.confirmed_at, subscriber.heard_to]))


def _told_of(subscription, stories):
    if subscription.kind == Kind.LETTER:
        return stories
    if subscription.kind == Kind.PLACE:
        return stories.set_in(subscription.place)
    return stories.crossing(subscription.a, subscription.b)


def _reports_since(moments):
    return list(ReportPage.objects.live().since(min(moments)).newest_first()) if moments else []
