"""Everything that members add to stories, of every kind together."""

from django.db.models import Value

from stories.models import Experiment, FollowUp, OrganisationResponse, Response

KINDS = {model.kind: model for model in (FollowUp, Experiment, Response, OrganisationResponse)}


def of_every_kind(pick):
    """Rows of kind, key and moment. `pick` narrows each kind: it is given the model and gives back a queryset."""
    parts = [
        pick(model).order_by().annotate(which=Value(kind)).values_list("which", "pk", "created_at")
        for kind, model in KINDS.items()
    ]
    return parts[0].union(*parts[1:], all=True)


def waiting():
    """What waits for a moderator, the oldest first."""
    return of_every_kind(lambda model: model.objects.waiting()).order_by("created_at", "pk")


def published(user):
    """What readers see, as far as this moderator may, the newest first."""
    return of_every_kind(lambda model: model.objects.readable_by(user)).order_by("-created_at", "-pk")


def fetch(found):
    """The contributions of these rows, in their order, in one query a kind."""
    found = list(found)
    fetched = {}
    for kind, model in KINDS.items():
        keys = [pk for which, pk, _ in found if which == kind]
        if keys:
            for one in model.objects.for_listing().select_related("author__profile").filter(pk__in=keys):
                fetched[kind, one.pk] = one
    return [fetched[which, pk] for which, pk, _ in found if (which, pk) in fetched]
