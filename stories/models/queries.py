"""Who may read which stories, asked in one place."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from wagtail.models import WorkflowState

from practices.models import Place
from stories.models.choices import Audience, Byline
from stories.models.on_the_page import on_the_page


class StoryQuerySet(models.QuerySet):
    def published(self):
        """Live and not hidden by the teller: every public query and count starts here."""
        return self.filter(live=True, hidden_at=None)

    def readable_by(self, user):
        """Published stories within the reader's audience; what lists, feeds, reports and letters show."""
        if getattr(user, "is_member", False):
            return self.published().filter(audience__in=[Audience.PUBLIC, Audience.MEMBERS])
        return self.published().filter(audience=Audience.PUBLIC)

    def for_the_open_web(self):
        """What may travel: feeds, the sitemap, search engines. Public, and neither unnamed nor sensitive."""
        sensitive = self.model.boundaries.through.objects.filter(tag__sensitive=True)
        named = Q(byline=Byline.NAME) | ~Q(source_url="")
        public = self.published().filter(audience=Audience.PUBLIC).filter(named)
        return public.exclude(pk__in=sensitive.values("content_object"))

    def in_moderation(self):
        """A moderator has yet to decide about the story or about its edit."""
        waiting = WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(self.model), status=WorkflowState.STATUS_IN_PROGRESS
        )
        # Wagtail keeps keys of any kind as text.
        return self.filter(pk__in=waiting.values_list(Cast("object_id", models.BigIntegerField())))

    def visible_to(self, user):
        """The one rule for who may open which story.

        Everyone: published ones within their audience. The teller: their own, in every state. Moderators: those
        waiting for them, and published ones. Nobody else, superusers included.
        """
        rule = Q(pk__in=self.model.objects.readable_by(user).values("pk"))
        if user.pk and user.is_active:
            rule |= Q(author_id=user.pk)
            if user.is_moderator:
                rule |= Q(pk__in=self.model.objects.in_moderation().values("pk"))
        return self.filter(rule)

    def editable_by(self, user):
        """The teller's own stories, in every state. Nobody edits another's, superusers included."""
        return self.filter(author=user) if user.is_authenticated and user.is_active else self.none()

    def with_moderation(self):
        """With what a moderator has said or has yet to say: `Standing` tells it without another query."""
        asked = WorkflowState.objects.active().filter(
            base_content_type=ContentType.objects.get_for_model(self.model),
            object_id=Cast(models.OuterRef("pk"), models.CharField()),
        )
        return self.annotate(
            moderation_now=models.Subquery(asked.values("status")[:1]),
            moderation_reason=models.Subquery(asked.values("current_task_state__comment")[:1]),
        )

    def touching(self, *boundaries):
        """Stories that carry every one of these boundaries; two of them make a crossing."""
        stories = self
        for boundary in boundaries:
            tagged = self.model.boundaries.through.objects.filter(tag=boundary)
            stories = stories.filter(pk__in=tagged.values("content_object"))
        return stories

    def crossing(self, a, b):
        return self.touching(a, b)

    def that_used(self, practice):
        return self.filter(practices=practice)

    def wanting_help(self):
        """Their teller would like help with something."""
        return self.exclude(help_wanted="")

    def set_in(self, place):
        """Stories from this place or from a place inside it.

        A story that shows its region only (an unnamed teller, a sensitive boundary) is not found by its council area.
        """
        inside = self.filter(Q(place=place) | Q(place__parent=place) | Q(place__parent__parent=place))
        if place.kind != Place.Kind.COUNCIL:
            return inside
        sensitive = self.model.boundaries.through.objects.filter(tag__sensitive=True)
        return inside.exclude(~Q(byline=Byline.NAME), source_url="").exclude(pk__in=sensitive.values("content_object"))

    def since(self, moment):
        return self.filter(first_published_at__gte=moment)

    def newest_first(self):
        return self.order_by("-first_published_at", "-pk")

    def for_listing(self):
        """With all that a card shows, in a fixed number of queries."""
        tags = models.Prefetch("tagged_boundaries", self.model.boundaries.through.objects.select_related("tag"))
        return self.select_related("author", "byline_role", "place__parent").prefetch_related(tags)

    def with_waiting_photos(self):
        """Knowing whether a moderator has yet to see a photo: `has_waiting_photos()` then costs no query."""
        waiting = self.model.photos.rel.related_model.objects.waiting().filter(story=models.OuterRef("pk"))
        return self.annotate(photos_wait=models.Exists(waiting))

    def for_page(self, reader):
        """With all that its page shows this reader, in as many queries as a card takes."""
        return self.for_listing().annotate(**on_the_page(reader))
