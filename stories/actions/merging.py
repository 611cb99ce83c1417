"""Two boundaries become one: every story, version, profile and whatever else carries the old one follows."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.http import QueryDict
from wagtail.models import Revision

from members import entries
from practices import words
from practices.models import Boundary, Crossing
from stories import search
from stories.following import as_followed
from stories.models import Follow, Story, StoryBoundary

SIDES = ("a", "b")  # as every model keeps a crossing


class CannotMerge(Exception):
    """These two cannot become one; the message says why, in words for staff."""


@dataclass(frozen=True)
class Carried:
    """How much carries a boundary: what the page shows before anybody confirms."""

    stories: int
    versions: int
    profiles: int


def carried_by(boundary):
    profiles = set(boundary.profiles_inside.values_list("pk", flat=True))
    profiles |= set(boundary.profiles_crossing.values_list("pk", flat=True))
    stories = StoryBoundary.objects.filter(tag=boundary).count()
    return Carried(stories=stories, versions=_versions(boundary).count(), profiles=len(profiles))


def check_merge(old, into):
    """Raises CannotMerge where the merge would lose something or protect somebody less than before."""
    if old.pk == into.pk:
        raise CannotMerge("Choose another boundary than this one.")
    if old.merged_into_id:
        raise CannotMerge("This boundary has been merged already.")
    if into.retired_at:
        raise CannotMerge("The other one is retired: bring it back first.")
    if old.sensitive and not into.sensitive:
        raise CannotMerge(
            "This boundary is sensitive and the other one is not: its tellers would lose their protection."
        )


@transaction.atomic
def merge_boundaries(old, into, *, by, now):
    """Everything that carries `old` carries `into` afterwards, once. Raises CannotMerge."""
    locked = {boundary.pk: boundary for boundary in _locked(old, into)}
    old, into = locked[old.pk], locked[into.pk]
    check_merge(old, into)
    for relation in Boundary._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            rows, name = relation.related_model._base_manager, relation.field.name
            if name in SIDES:
                _move_crossings(rows.filter(**{name: old}), rows, old, into)
            else:
                _move(rows, name, old, into)
    _ask_for(old, into)
    for version in _versions(old).select_for_update():
        Revision.objects.filter(pk=version.pk).update(content=_retold(version.content, old, into))
    old.merge_into(into, by=by, now=now)
    search.reindex(Story.objects.touching(into))
    entries.reindex_with(into)
    transaction.on_commit(words.forget_boundaries)
    return into


def _locked(*boundaries):
    keys = [boundary.pk for boundary in boundaries]
    return Boundary.objects.select_for_update().filter(pk__in=keys).order_by("pk")


def _move(rows, name, old, into):
    """Each row on its own: what carries both already is there once afterwards."""
    for key in list(rows.filter(**{name: old}).values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                rows.filter(pk=key).update(**{name: into})
        except IntegrityError:
            rows.filter(pk=key).delete()


def _move_crossings(found, rows, old, into):
    """What asks for a crossing: in the order of the new names, once, and gone where both sides became one."""
    for row in found.select_related(*SIDES):
        sides = {into if side == old else side for side in (row.a, row.b)}
        if len(sides) < 2:
            row.delete()
            continue
        crossing = Crossing.of(*sides)
        try:
            with transaction.atomic():
                rows.filter(pk=row.pk).update(a=crossing.a, b=crossing.b)
        except IntegrityError:
            row.a, row.b = crossing.a, crossing.b
            row.join_its_double()


def _ask_for(old, into):
    """Searches that somebody follows name a boundary by its slug."""
    for follow in Follow.objects.filter(query__contains=old.slug):
        query = QueryDict(follow.query, mutable=True)
        asked = query.getlist("boundary")
        if old.slug not in asked:
            continue
        query.setlist("boundary", dict.fromkeys(into.slug if slug == old.slug else slug for slug in asked))
        follow.query = as_followed(query)
        if follow.double():
            follow.join_its_double()
        else:
            follow.save(update_fields=["query"])


def _versions(boundary):
    stories = Revision.objects.filter(base_content_type__app_label="stories", base_content_type__model="story")
    return stories.filter(content__tagged_boundaries__contains=[{"tag": boundary.pk}])


def _retold(content, old, into):
    """The version with the other boundary in the old one's place, and in it once."""
    tagged = [{**tag, "tag": into.pk} if tag["tag"] == old.pk else tag for tag in content["tagged_boundaries"]]
    once = {tag["tag"]: tag for tag in reversed(tagged)}
    return {**content, "tagged_boundaries": list(reversed(once.values()))}
