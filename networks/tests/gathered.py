"""What tests of coalitions' gatherings begin with."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from networks.actions import coalitions
from networks.actions import gatherings as actions
from networks.models import Coalition, Gathering

# A Monday in winter, by day; noon in London.
NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)


def coalition_of(convenor, *members, now=None, **fields):
    about = Coalition(name="Larkcanary", purpose="One door for discharge")
    coalition = coalitions.gather(about, boundaries=[], places=[], by=convenor, now=now or timezone.now())
    for member in members:
        coalitions.join(coalition, by=member, now=now or timezone.now())
    Coalition.objects.filter(pk=coalition.pk).update(**fields)
    return Coalition.objects.get(pk=coalition.pk)


def gathering_of(coalition, by, *, now=NOON, begins_at=None, **said):
    # By day whenever the test runs: one that begins late at night would end on another day.
    begins_at = begins_at or (now + timedelta(days=3)).replace(hour=12, minute=0, second=0, microsecond=0)
    told = {"title": "Wrencanary", "where": "Room 7", "link": "https://meet.example.org/a", **said}
    gathering = Gathering(coalition=coalition, begins_at=begins_at, ends_at=begins_at + timedelta(hours=2), **told)
    return actions.put_up(gathering, by=by, now=now)
