"""Questions from commissioners: who asks and until when, which stories answer, and what came of it."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models import Story

CHANGE = "reports.change_commissionersquestion"


class Standing(models.TextChoices):
    DRAFT = "draft", _("Not shown yet")
    OPEN = "open", _("Open for answers")
    CLOSED = "closed", _("Closed, their reply is still to come")
    MISSING = "missing", _("Their reply is missing")
    HEARD = "heard", _("Closed, they have replied")


class CommissionersQuestionQuerySet(models.QuerySet):
    def shown(self, today):
        """Everybody reads these, from the day that staff chose."""
        return self.filter(opens_date__lte=today)

    def visible_to(self, user, *, today):
        """The one rule: what is shown; and to whoever writes them, what is not shown yet."""
        return self if user.has_perm(CHANGE) else self.shown(today)

    def open(self, today):
        return self.shown(today).filter(closes_date__gte=today)

    def closed(self, today):
        return self.shown(today).filter(closes_date__lt=today)

    def with_standing(self, today):
        """With where it stands on this day, as `standing`; a reply that came early counts from the day it closes."""
        late = Q(reply_due_date__lt=today, heard="")
        steps = [
            When(Q(opens_date=None) | Q(opens_date__gt=today), then=Value(Standing.DRAFT)),
            When(closes_date__gte=today, then=Value(Standing.OPEN)),
            When(late, then=Value(Standing.MISSING)),
            When(heard="", then=Value(Standing.CLOSED)),
        ]
        return self.annotate(standing=Case(*steps, default=Value(Standing.HEARD)))


class CommissionersQuestion(models.Model):
    """Somebody with a budget or a pen asks the people at the front, and owes them an answer by a day."""

    slug = models.SlugField(max_length=80, unique=True)
    question = models.CharField(max_length=200, help_text=_("One question, in words that a support worker would use."))
    why = models.TextField(
        _("why they ask"), help_text=_("What is to be decided, by whom and when, and what an answer can still change.")
    )
    organisation = models.CharField(_("which organisation asks"), max_length=120)
    role = models.CharField(_("who asks there"), max_length=120, help_text=_("A role rather than a name."))
    opens_date = models.DateField(
        _("shown from"), null=True, blank=True, help_text=_("Empty: nobody sees it but whoever may write questions.")
    )
    closes_date = models.DateField(_("last day for answers"))
    reply_due_date = models.DateField(
        _("they reply by"), help_text=_("From the day after, the page says that their reply is missing.")
    )
    heard = models.TextField(_("what we heard"), blank=True, help_text=_("In the asker’s own words."))
    will_do = models.TextField(
        _("what we will do"),
        blank=True,
        help_text=_("With days and a role for each. “Nothing, because …” is an answer too."),
    )
    replied_date = models.DateField(_("replied on"), null=True, blank=True, editable=False)

    objects = CommissionersQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_date", "-pk"]
        verbose_name = _("question from a commissioner")
        verbose_name_plural = _("questions from commissioners")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_date=None) | Q(opens_date__lte=F("closes_date")), name="a_question_opens_first"
            ),
            models.CheckConstraint(
                condition=Q(reply_due_date__gt=F("closes_date")), name="a_reply_is_due_after_it_closes"
            ),
            models.CheckConstraint(
                condition=Q(heard="", will_do="", replied_date=None)
                | (~Q(heard="") & ~Q(will_do="") & Q(replied_date__isnull=False)),
                name="a_reply_is_whole_and_has_its_day",
            ),
        ]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return reverse("questions:question", args=[self.slug])

    @property
    def asker(self):
        """ "Head of commissioning, Salford Council" """
        return f"{self.role}, {self.organisation}"

    def answered_for(self, reader):
        """The stories that answer it, as far as this reader may read them: no count tells of any other."""
        return Story.objects.readable_by(reader).filter(question_answer__question=self)


class QuestionAnswer(models.Model):
    """A story began as an answer. The story knows nothing of it: it is told, read and withdrawn like any other."""

    question = models.ForeignKey(CommissionersQuestion, on_delete=models.CASCADE, related_name="answers")
    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="question_answer")

    def __str__(self):
        return gettext("An answer")
