"""What the admin may do with stories: it asks `visible_to`, superusers included, and it never edits."""

from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.models import TaskState
from wagtail.permission_policies import ModelPermissionPolicy

from stories.models import Story

DECIDING = {"view", "publish", "lock", "unlock"}


def on_the_desk(user):
    """The stories that the admin shows: to moderators, those that wait for a decision, those that are published, and
    those about which a concern is open. Who is in a group reads its stories there, and not as a moderator."""
    if not getattr(user, "is_moderator", False):
        return Story.objects.none()
    published = Story.objects.published().beyond_one_group()
    shown = [Story.objects.in_moderation(), published, Story.objects.reported()]
    return Story.objects.visible_to(user).filter(reduce(or_, (Q(pk__in=stories.values("pk")) for stories in shown)))


def readable_versions(story):
    """Keys of the versions that a moderator may read.

    The live one; while the story waits also the one that was sent and those decided about before. Never one that the
    teller has not sent, or took back.
    """
    versions = {story.live_revision_id}
    if story.is_in_moderation:
        sent = TaskState.objects.for_instance(story).exclude(status=TaskState.STATUS_CANCELLED)
        versions.update(sent.values_list("revision_id", flat=True))
    return versions - {None}


class StoryPolicy(ModelPermissionPolicy):
    """Moderators decide about what is on the desk. Nobody adds, changes or deletes a story here."""

    def user_has_permission(self, user, action):
        return action in DECIDING and bool(getattr(user, "is_moderator", False))

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action) and on_the_desk(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        return on_the_desk(user) if self.user_has_any_permission(user, actions) else Story.objects.none()
