"""Weeks in addresses."""

from datetime import date

from django.urls import register_converter


class Week:
    """The Thursday on which a letter's week began: 2026-12-03."""

    regex = r"\d{4}-\d\d-\d\d"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()


register_converter(Week, "week")
