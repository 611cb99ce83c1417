"""What the page for funders says of one quarter. It leaves the house: public stories exactly, all else in fives."""

from itertools import chain

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext

from confidentiality.rounding import rounded
from insights.counting import CAME_TO_REST, WENT_ON, between, key_of, outcome_of
from insights.models import PageTotal
from insights.staff.quarters import Quarter
from members.models import User
from networks.counting import introductions_between
from practices import words
from practices.models import Crossing, Place
from stories.models import Audience, Experiment, Listing, Story
from stories.search.codes import KEY_BITS, PAIR_BITS, Kind

EVERYBODY = AnonymousUser()
CARRIED = """
    WITH told AS ({told})
    SELECT code, count(*) FROM told, unnest(codes) AS code
    WHERE code >= %s AND code < %s OR code >= %s AND code < %s OR code >= %s AND code < %s GROUP BY 1
"""


def count(quarter: Quarter) -> dict:
    begins, ends = quarter.begins, quarter.ends
    told = Story.objects.published().filter(first_published_at__gte=begins, first_published_at__lt=ends, source_url="")
    stories = told.aggregate(
        public=Count("pk", filter=Q(audience=Audience.PUBLIC)), members=Count("pk", filter=Q(audience=Audience.MEMBERS))
    )
    members = User.objects.current().filter(approved_at__lt=ends)
    joined = members.filter(approved_at__gte=begins)
    tried = Experiment.objects.readable_by(EVERYBODY).filter(created_at__gte=begins, created_at__lt=ends)
    asked, _, met = introductions_between(begins, ends)
    return {
        "public": stories["public"],
        "members_only": rounded(stories["members"]),
        "tried": tried.count(),
        "members": rounded(members.count()),
        "joined": rounded(joined.count()),
        "asked": asked,
        "met": met,
        "opened": rounded(_opened(quarter)),
        **_carried(told.filter(audience=Audience.PUBLIC)),
    }


def _opened(quarter):
    """Of whole weeks that begin in it."""
    weeks = PageTotal.objects.filter(week__gte=quarter.begins.date(), week__lt=quarter.ends.date())
    return weeks.aggregate(sum=Sum("number"))["sum"] or 0


def _carried(stories):
    """Of these public stories: outcomes, regions, and the crossing that most of them ran between."""
    listed = Listing.objects.readable_by(EVERYBODY).filter(story__in=stories)
    told, params = listed.values("codes").query.sql_with_params()
    kinds = chain.from_iterable(between(kind, kind) for kind in (Kind.PAIR, Kind.PLACE, Kind.OUTCOME))
    with connection.cursor() as cursor:
        cursor.execute(CARRIED.format(told=told), [*params, *kinds])
        found = dict(cursor.fetchall())
    of_kind = {kind: {key_of(code): n for code, n in found.items() if code >> KEY_BITS == kind} for kind in Kind}
    went_on, rest = (
        sum(number for code, number in found.items() if code >> KEY_BITS == Kind.OUTCOME and outcome_of(code) in some)
        for some in (WENT_ON, CAME_TO_REST)
    )
    regions = {place.pk for place in words.places() if place.kind == Place.Kind.REGION}
    return {
        "went_on": went_on,
        "rest": rest,
        "regions": len(regions & of_kind[Kind.PLACE].keys()),
        "crossings": len(of_kind[Kind.PAIR]),
        "most": _most(of_kind[Kind.PAIR]),
    }


def _most(pairs):
    """The crossing that more of them ran between than any other, in words, and how many; None where there is none."""
    known = {boundary.pk: boundary for boundary in words.every_boundary()}
    most = max(pairs.values(), default=0)
    alike = [(pair >> PAIR_BITS, pair & (1 << PAIR_BITS) - 1) for pair, number in pairs.items() if number == most]
    if len(alike) != 1 or not known.keys() >= set(alike[0]):
        return None
    return [str(Crossing.of(*(known[key] for key in alike[0]))), most]


def sentences(found: dict, quarter: Quarter) -> list:
    """Three of them, each true of the numbers beside it."""
    return [_told(found, quarter), _became(found), _where(found)]


def _told(found, quarter):
    when = gettext("from %(label)s") % {"label": quarter.label}
    if not found["public"]:
        return gettext("No story was told for everybody to read %(when)s.") % {"when": when}
    more = (
        gettext(", and %(value)s or more for members only") % {"value": found["members_only"]}
        if found["members_only"]
        else ""
    )
    return gettext("%(number)s told for everybody to read %(when)s%(more)s.") % {
        "number": _number(found["public"], "story was", "stories were"),
        "when": when,
        "more": more,
    }


def _became(found):
    if not found["public"]:
        return gettext("So nothing can be said yet of what became of the changes.")
    early = found["public"] - found["went_on"] - found["rest"]
    became = gettext("%(value)s went on, %(value2)s stalled or stopped") % {
        "value": found["went_on"],
        "value2": found["rest"],
    }
    return gettext(
        "Of the changes they tell of, %(became)s, and for %(early)s it is too early to say or nothing was said."
    ) % {"became": became, "early": early}


def _where(found):
    if not found["crossings"]:
        return gettext("None of them ran between two services.")
    pairs = _number(found["crossings"], "pair", gettext("different pairs"))
    most = ", most often {} ({})".format(*found["most"]) if found["most"] else ""
    regions = (
        gettext(", and came from %(number)s") % {"number": _number(found["regions"], "region", "regions")}
        if found["regions"]
        else ""
    )
    return gettext("They ran between %(pairs)s of services%(most)s%(regions)s.") % {
        "pairs": pairs,
        "most": most,
        "regions": regions,
    }


def _number(number, one, many):
    return f"{number} {one if number == 1 else many}"
