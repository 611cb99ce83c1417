"""Who may read which stories, asked in one place."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, NullIf, Trim
from wagtail.models import WorkflowState

from members.models import Concern, people_parted_from
from networks.models import Coalition, Membership
from practices.models import Boundary, Place
from stories.models.choices import Audience, Byline, SearchEngines
from stories.models.on_the_page import on_the_page

# What `story_card` shows or is decided by, and what lists are ordered by.
ON_A_CARD = (
    *("slug", "title", "summary", "demo", "source_url", "sensitive_in_edit"),
    *("byline", "blurred", "author", "author__first_name", "author__last_name", "byline_role", "place"),
    *("period_year", "period_part"),
)

# As the newest follow-up says, where there is one; a story's page says the same (`Story.outcome_now`).
WHERE_IT_IS_NOW = Coalesce(NullIf("latest_outcome", Value("")), "outcome")
# A boundary's key, below zero where it is sensitive.
BELOW_ZERO = When(tag__sensitive=True, then=F("tag__pk") * Value(-1))
MARKED_BOUNDARY = Case(BELOW_ZERO, default=F("tag__pk"), output_field=models.BigIntegerField())
PUBLISHED = Q(live=True, hidden_at=None)


def sensitive_in_newest_words(story):
    """The sensitive boundaries that the newest version of a story names; `story`: the way there, such as "story__"."""
    newest = ExpressionWrapper(
        OuterRef(f"{story}latest_revision__content__tagged_boundaries"), output_field=models.JSONField()
    )
    named = Func(
        "pk", template="jsonb_build_array(jsonb_build_object('tag', %(expressions)s))", output_field=models.JSONField()
    )
    return Boundary.objects.filter(sensitive=True).alias(newest=newest).filter(newest__contains=named)


class StoryQuerySet(models.QuerySet):
    def published(self):
        """Live and not hidden by the teller: every public query and count starts here."""
        return self.filter(PUBLISHED)

    def readable_by(self, user):
        """Published stories within the reader's audience; what lists, feeds, reports and letters show."""
        return self.published().filter(self._within_audience_of(user))

    def _within_audience_of(self, user):
        if getattr(user, "is_member", False):
            theirs = self.model.objects.within_groups_of(user)
            within = Q(audience__in=[Audience.PUBLIC, Audience.MEMBERS]) | Q(pk__in=theirs.values("pk"))
            return within & ~self.model.objects.behind_a_block(user)
        return Q(audience=Audience.PUBLIC)

    def behind_a_block(self, user):
        """A condition: not public, and named on it is somebody whom a block parts from this reader.

        Unnamed stories are never behind one, nor are names that readers are not shown: what a block took away would
        tell whose it was. Public ones are not either: everybody can read them signed out.
        """
        parted = people_parted_from(user)
        if parted is None:
            return Q(pk__in=[])
        people = self.model._meta.get_field("coauthors").related_model.objects.current()
        beside = people.filter(named=True, member__in=parted)
        named = Q(byline=Byline.NAME, source_url="") & ~Q(audience=Audience.PUBLIC)
        return named & (Q(author__in=parted) | Q(pk__in=beside.values("story")))

    def public(self):
        """Published, and anyone may read it, signed in or not."""
        return self.published().filter(audience=Audience.PUBLIC)

    def for_the_open_web(self):
        """What may travel: feeds, the sitemap, search engines. As its teller chose; if they did not, public stories
        that are neither unnamed nor sensitive. `Telling.is_for_the_open_web` says the same of one."""
        named = Q(byline=Byline.NAME) | ~Q(source_url="")
        usual = named & ~self._is_sensitive()
        chosen = Q(search_engines=SearchEngines.YES)
        return self.public().filter(chosen | (Q(search_engines=SearchEngines.USUAL) & usual))

    def with_shown_change(self):
        """With the moment it last changed as `shown_change`; empty where something sensitive tells no day."""
        return self.annotate(shown_change=Case(When(self._is_sensitive(), then=None), default="last_published_at"))

    def within_groups_of(self, user):
        """Stories for one group only, of the groups that this member is in; the one place where groups are asked.

        What stands there with its teller's name goes with them when they leave the group. What is unnamed stays:
        that it went would tell whose it was (docs/decisions/0051).
        """
        if user.is_in_no_group:
            return self.none()
        told = self.filter(audience=Audience.COALITION, coalition__in=Coalition.objects.joined_by(user).values("pk"))
        teller = Membership.objects.now().filter(member=OuterRef("author"), coalition=OuterRef("coalition"))
        return told.filter(~Q(byline=Byline.NAME) | Exists(teller))

    def told_to(self, group):
        """What everybody in this group can read of what was told to it alone."""
        told = self.published().filter(audience=Audience.COALITION, coalition=group, coalition__taken_down_at=None)
        teller = Membership.objects.now().filter(member=OuterRef("author"), coalition=group)
        return told.filter(~Q(byline=Byline.NAME) | Exists(teller))

    def beyond_one_group(self):
        """For what is made for more than its reader: a choice for a report, an export, a mail. A story for one group
        goes into none of them, whoever makes it."""
        return self.exclude(audience=Audience.COALITION)

    def in_moderation(self):
        """A moderator has yet to decide about the story or about its edit."""
        waiting = WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(self.model), status=WorkflowState.STATUS_IN_PROGRESS
        )
        # Wagtail keeps keys of any kind as text.
        return self.filter(pk__in=waiting.values_list(Cast("object_id", models.BigIntegerField())))

    def reported(self):
        """Live ones about which somebody raised a concern that no moderator has decided about yet."""
        concerns = Concern.objects.open().about_any(self.model)
        return self.filter(live=True, pk__in=concerns.values("object_id"))

    def visible_to(self, user):
        """The one rule for who may open which story.

        Everyone: published ones within their audience. The teller and who tells it with them: their own, in every
        state. Moderators: those waiting for them, published ones, and live ones about which a concern is open. Nobody
        else, superusers included.
        """
        # As conditions of the row itself: asked as `pk__in`, PostgreSQL would look through all stories for one.
        rule = PUBLISHED & self._within_audience_of(user)
        if user.pk and user.is_active:
            rule |= self._told_by(user)
            if user.is_moderator:
                rule |= Q(pk__in=self.model.objects.in_moderation().values("pk"))
                rule |= Q(pk__in=self.model.objects.reported().values("pk"))
        return self.filter(rule)

    def _told_by(self, user):
        """As one list of keys: with an `or` PostgreSQL would look through all stories for the few of one teller."""
        told = self.model.objects.order_by().filter(author_id=user.pk).values("pk")
        together = self.model.coauthors.rel.related_model.objects.current().filter(member_id=user.pk)
        return Q(pk__in=told.union(together.order_by().values("story"), all=True))

    def told_by(self, user):
        """Their own: as the author, or together with one. Nobody is brought these as news."""
        return self.filter(self._told_by(user)) if user.pk else self.none()

    def with_own(self, user):
        """With `is_own`: whether this reader told it, alone or with others."""
        return self.annotate(is_own=Exists(self.model.objects.told_by(user).filter(pk=OuterRef("pk"))))

    def with_reading(self, user):
        """With `was_read`: whether this reader has opened it before."""
        readings = self.model.readings.rel.related_model.objects.filter(story=OuterRef("pk"), member_id=user.pk)
        return self.annotate(was_read=Exists(readings))

    def editable_by(self, user):
        """Their own, in every state. Nobody edits another's, superusers included."""
        return self.told_by(user) if user.is_active else self.none()

    def authored_by(self, user):
        """Those that they alone decide about: sending, withdrawing, who reads it, who writes along."""
        return self.filter(author_id=user.pk) if user.pk and user.is_active else self.none()

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

    def with_group(self):
        """With what became of the group that a live story is for: `group_line` tells it without another query."""
        teller = Membership.objects.now().filter(member=OuterRef("author"), coalition=OuterRef("coalition"))
        for_one = Q(live=True, audience=Audience.COALITION)
        gone = for_one & (Q(coalition=None) | Q(coalition__taken_down_at__isnull=False))
        left = for_one & ~Exists(teller)
        state = Case(When(gone, then=Value("gone")), When(left, then=Value("left")), default=Value(""))
        return self.annotate(group_now=state)

    def with_their_word(self):
        """With what people whose story it is too have said: `TheirWord` tells it without another query."""
        people = self.model._meta.get_field("coauthors").related_model.objects.filter(story=OuterRef("pk"))
        askings = self.model._meta.get_field("askings").related_model.objects.filter(story=OuterRef("pk"))
        agreements = self.model._meta.get_field("agreements").related_model.objects.filter(story=OuterRef("pk"))
        photos = self.model.photos.rel.related_model.objects.filter(story=OuterRef("pk"))
        said = JSONObject(answer="answer", version="answered_version", left=Q(left_at__isnull=False))
        return self.annotate(
            their_answers=ArraySubquery(people.asked().values(said=said)),
            agreed_versions=ArraySubquery(agreements.values("version")),
            told_photos=ArraySubquery(photos.as_told()),
            lived_is_asked=Exists(askings.filter(what="lived", ended_at=None)),
            is_shared=Exists(people.current()),
            names_another=Exists(people.current().filter(wants_name=True, named=False)),
            was_typed_for_them=Exists(askings.filter(what="tell")),
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

        A story that shows its region only (an unnamed teller, a sensitive boundary) is not found by its council area,
        and one that shows its nation only not by its region.
        """
        inside = self.filter(Q(place=place) | Q(place__parent=place) | Q(place__parent__parent=place))
        if place.kind == Place.Kind.REGION:
            return inside.exclude(~Q(byline=Byline.NAME), blurred=True)
        if place.kind == Place.Kind.NATION:
            return inside
        return inside.exclude(~Q(byline=Byline.NAME), source_url="").exclude(self._is_sensitive())

    def mark_sensitive_edits(self):
        """For a boundary that staff made sensitive, or no longer. Returns the keys of the stories that it changed."""
        edited = self.model.objects.filter(live=True, has_unpublished_changes=True)
        edited = edited.annotate(names=Exists(sensitive_in_newest_words("")))
        wrong = list(edited.exclude(sensitive_in_edit=F("names")).values_list("pk", flat=True))
        self.model.objects.filter(pk__in=wrong).update(sensitive_in_edit=~F("sensitive_in_edit"))
        return wrong

    def _is_sensitive(self):
        """As `Telling.is_sensitive` says it of one."""
        touching = self.model.boundaries.through.objects.filter(tag__sensitive=True)
        return Q(sensitive_in_edit=True) | Q(pk__in=touching.values("content_object"))

    def open_to_organisations(self):
        """Their teller lets an organisation answer, in front of everybody."""
        return self.published().filter(audience=Audience.PUBLIC, organisations_may_respond=True)

    def since(self, moment):
        return self.filter(first_published_at__gte=moment)

    def with_opening(self):
        """With the moment when anybody could read it for the first time, as `opened`; ask it of public stories."""
        return self.annotate(opened=Coalesce("opened_at", "first_published_at"))

    def opened_after(self, moment):
        return self.with_opening().filter(opened__gt=moment)

    def featured(self, day):
        """Stories that staff put first on this day."""
        return self.filter(feature__until__gte=day)

    def featured_first(self, day, *, count):
        """The featured ones and after them the newest, `count` in all, in one question however many there are."""
        featured, newest = (found.newest_first().values("pk")[:count] for found in (self.featured(day), self))
        first = models.Case(models.When(feature__until__gte=day, then=0), default=1)
        stories = self.filter(pk__in=featured.union(newest, all=True)).annotate(turn=first)
        return stories.order_by("turn", "-first_published_at", "-pk")

    def newest_first(self):
        return self.order_by("-first_published_at", "-pk")

    def for_listing(self):
        """With all that a card shows, in a fixed number of queries."""
        return self._with_teller_and_boundaries().select_related("byline_role", "place__parent__parent")

    def for_cards(self, *more):
        """With what a card shows and nothing else, but for what is named: lists fetch twenty, and a story is long. Its
        place and its teller's role are shared words, which `bring_words` brings."""
        return self._with_teller_and_boundaries().only(*ON_A_CARD, *more)

    def _with_teller_and_boundaries(self):
        carried = self.model.boundaries.through.objects.filter(content_object=OuterRef("pk"))
        # Their names are shared words; whether one is sensitive is never a minute old.
        rows = carried.values(marked=MARKED_BOUNDARY)
        return self.select_related("author").with_names().annotate(marked_boundaries=ArraySubquery(rows))

    def with_waiting_photos(self):
        """Knowing whether a moderator has yet to see a photo: `has_waiting_photos()` then costs no query."""
        waiting = self.model.photos.rel.related_model.objects.waiting().filter(story=models.OuterRef("pk"))
        return self.annotate(photos_wait=models.Exists(waiting))

    def for_page(self, reader):
        """With all that its page shows this reader, in as many queries as a card takes."""
        return self.for_listing().annotate(**on_the_page(reader))

    def with_names(self):
        """With the names beside the author's: of those who chose it, and only where the author is named too."""
        people = self.model._meta.get_field("coauthors").related_model.objects.current()
        named = people.filter(story=OuterRef("pk"), story__byline=Byline.NAME, named=True).order_by("joined_at", "pk")
        name = Trim(Concat("member__first_name", Value(" "), "member__last_name"))
        return self.annotate(coauthor_names=ArraySubquery(named.values(name=name)))
