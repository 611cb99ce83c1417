"""Photos of a story: two at most, none public before a moderator has seen it, none where a boundary is sensitive."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import Photo
from stories.models.choices import Audience
from stories.models.queries import sensitive_in_newest_words
from stories.models.story import Story, StoryBoundary

MOST = 2


class StoryPhotoQuerySet(models.QuerySet):
    def approved(self):
        return self.filter(approved_at__isnull=False)

    def waiting(self):
        """What no moderator has approved yet: a photo, or new words for one that readers see already."""
        return self.filter(Q(approved_at=None) | ~Q(wanted_alt=""))

    def in_safe_stories(self):
        """Not where somebody could be found by a photo: a sensitive boundary shows none, to nobody.

        Also not once the newest words name such a boundary, sent or not (docs/decisions/0026).
        """
        sensitive = StoryBoundary.objects.filter(content_object=OuterRef("story"), tag__sensitive=True)
        return self.filter(~Exists(sensitive), ~Exists(sensitive_in_newest_words("story__")))

    def visible_to(self, user):
        """The one rule for who may open which photo of a story.

        Whoever may open the story, once the photo is approved. Before that: whoever may edit the story, and moderators
        while the story waits for them.
        """
        rule = Q(approved_at__isnull=False, story__in=Story.objects.visible_to(user).values("pk"))
        rule |= Q(story__in=Story.objects.editable_by(user).values("pk"))
        if getattr(user, "is_moderator", False):
            rule |= Q(story__in=Story.objects.in_moderation().values("pk"))
        return self.in_safe_stories().filter(rule)

    def as_read(self):
        """What readers are shown, in order."""
        return self.approved().order_by("position").values(words=F("alt"), **PHOTO)

    def as_sent(self):
        """What a moderator is asked about and the teller previews, with the newest words."""
        return self.order_by("position").values(words=NEWEST, **PHOTO)

    def as_told(self):
        """What whoever says yes to the story says yes to: each photo with its newest words, in one column."""
        told = self.filter(~Exists(sensitive_in_newest_words("story__"))).order_by("position")
        return told.values(told=JSONObject(photo="photo__name", words=NEWEST))

    def approve(self, *, now):
        """Everything that waits here has been read: photos and new words are public from now on."""
        self.exclude(wanted_alt="").update(alt=F("wanted_alt"), wanted_alt="")
        self.filter(approved_at=None).update(approved_at=now)


NEWEST = Coalesce(NullIf(F("wanted_alt"), Value("")), F("alt"))
PHOTO = {"name": F("photo__name"), "width": F("photo__width"), "height": F("photo__height")}


class StoryPhoto(models.Model):
    """A photo in a story, with the words for those who cannot see it.

    It stands beside the story's revisions, so that taking it out counts for every version at once. New words for a
    photo that readers see wait in `wanted_alt`.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="photos")
    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="story_photo")
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(_("What is in the photo?"), max_length=250)
    wanted_alt = models.CharField(max_length=250, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = StoryPhotoQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["story", "position"], name="one_photo_a_position"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=MOST), name="two_photos_at_most"),
            models.CheckConstraint(condition=~Q(alt=""), name="a_photo_has_words"),
        ]

    def __str__(self):
        return gettext("A photo of a story")

    @property
    def is_public(self):
        """Anybody may see it now; `story` must have come along."""
        story = self.story
        return bool(self.approved_at and story.live and not story.hidden_at and story.audience == Audience.PUBLIC)

    @property
    def newest_alt(self):
        return self.wanted_alt or self.alt
