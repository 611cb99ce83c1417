"""Words of a story that staff would like to show in a report, and what its teller says to that."""

import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.choices import MayQuote
from stories.models.story import Story, new_slug
from stories.models.telling import SECTIONS, SHIFTS

# What readers read of a story in its teller's words, in the order in which they read it.
QUOTABLE = (
    ("title", _("Title")),
    ("summary", _("In one sentence")),
    *((name, told) for name, told, _retold in SECTIONS),
    *SHIFTS,
    ("why_it_matters", _("Why it matters most")),
)
END_OF_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|\s*\n\s*")


class QuotationQuerySet(models.QuerySet):
    def allowed(self):
        """Their teller lets them stand in a report: each by a yes of its own, or all by what they chose for the story.

        A no counts against both, at once. What the programme team retold has no teller to ask.
        """
        said_yes = Q(answer=Quotation.Answer.YES) | Q(story__may_quote=MayQuote.YES) | ~Q(story__source_url="")
        said_no = Q(answer=Quotation.Answer.NO) | Q(story__may_quote=MayQuote.NO)
        return self.filter(said_yes).exclude(said_no)

    def readable_by(self, user):
        """Allowed, and of stories that this reader may read. Whether they are still said there, `still_said` knows."""
        return self.allowed().filter(story__in=Story.objects.readable_by(user))

    def newest_first(self):
        return self.order_by("-picked_at", "-pk")


class Quotation(models.Model):
    """A passage of a live story, picked and never typed; a report names it by its key."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    key = models.CharField(max_length=16, unique=True, default=new_slug, editable=False)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="quotations")
    field = models.CharField(max_length=20, choices=QUOTABLE)
    words = models.TextField()
    picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="quotations_picked"
    )
    picked_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="an_answered_quotation_knows_when"
            )
        ]

    def __str__(self):
        return self.words

    @property
    def still_said(self):
        """The story as readers read it now still says exactly this."""
        return self.words in plain(getattr(self.story, self.field))

    @property
    def is_allowed(self):
        """As `allowed()` says it of many."""
        if self.answer == self.Answer.NO or self.story.may_quote == MayQuote.NO:
            return False
        return bool(self.answer or self.story.is_retold) or self.story.may_quote == MayQuote.YES

    @property
    def waits(self):
        """Its teller has been asked and has not answered."""
        return bool(self.asked_at) and not (self.answer or self.is_allowed or self.story.may_quote == MayQuote.NO)

    @property
    def standing(self):
        """For staff: what may be done with it."""
        if self.is_allowed:
            return gettext("May be shown") if self.still_said else gettext("No longer said in the story")
        return gettext("Waits for its teller’s answer") if self.waits else gettext("Its teller does not want it")


def plain(text):
    """One way to end a line, whatever the browser sent."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sentences(text):
    """Where each sentence of a text begins and ends: pairs of places in `plain(text)`."""
    text = plain(text)
    found, start = [], 0
    for gap in END_OF_SENTENCE.finditer(text):
        closing = gap.end() - len(gap.group().lstrip('"”’)'))
        found.append((start, closing))
        start = gap.end()
    found.append((start, len(text.rstrip())))
    return [(begin, end) for begin, end in found if text[begin:end].strip()]
