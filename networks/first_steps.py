"""The first steps of somebody new: their own for themselves, and of a cohort how many have come how far."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import User
from networks.models import Side

WORDS = {
    "joined": _("Joined"),
    "profile": _("Said something in the profile"),
    "jot": _("Wrote a first jot"),
    "introduction": _("Was introduced to somebody"),
}
# Below this a number would tell of one person: staff see who has joined.
FEW = 5


def _conditions():
    met = Side.objects.filter(member=OuterRef("pk"), introduction__met_at__isnull=False)
    return {
        "profile": Q(profile__role__isnull=False),
        "jot": Q(pk__in=User.objects.filter(stories__isnull=False).values("pk")),
        "introduction": Q(Exists(met)),
    }


def of(member):
    """(slug, words, done), for nobody but this member."""
    own = User.objects.filter(pk=member.pk)
    done = own.aggregate(**{slug: Count("pk", filter=condition) for slug, condition in _conditions().items()})
    return [(slug, words, slug == "joined" or bool(done[slug])) for slug, words in WORDS.items()]


def of_all(cohort):
    """How many have taken each step, for staff: never whose step it was, nor a number that would tell."""
    here = User.objects.current().filter(pk__in=cohort.places.values("member"))
    counts = here.aggregate(
        joined=Count("pk"), **{slug: Count("pk", filter=condition) for slug, condition in _conditions().items()}
    )
    joined = counts["joined"]
    return [
        (words, str(joined) if slug == "joined" else _in_words(counts[slug], joined)) for slug, words in WORDS.items()
    ]


def _in_words(count, of):
    """That a few have, or that a few have not: both would point at people whom staff know by name."""
    if count < FEW:
        return gettext("fewer than five")
    return gettext("all, or nearly all") if of - count < FEW else str(count)
