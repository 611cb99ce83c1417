"""What is new for a reader without an account: chosen when their mail is about to go, never before."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from stories.models import Story


def news_for(subscriber):
    """The stories that opened to everybody where this subscriber asked, since the last one they were sent.

    The newest first. The window is that of the mails: however long none went out, what opened meanwhile is in it.
    """
    public = Story.objects.readable_by(AnonymousUser())
    wanted = Q(pk__in=[])
    for subscription in subscriber.subscriptions.confirmed().with_words():
        since = max(filter(None, [subscription.confirmed_at, subscriber.heard_to]))
        wanted |= Q(pk__in=_told_of(subscription, public).opened_after(since).values("pk"))
    return list(public.filter(wanted).with_opening().for_listing().order_by("-opened", "-pk"))


def _told_of(subscription, stories):
    if subscription.place:
        return stories.set_in(subscription.place)
    return stories.crossing(subscription.a, subscription.b)
