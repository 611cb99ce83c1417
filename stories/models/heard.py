"""What came along with a story of what others added: `for_page` brings it, and nothing here costs a query."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.choices import Responding
from stories.models.experiment import Experiment
from stories.models.family import Family
from stories.models.follow_up import FollowUp
from stories.models.response import OrganisationResponse, Response, Thanks
from stories.models.rows import revive

MOST_FOLLOW_UPS = 12
MOST_EXPERIMENTS = 12
NEWEST_RESPONSES = 3
MOST_ORGANISATIONS = 6
MOST_THANKS = 40
NAMES = 4  # in one sentence of thanks
SENTENCES = {
    "ask": _("It helped {} ask."),
    "meeting": _("{} used it in a meeting."),
    "trying": _("{} {} trying it."),
}


def rows_for_page(user):
    """Annotations for a queryset of stories: what this reader may see of what was added to each."""
    here = {"story": OuterRef("pk")}
    follow_ups = FollowUp.objects.shown_to(user).filter(**here).order_by("created_at", "pk")
    experiments = Experiment.objects.shown_to(user).filter(**here)
    responses = Response.objects.shown_to(user).filter(**here).newest_first()
    organisations = OrganisationResponse.objects.shown_to(user).filter(**here).newest_first()
    thanks = Thanks.objects.shown_to(user).filter(**here).order_by("-created_at", "-pk")
    counts = Experiment.objects.live().filter(Experiment.objects.meant_for(user), **here).values("result")
    counts = counts.annotate(count=Count("pk")).order_by()
    return {
        "follow_up_rows": follow_ups[:MOST_FOLLOW_UPS].as_rows(),
        "experiment_rows": experiments.newest_first()[:MOST_EXPERIMENTS].as_rows(),
        "experiment_counts": ArraySubquery(counts.values(row=JSONObject(result="result", count="count"))),
        "response_rows": responses[: NEWEST_RESPONSES + 1].as_rows(),
        "organisation_rows": organisations[:MOST_ORGANISATIONS].as_rows(),
        "thanks_rows": thanks[:MOST_THANKS].as_rows(),
    }


class Heard:
    """A story with `rows_for_page` around it."""

    def __init__(self, story):
        self.story = story

    def _rows(self, name):
        return self.story.__dict__.get(f"{name}_rows") or []

    @cached_property
    def follow_ups(self):
        """In the order in which they happened."""
        return [FollowUp.from_row(row, self.story) for row in self._rows("follow_up")]

    @cached_property
    def newest_follow_up(self):
        return next((one for one in reversed(self.follow_ups) if one.is_live), None)

    @cached_property
    def family(self):
        counts = {row["result"]: row["count"] for row in self.story.__dict__.get("experiment_counts") or []}
        return Family([Experiment.from_row(row, self.story) for row in self._rows("experiment")], counts)

    @cached_property
    def _found(self):
        rows = [] if self.story.responding == Responding.HIDDEN else self._rows("response")
        return [Response.from_row(row, self.story) for row in rows]

    @cached_property
    def responses(self):
        return self._found[:NEWEST_RESPONSES]

    @cached_property
    def has_more_responses(self):
        return len(self._found) > NEWEST_RESPONSES

    @cached_property
    def organisations(self):
        return [OrganisationResponse.from_row(row, self.story) for row in self._rows("organisation")]

    @cached_property
    def may_respond(self):
        return self.story.responding == Responding.OPEN

    @cached_property
    def _given(self):
        return (
            [] if self.story.responding == Responding.HIDDEN else [revive(Thanks, row) for row in self._rows("thanks")]
        )

    @cached_property
    def thanks_are_named(self):
        return any(one.shown_name for one in self._given)

    @cached_property
    def thanks(self):
        """One sentence a kind: names by choice, never a number."""
        given = self._given
        kinds = [(kind, [one for one in given if one.kind == kind]) for kind in Thanks.Kind.values]
        return [sentence(kind, found) for kind, found in kinds if found]


def sentence(kind, given):
    """ "It helped Priya (housing officer) and others ask." """
    named = [one.shown_name for one in given if one.shown_name][:NAMES]
    who = [*named, *_unnamed(len(given) - len(named), beside_names=bool(named))]
    joined = (
        who[0] if len(who) == 1 else gettext("%(join)s and %(value)s") % {"join": ", ".join(who[:-1]), "value": who[-1]}
    )
    is_one = len(given) == 1
    words = SENTENCES[kind].format(joined, "is" if is_one else "are")
    return words[:1].upper() + words[1:]


def _unnamed(count, *, beside_names):
    if not count:
        return []
    if count == 1:
        return [gettext("somebody else") if beside_names else "somebody"]
    return ["others" if beside_names else gettext("some members")]
