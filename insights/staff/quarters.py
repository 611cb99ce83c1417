"""Quarters of a year: in addresses, and as the page for funders counts them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import register_converter
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MONTHS = (_("January to March"), _("April to June"), _("July to September"), _("October to December"))
FIRST_YEAR = 2020


@dataclass(frozen=True, order=True)
class Quarter:
    """By the clock of the site; `number` from 1 to 4."""

    year: int
    number: int

    def __str__(self):
        return f"{self.year}-{self.number}"

    @classmethod
    def of(cls, moment: datetime):
        day = timezone.localdate(moment)
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, text: str):
        year, number = text.split("-")
        return cls(int(year), int(number))

    @property
    def label(self):
        return f"{MONTHS[self.number - 1]} {self.year}"

    @property
    def begins(self):
        return timezone.make_aware(datetime(self.year, 3 * self.number - 2, 1))  # noqa: DTZ001

    @property
    def ends(self):
        """The moment at which the next one begins."""
        return self.next.begins

    @property
    def next(self):
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self):
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    def until(self, last):
        """This one and those after it, up to and with the last."""
        while self <= last:
            yield self
            self = self.next


class QuarterConverter:
    """2026-4."""

    regex = r"20\d\d-[1-4]"

    def to_python(self, value):
        quarter = Quarter.read(value)
        if quarter.year < FIRST_YEAR:
            raise ValueError(value)
        return quarter

    def to_url(self, value):
        return str(value)


register_converter(QuarterConverter, "quarter")
