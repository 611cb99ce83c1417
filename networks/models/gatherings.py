"""Gatherings of a coalition: when and where its members meet, who comes, and which mail told of which of them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members import quiet
from members.models import Notice, User, people_parted_from
from networks.models.coalition import SHOWN, Coalition, Membership, new_key

REMIND_AT = time(8)
# Instead of its title, wherever others could look over a shoulder.
NEUTRAL = _("A gathering")


def morning_before(moment, zone):
    """The morning of the day before, by the gathering’s own clock."""
    day = moment.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(day, REMIND_AT, zone)


def said_in(begins_at, ends_at, time_zone):
    """Thursday 26 November 2026, 14:00 to 15:30 (time in the UK and Ireland)"""
    begins, ends = (moment.astimezone(ZoneInfo(time_zone)) for moment in (begins_at, ends_at))
    place = quiet.ZONES.get(time_zone, time_zone)
    place = place.replace("The ", "the ", 1)
    until = date_format(ends, "H:i" if begins.date() == ends.date() else "l j F, H:i")
    return gettext("%(begins)s to %(until)s (time in %(place)s)") % {
        "begins": date_format(begins, "l j F Y, H:i"),
        "until": until,
        "place": place,
    }


class GatheringQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Members of its coalition, as long as they are. It is the coalition’s: no block hides it from one of them."""
        return self.filter(coalition__in=Coalition.objects.joined_by(user))

    def to_come(self, now):
        """Until it has ended, called off or not. Of a coalition that was closed nothing comes any more."""
        return self.filter(ends_at__gt=now, coalition__in=Coalition.objects.going_on())

    def past(self, now):
        return self.filter(ends_at__lte=now)

    def due_for_reminding(self, now):
        due = self.filter(called_off_at=None, reminded_at=None, remind_at__lte=now, begins_at__gt=now)
        return due.filter(coalition__in=Coalition.objects.going_on())


class Gathering(models.Model):
    """Members of a coalition meet. Who put it up is shown to nobody: it is the coalition’s."""

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="gatherings")
    title = models.CharField(max_length=120)
    what_for = models.TextField(blank=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=40, default=quiet.HOME)
    where = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=500, blank=True)
    may_stay = models.CharField(max_length=300, blank=True)
    put_up_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="gatherings_put_up")
    put_up_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # How often others had to be told of something else. Calendars take the highest (RFC 5545).
    sequence = models.PositiveIntegerField(default=0)
    called_off_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    # The form's own: the same form sent twice is one gathering.
    form_key = models.CharField(max_length=40)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["put_up_by", "form_key"], name="one_gathering_a_form"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="a_gathering_ends_after_it_begins"),
        ]
        indexes = [
            models.Index(fields=["coalition", "begins_at", "id"], name="gatherings_of_a_coalition"),
            models.Index(
                fields=["remind_at"],
                condition=Q(reminded_at=None, called_off_at=None),
                name="gatherings_to_remind_of",
            ),
        ]

    def __str__(self):
        return gettext("A gathering")

    def get_absolute_url(self):
        return reverse("gatherings:gathering", args=[self.coalition.key, self.key])

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    @property
    def when(self):
        """By the clock of the place where it is, which is named."""
        return said_in(self.begins_at, self.ends_at, self.time_zone)

    def when_for(self, member):
        """By the reader’s own clock, where it shows something else; else nothing."""
        own = said_in(self.begins_at, self.ends_at, member.time_zone)
        same = self.begins.utcoffset() == self.begins_at.astimezone(quiet.zone_of(member)).utcoffset()
        return "" if same else own

    @property
    def begins(self):
        """By the clock of the place where it is."""
        return self.begins_at.astimezone(self.zone)

    @property
    def ends(self):
        return self.ends_at.astimezone(self.zone)

    @property
    def is_off(self):
        return self.called_off_at is not None

    def is_discreet(self):
        """Outside the site it has no title, and neither place nor link. Asks the database for its services."""
        hidden = self.coalition.joining not in SHOWN
        return hidden or any(boundary.sensitive for boundary in self.coalition.boundaries.all())

    def name_outside(self):
        return NEUTRAL if self.is_discreet() else self.title

    def set_reminder(self, *, now):
        """The morning before. Where that has passed there is nothing to remind of: who answers now has just read it."""
        self.remind_at = morning_before(self.begins_at, self.zone)
        self.reminded_at = now if self.remind_at <= now else None


class AttendanceQuerySet(models.QuerySet):
    def shown_to(self, user):
        """Of those in the coalition now, without whom a block parts from them: no number tells of these either."""
        memberships = Membership.objects.now().filter(coalition=models.OuterRef("gathering__coalition"))
        still = memberships.filter(member=models.OuterRef("member"), member__in=User.objects.current())
        found = self.filter(models.Exists(still))
        parted = people_parted_from(user)
        return found if parted is None else found.exclude(member__in=parted)

    def to_be_told(self):
        """Those who come, or perhaps."""
        return self.exclude(answer=Attendance.Answer.NO)


class Attendance(models.Model):
    """One member's answer: whether they come."""

    class Answer(models.TextChoices):
        COMING = "coming", _("I am coming")
        PERHAPS = "perhaps", _("Perhaps")
        NO = "no", _("Not coming")

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="answers")
    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="gathering_answers")
    answer = models.CharField(max_length=7, choices=Answer)
    answered_at = models.DateTimeField()

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "member"], name="one_answer_a_gathering")]

    def __str__(self):
        return gettext("An answer")


class GatheringMail(models.Model):
    """Which mail tells of which gathering, as it stood then: asked again right before it goes."""

    NEW = "networks.gathering_new"  # goes to whoever is in the coalition, whatever they have answered

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="+", primary_key=True)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="mails")
    sequence = models.PositiveIntegerField()
    reminds = models.BooleanField(default=False)

    def __str__(self):
        return gettext("A mail about a gathering")

    def may_go(self, *, now):
        """To whoever still reads it, and while what it says is still so."""
        gathering, member = self.gathering, self.notice.member
        if gathering.sequence != self.sequence or not gathering.coalition.goes_on:
            return False
        if not Gathering.objects.visible_to(member).filter(pk=gathering.pk):
            return False
        if self.notice.kind == self.NEW:
            return not gathering.is_off and gathering.begins_at > now
        comes = Attendance.objects.filter(gathering=gathering, member=member).to_be_told().exists()
        if self.reminds:
            return comes and not gathering.is_off and gathering.begins_at > now and not member.is_on_break(now)
        return comes and gathering.ends_at > now
