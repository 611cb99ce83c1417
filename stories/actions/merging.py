"""Two boundaries become one: every story, version, profile and whatever else carries the old one follows."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db import IntegrityError, transaction
from wagtail.models import Revision

from practices.models import Boundary
from stories import search
from stories.models import Story, StoryBoundary


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
            _move(relation.related_model._base_manager, relation.field.name, old, into)
    for version in _versions(old).select_for_update():
        Revision.objects.filter(pk=version.pk).update(content=_retold(version.content, old, into))
    old.merge_into(into, by=by, now=now)
    search.reindex(Story.objects.touching(into))
    transaction.on_commit(lambda: cache.delete("words:boundaries"))
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


def _versions(boundary):
    stories = Revision.objects.filter(base_content_type__app_label="stories", base_content_type__model="story")
    return stories.filter(content__tagged_boundaries__contains=[{"tag": boundary.pk}])


def _retold(content, old, into):
    """The version with the other boundary in the old one's place, and in it once."""
    tagged = [{**tag, "tag": into.pk} if tag["tag"] == old.pk else tag for tag in content["tagged_boundaries"]]
    once = {tag["tag"]: tag for tag in reversed(tagged)}
    return {**content, "tagged_boundaries": list(reversed(once.values()))}
