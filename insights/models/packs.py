"""Stories counted together on one day, and the words that may be shown beside the numbers."""

import secrets

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from networks.models import Coalition
from stories.models import Outcome, Quotation, Story
from stories.models.queries import WHERE_IT_IS_NOW

EVERYBODY = AnonymousUser()
CAME_TO_REST = (Outcome.STALLED, Outcome.STOPPED)
# Of each of the two sorts of stories: those that stalled or stopped, and the others.
MOST_WORDS = 6
MOST_SHOWN = 10


def new_key():
    """Of a link that nobody can guess."""
    return secrets.token_urlsafe(16)


class EvidencePackQuerySet(models.QuerySet):
    def readable_by(self, user):
        """Of public stories: whoever holds the link. Of what one group was told: who is in it, as long as they are."""
        return self.filter(Q(group=None) | Q(group__in=Coalition.objects.joined_by(user).values("pk")))

    def of_public_stories(self):
        """What staff make and see: what a group was told is no business of theirs."""
        return self.filter(group=None)


class EvidencePack(models.Model):
    """Stories counted on one day, for whoever holds the link.

    The numbers stand still. Stories and words are kept by key alone, and shown only as the reader may read them now.
    """

    LIMITS = (
        _("It was told, not measured: people chose what to tell, and nobody checked it. A hunch is not a measurement."),
        _("It does not say how often something works, or how often it happens elsewhere."),
        _("It counts stories, not people. No number is about who told them or whom they support."),
        _(
            "A number under 5 is shown as –, and sometimes a second one beside it, so that no single story can be told "
            "from the others once it has been withdrawn."
        ),
    )

    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    title = models.CharField(max_length=100)
    # As the form asked: slugs by the names of its fields.
    query = models.JSONField(default=dict)
    counts = models.JSONField()
    frozen_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="evidence_packs"
    )
    group = models.ForeignKey(Coalition, null=True, on_delete=models.CASCADE, related_name="evidence_packs")
    stories = models.ManyToManyField(Story, related_name="evidence_packs")
    quotations = models.ManyToManyField(Quotation, through="PackQuotation", related_name="evidence_packs")
    demo = models.BooleanField(default=False)

    objects = EvidencePackQuerySet.as_manager()

    class Meta:
        ordering = ["-frozen_at", "-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("evidence:pack", args=[self.key])

    @property
    def limits(self):
        only = gettext("Only stories told to this group alone are counted.") if self.group_id else ONLY_PUBLIC
        return (only, *self.LIMITS)

    @property
    def said_of_the_gone(self):
        """That some of what was counted is gone; never which, or how many."""
        kept = self.counts["kept"]
        if self._told().filter(pk__in=self.stories.values("pk")).count() < kept:
            return gettext(
                "Some of the stories counted here have been withdrawn since, or are read by fewer people now."
            )
        return gettext("Some of these stories may have been withdrawn since.") if kept < self.counts["stories"] else ""

    @property
    def counted_on(self):
        return date_format(timezone.localtime(self.frozen_at), "j F Y")

    @property
    def demo_line(self):
        return gettext("Demo") if self.demo else ""

    @property
    def citation(self):
        year = timezone.localtime(self.frozen_at).year
        address = settings.SITE_URL + self.get_absolute_url()
        return gettext("%(site_name)s (%(year)s). %(title)s. Evidence pack, counted on %(counted_on)s. %(address)s") % {
            "site_name": settings.SITE_NAME,
            "year": year,
            "title": self.title,
            "counted_on": self.counted_on,
            "address": address,
        }

    @property
    def at_rest_line(self):
        """How many stalled or stopped, said as large as anything else."""
        stories, count = self.counts["stories"], self.counts["outcomes"][1]["cells"][0]
        if count is None:
            return gettext(
                "How many of these %(stories)s stories stalled or stopped is not shown: that number, or "
                "one beside it, is under 5."
            ) % {"stories": stories}
        return gettext("%(count)s of these %(stories)s stories stalled or stopped.") % {
            "count": count,
            "stories": stories,
        }

    def _told(self):
        return Story.objects.told_to(self.group) if self.group_id else Story.objects.public()

    def _readable_by(self, reader):
        """Public ones whoever reads: the link shows everybody the same."""
        found = self._told().filter(pk__in=self.stories.values("pk"))
        return found & Story.objects.readable_by(reader) if self.group_id else found

    def shown_stories(self, reader=EVERYBODY):
        """Those that this reader may still read, newest first, with where they are `now`: those that stalled or
        stopped, and the others, as many of each."""
        found = self._readable_by(reader).annotate(now=WHERE_IT_IS_NOW).newest_first()
        at_rest = found.filter(now__in=CAME_TO_REST).for_listing()[:MOST_SHOWN]
        others = found.exclude(now__in=CAME_TO_REST).for_listing()[:MOST_SHOWN]
        return list(at_rest), list(others)

    def shown_words(self, reader=EVERYBODY):
        """Quotations with their stories: their tellers say yes, this reader may read them, and the story still says
        them. Of stories that stalled or stopped, and of the others, as many of each."""
        stories = self._readable_by(reader)
        allowed = Quotation.objects.allowed().filter(evidence_packs=self, story__in=stories.values("pk"))
        found = list(allowed.newest_first())
        known = {story.pk: story for story in stories.filter(pk__in={one.story_id for one in found}).for_listing()}
        at_rest, others = [], []
        for words in found:
            words.story = known[words.story_id]
            if words.still_said:
                (at_rest if words.story.outcome_now in CAME_TO_REST else others).append(words)
        return at_rest[:MOST_WORDS], others[:MOST_WORDS]


ONLY_PUBLIC = _("Only public stories are counted. What members told each other is not in here.")


class PackQuotationQuerySet(models.QuerySet):
    def to_be_told(self):
        """Words that anybody who holds the link reads, of which their teller has not heard yet."""
        public = Quotation.objects.readable_by(EVERYBODY)
        return self.filter(told_at=None, pack__group=None, quotation__in=public)


class PackQuotation(models.Model):
    """Words that a pack may show, by key, and when their teller heard of it."""

    pack = models.ForeignKey(EvidencePack, on_delete=models.CASCADE, related_name="uses")
    quotation = models.ForeignKey(Quotation, on_delete=models.CASCADE, related_name="uses_in_packs")
    told_at = models.DateTimeField(null=True)

    objects = PackQuotationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "quotation"], name="words_once_a_pack")]

    def __str__(self):
        return gettext("Words in pack %(pack_id)s") % {"pack_id": self.pack_id}
