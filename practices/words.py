"""The shared words, kept in the cache for a minute: every list needs them all and they hardly ever change."""

from django.utils.translation import gettext

from design import near
from design.forms import Choices
from practices.models import Boundary, Family, Place, Practice, Role, Stage

SECONDS = 60
LONG_TEXTS = ("what", "when_it_helps", "first_step", "caution", "looks_like", "sources")


def every_boundary():
    """All boundaries by name, the retired ones too: stories still carry them."""
    return near.get_or_set("words:boundaries", lambda: list(Boundary.objects.all()), SECONDS)


def forget_boundaries():
    near.delete("words:boundaries")


def boundaries():
    """Active boundaries by name."""
    every = every_boundary()
    return near.derived("boundaries", every, make=lambda: [one for one in every if one.retired_at is None])


def by_key(words):
    """Shared words by their keys."""
    return near.derived("by key", words, make=lambda: {word.pk: word for word in words})


def by_slug(words):
    """Shared words by what stands for them in addresses."""
    return near.derived("by slug", words, make=lambda: {word.slug: word for word in words})


def by_family(some):
    """Boundaries as the choices of a form, family by family."""
    return [
        (family.label, [(word.slug, word.name) for word in some if word.family == family])
        for family in Family
        if any(word.family == family for word in some)
    ]


def boundary_choices(*first):
    """The active ones family by family, after `first`."""
    some = boundaries()
    return near.derived(("boundary choices", first), some, make=lambda: Choices([*first, *by_family(some)]))


def practices():
    """All practices, stage by stage."""
    return near.get_or_set("words:practices", _practices_by_stage, SECONDS)


def _practices_by_stage():
    """Without the long texts, which one page shows."""
    stages = list(Stage)
    practices = Practice.objects.defer(*LONG_TEXTS)
    return sorted(practices, key=lambda practice: stages.index(practice.stage))


def practice_choices():
    some = practices()
    first = "", gettext("Any practice")
    return near.derived(
        "practice choices", some, make=lambda: Choices([first, *((word.slug, word.name) for word in some)])
    )


def places():
    """All places by name, each with its parent."""
    return near.get_or_set("words:places", _places_in_each_other, SECONDS)


def _places_in_each_other():
    every = {place.pk: place for place in Place.objects.all()}
    for place in every.values():
        place.parent = every.get(place.parent_id)
    return list(every.values())


def roles():
    """All roles by name."""
    return near.get_or_set("words:roles", lambda: list(Role.objects.all()), SECONDS)


def place_choices():
    """Choices for a select: nations and regions first, then the council areas under the place they lie in."""
    return near.get_or_set("words:place-choices", _place_choices, SECONDS)


def place_choices_after(*first):
    """The same after `first`, for lists that can be narrowed."""
    some = place_choices()
    return near.derived(("place choices", first), some, make=lambda: Choices([*first, *some]))


def _place_choices():
    everywhere = places()
    wide = [(place.slug, place.name) for place in everywhere if place.kind != Place.Kind.COUNCIL]
    groups = {}
    for place in everywhere:
        if place.kind == Place.Kind.COUNCIL:
            groups.setdefault(place.parent.name, []).append((place.slug, place.name))
    return [("Nations and regions", wide), *sorted(groups.items())]
