"""Where a story stands between its teller and the moderators, in words for the teller."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from stories.models.choices import Audience
from stories.models.moderation import yeses_to_what_waits

GROUP_GONE = _("The group that could read it is gone, so nobody else reads it now. Choose who can.")
LEFT_NAMED = _(
    "You are no longer in the group that it is for. It shows your name, so nobody else reads it now. Choose who can."
)
LEFT_UNNAMED = _(
    "You are no longer in the group that it is for. Who is in it still reads it: had it gone when you left, "
    "that would have shown whose it was. You can hide it, withdraw it or open it to others at any time."
)


class Standing:
    """After `with_moderation()` nothing here costs a query."""

    # How far it has come. Revisions carry it and Wagtail leaves it there; what was typed on top of a row that has
    # changed since (taken down, withdrawn, approved) may not bring that row back.
    STANDING = (
        "live",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
    )

    @property
    def moderation_status(self):
        if "moderation_now" in self.__dict__:
            return self.moderation_now
        state = self.current_workflow_state
        return state.status if state else None

    def forget_moderation(self):
        """What `with_moderation()` brought is out of date once a moderator or the teller has acted."""
        self.__dict__.pop("moderation_now", None)

    @property
    def is_in_moderation(self):
        """A moderator has yet to decide about the story or about its edit."""
        return self.moderation_status == WorkflowState.STATUS_IN_PROGRESS

    @property
    def waits_for_second_reader(self):
        """One moderator has said yes to what waits, and another one reads it."""
        return self.is_in_moderation and yeses_to_what_waits(self).exists()

    @property
    def changes_are_asked(self):
        return self.moderation_status == WorkflowState.STATUS_NEEDS_CHANGES

    @property
    def is_being_written(self):
        """Not live, not with a moderator, not withdrawn: its teller has yet to finish it."""
        return not (self.live or self.is_in_moderation or self.withdrawn_at)

    def can_be_deleted_by(self, user):
        """Only its author, and only what was never live: what others may have read is withdrawn instead."""
        return self.author_id == user.pk and self.first_published_at is None and not self.is_in_moderation

    @property
    def is_asked_to_be_public(self):
        """Members read it, and its author has not yet said whether everybody may."""
        seen = self.live and self.audience == Audience.MEMBERS and not self.is_retold
        return seen and not (self.wanted_audience or self.public_answered_at)

    @property
    def can_be_withdrawn(self):
        return self.live or self.is_in_moderation

    @property
    def standing(self):
        """ "Live. Your edit is with a moderator", as the teller reads it."""
        if not self.live:
            return self._standing_unseen
        seen = gettext("Hidden") if self.hidden_at else gettext("Live")
        if self.is_in_moderation:
            return gettext("%(seen)s. Your edit is with a moderator") % {"seen": seen}
        if self.changes_are_asked:
            return gettext("%(seen)s. A moderator asked for changes in your edit") % {"seen": seen}
        if self.has_unpublished_changes:
            return gettext("%(seen)s, with an edit that you have not sent") % {"seen": seen}
        return seen

    @property
    def group_line(self):
        """For its tellers, after `with_group()`: its group is gone, or its author is in it no more."""
        state = self.__dict__.get("group_now")
        if state == "left" and self.is_unnamed:
            return LEFT_UNNAMED
        return {"gone": GROUP_GONE, "left": LEFT_NAMED}.get(state, "")

    @property
    def _standing_unseen(self):
        if self.is_in_moderation:
            return gettext("With a moderator")
        if self.changes_are_asked:
            return gettext("A moderator asked for changes")
        return gettext("Withdrawn") if self.withdrawn_at else gettext("Draft")
