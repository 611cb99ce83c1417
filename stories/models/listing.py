"""What published stories are found by: one narrow row each, the words that were used, and which are alike."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from members.models import people_parted_from
from stories.models.choices import Audience, Byline
from stories.models.story import Story


class ListingQuerySet(models.QuerySet):
    def readable_by(self, user):
        """The rows of the audiences that this reader belongs to. Stories are asked once more when they are fetched."""
        if not getattr(user, "is_member", False):
            return self.filter(audience=Audience.PUBLIC)
        theirs = Story.objects.within_groups_of(user)
        rows = self.filter(Q(audience__in=[Audience.PUBLIC, Audience.MEMBERS]) | Q(story__in=theirs.values("pk")))
        return rows if people_parted_from(user) is None else rows.exclude(self.behind_a_block(user))

    @staticmethod
    def behind_a_block(user):
        """As `Story.objects.behind_a_block`, from the other end: the few stories of the few people, not row by row."""
        parted = people_parted_from(user)
        people = Story.coauthors.rel.related_model.objects.current()
        beside = people.filter(named=True, member__in=parted, story__byline=Byline.NAME, story__source_url="")
        named = Story.objects.filter(author__in=parted, byline=Byline.NAME, source_url="")
        return ~Q(audience=Audience.PUBLIC) & (Q(story__in=named.values("pk")) | Q(story__in=beside.values("story")))

    def carrying(self, codes):
        """Those that carry every one of these codes (`stories.search.codes`)."""
        return self.filter(codes__contains=list(codes)) if codes else self

    def newest_first(self):
        return self.order_by("-pub_no")


class Listing(models.Model):
    """The row by which a published story is found; nothing stands in it that readers are not shown.

    `stories.search.refresh` writes it in the transaction that publishes, changes or takes away the story.
    """

    MILLISECOND = 10**6

    # The moment of publishing and the story's key in one number: newest first, the same after every rebuild.
    pub_no = models.BigIntegerField(primary_key=True)
    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="listing")
    audience = models.CharField(max_length=10, choices=Audience)
    codes = ArrayField(models.IntegerField())  # boundaries, crossings, practices, places and so on
    head = SearchVectorField()  # title and summary: the best match is found by these
    vector = SearchVectorField()  # everything that readers can read
    words = ArrayField(models.TextField())  # those that were counted for help with typing
    made_from = models.CharField(max_length=32)  # a hash of all that went into the row: is it due?

    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = [
            # One index over both: two would cost many times the buffers. Without a list of what is still pending, so
            # that a search right after a publication costs what every other does.
            GinIndex(fields=["vector", "codes"], name="listings_by_words_and_codes", fastupdate=False),
        ]

    def __str__(self):
        return str(self.pub_no)


class WordQuerySet(models.QuerySet):
    def readable_by(self, user):
        """Words that stand in a story which this reader may read."""
        if not getattr(user, "is_member", False):
            return self.filter(public_count__gt=0)
        readable = Q(members_count__gt=0)
        if people_parted_from(user) is not None:
            hidden = Listing.objects.filter(Listing.objects.behind_a_block(user), words__contains=[OuterRef("word")])
            count = hidden.order_by().annotate(all=Value(1)).values("all").annotate(count=Count("pk")).values("count")
            readable = Q(members_count__gt=Coalesce(Subquery(count), 0))
        return self.filter(Q(public_count__gt=0) | readable)


class Word(models.Model):
    """A word of published stories and in how many of them it stands, for "Did you mean"."""

    word = models.CharField(max_length=30, primary_key=True)
    public_count = models.IntegerField(default=0)
    members_count = models.IntegerField(default=0)
    keys = ArrayField(models.TextField())  # the word, and the word with each one letter left out

    objects = WordQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="words_by_keys", fastupdate=False)]

    def __str__(self):
        return self.word


class Likeness(models.Model):
    """One story is like another; found out when either is published, and asked for rights when it is shown."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="likened_by")
    score = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "other"], name="alike_once")]
        indexes = [models.Index(fields=["story", "-score"], name="most_alike_first")]

    def __str__(self):
        return gettext("%(story_id)s and %(other_id)s") % {"story_id": self.story_id, "other_id": self.other_id}
