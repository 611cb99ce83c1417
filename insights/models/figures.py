"""What is kept of numbers."""

from django.db import connection, models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class PageTotalQuerySet(models.QuerySet):
    def add(self, counted):
        """`counted`: how often by (week, kind, key). Added to what is there, in one statement."""
        rows = [(week, kind, key, number) for (week, kind, key), number in counted.items()]
        with connection.cursor() as cursor:
            cursor.execute(ADD, [[row[column] for row in rows] for column in range(4)])

    def of_week(self, monday):
        return self.filter(week=monday)


class PageTotal(models.Model):
    """How often a public page was opened in one week, and nothing about by whom."""

    week = models.DateField(_("the Monday it begins on"))
    kind = models.CharField(max_length=40)  # the name of its address, such as "stories:story"
    key = models.CharField(max_length=255, blank=True)  # the words in the address, never a query
    number = models.PositiveIntegerField(default=0)

    objects = PageTotalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "kind", "key"], name="one_total_a_page_and_week")]

    def __str__(self):
        return gettext("%(kind)s %(key)s, week of %(week)s") % {"kind": self.kind, "key": self.key, "week": self.week}


ADD = """
    INSERT INTO insights_pagetotal (week, kind, key, number)
    SELECT * FROM unnest(%s::date[], %s::text[], %s::text[], %s::int[])
    ON CONFLICT (week, kind, key) DO UPDATE SET number = insights_pagetotal.number + EXCLUDED.number
"""


class Figures(models.Model):
    """Numbers for staff as they were counted at one moment; people only in fives (`confidentiality.rounding`)."""

    name = models.CharField(max_length=20, unique=True)  # "activity", "people", or a quarter such as "2026-4"
    counted_at = models.DateTimeField()
    found = models.JSONField()

    class Meta:
        verbose_name_plural = "figures"

    def __str__(self):
        return f"Figures: {self.name}"
