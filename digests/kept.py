"""Cards while an issue goes: each is made once, and anew when what it shows has changed."""

import logging
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from design import languages
from digests.cards import READ, Form

log = logging.getLogger(__name__)
LASTS = timedelta(minutes=1)


class Kept:
    """Cards by kind and key, in one language. A story's goes with any change of what it shows."""

    def __init__(self, language=""):
        self.language = language
        self._cards, self._named, self._versions = {}, set(), {}
        self._looked_at = None

    def load(self, items, *, now=None):
        """Read what is not here yet, each kind in a fixed number of questions."""
        missing = {}
        for item in items:
            if item["kind"] in READ and (item["kind"], item["id"]) not in self._cards:
                missing.setdefault(item["kind"], set()).add(item["id"])
        if missing:
            with languages.spoken(self.language):
                self._read(missing)

    def _read(self, missing):
        if "story" in missing:
            self._versions.update(versions_of(missing["story"]))
        for kind, keys in missing.items():
            self._cards.update({(kind, key): None for key in keys})
            self._cards.update({(kind, row.pk): self._card(kind, row, told_as) for row, told_as in READ[kind](keys)})

    def _card(self, kind, row, told_as):
        """None where it cannot be shown: one bad row must not hold up everybody's letter. No word of it is logged."""
        try:
            context = told_as(row)
            card = Form.of(kind, context).filled(context)
        except Exception as error:
            log.error("%s %s is left out of letters: %s", kind, row.pk, type(error).__name__)
            return None
        if kind == "story" and not row.is_unnamed and not row.is_retold:
            self._named.add(row.pk)
        return card

    def get(self, item):
        """The card of an item that was loaded; None where it cannot be shown."""
        return self._cards[item["kind"], item["id"]]

    def is_named(self, story):
        return story in self._named

    def forget_changed(self, now=None):
        """Once in a while: what is told is what stands there now. The few that are no stories are simply read again."""
        now = now or timezone.now()
        if self._looked_at and now - self._looked_at < LASTS:
            return
        self._looked_at = now
        self._cards = {name: card for name, card in self._cards.items() if name[0] == "story"}
        current = versions_of(self._versions) if self._versions else {}
        for key in [key for key, version in self._versions.items() if current.get(key) != version]:
            del self._versions[key], self._cards["story", key]
            self._named.discard(key)


# A story's row, and what a card shows of others: its tellers by the names they bear now, its services.
VERSIONS = """
    SELECT story.id, concat_ws(' ', story.xmin, story.ctid, author.first_name, author.last_name, (
        SELECT string_agg(concat_ws(' ', beside.xmin, beside.ctid, member.first_name, member.last_name), ',')
        FROM stories_coauthor AS beside JOIN members_user AS member ON member.id = beside.member_id
        WHERE beside.story_id = story.id
    ), (
        SELECT string_agg(concat_ws(' ', boundary.name, boundary.family, boundary.sensitive), ',')
        FROM stories_storyboundary AS carried JOIN practices_boundary AS boundary ON boundary.id = carried.tag_id
        WHERE carried.content_object_id = story.id
    ))
    FROM stories_story AS story LEFT JOIN members_user AS author ON author.id = story.author_id
    WHERE story.id = ANY(%s)
"""


def versions_of(keys):
    """Any change of what a card shows is another version."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, [list(keys)])
        return dict(cursor.fetchall())
