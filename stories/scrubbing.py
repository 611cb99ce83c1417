"""Takes words out of all that is kept about a story: its row, every version, its log, its mails, what hangs on it.

A model that points at a story is found here by its key, so a new one needs no line. What stands on upper floors without
such a key (a report that staff wrote) is not reached.
"""

import re
from html import escape

from django.db import models
from django.http import QueryDict
from django.urls import reverse
from wagtail.models import Revision, TaskState

from members.models import Concern, Notice
from stories.models import KeptText, Story, StoryLogEntry

TAKEN_OUT = "[taken out]"
# Made by us: no words of anybody's, and their rows are found by them.
NOT_WORDS = {"slug", "jot_key", "key", "token", "path"}


class Scrub:
    """One passage: found whatever its letters' size and wherever its lines break, never inside a longer word."""

    def __init__(self, passage):
        found = {r"\s+".join(re.escape(word) for word in words.split()) for words in (passage, escape(passage))}
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(found))})(?!\w)", re.IGNORECASE)

    def of(self, value):
        """The value without the passage: a text, or whatever a JSON column holds."""
        if isinstance(value, str):
            return self.pattern.sub(TAKEN_OUT, value)
        if isinstance(value, list):
            return [self.of(one) for one in value]
        if isinstance(value, dict):
            return {key: self.of(one) for key, one in value.items()}
        return value

    def rows(self, rows, fields=None):
        """Writes each row that holds the passage; returns how many did."""
        names = fields or [field.attname for field in rows.model._meta.concrete_fields if holds_words(field)]
        changed = 0
        for row in rows:
            values = {name: self._fitting(row, name) for name in names}
            new = {name: value for name, value in values.items() if value != getattr(row, name)}
            if new:
                rows.model._base_manager.filter(pk=row.pk).update(**new)
                changed += 1
        return changed

    def _fitting(self, row, name):
        value, longest = self.of(getattr(row, name)), row._meta.get_field(name).max_length
        return value[:longest] if isinstance(value, str) and longest else value


def holds_words(field):
    """A column that somebody's words can stand in."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    made_here = field.choices or field.unique or field.name in NOT_WORDS
    return isinstance(field, kinds) and not isinstance(field, models.SlugField) and not made_here


SAID = ["text", "reason"]


def story(row, passage):
    """Take the passage out of everything about this story; returns in how many rows it stood."""
    scrub = Scrub(passage)
    found = scrub.rows(Story.objects.filter(pk=row.pk))
    found += scrub.rows(Revision.objects.for_instance(row), ["content", "object_str"])
    found += scrub.rows(TaskState.objects.for_instance(row), ["comment"])
    found += scrub.rows(StoryLogEntry.objects.for_instance(row), ["label", "data"])
    found += scrub.rows(Notice.objects.filter(text__contains=row.slug), ["subject", "text", "html"])
    # Concerns have no key to what they are about.
    found += scrub.rows(Concern.objects.about(row), SAID)
    for relation in Story._meta.related_objects:
        if relation.one_to_many or relation.one_to_one:
            model = relation.related_model
            beside = model._base_manager.filter(**{relation.field.name: row.pk})
            found += scrub.rows(beside)
            found += scrub.rows(Concern.objects.about_any(model).filter(object_id__in=beside.values("pk")), SAID)
    return found + _kept_texts(scrub, row)


def _kept_texts(scrub, row):
    """What was typed when a session had ended is kept as a browser sends it."""
    found = 0
    own = reverse("stories:story", args=[row.slug])
    for kept in KeptText.objects.filter(address__startswith=own):
        answers = QueryDict(mutable=True)
        for name, values in kept.answers.lists():
            answers.setlist(name, [scrub.of(value) for value in values])
        if answers.urlencode() != kept.answers.urlencode():
            KeptText.objects.filter(pk=kept.pk).update(typed=answers.urlencode())
            found += 1
    return found
