"""Could someone be recognised? What the check finds in one version of a story, and what has been said about it.

All that is told is checked as one text, so that a name given in one answer is found in the others too.
"""

from dataclasses import dataclass
from functools import cached_property, partial

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from confidentiality.telling import LOOK, STOP, Found, Place, Told, find, gather, plain
from stories import rarity
from stories.models import SUGGESTIBLE, StayingWord, Story

PHOTOS = "photos"
RARE = "RARE"  # a kind of the story's own answers, not of its words


@dataclass
class Word(Found):
    """One thing that was found, wherever in the story it stands, and the answer that it has."""

    answer: StayingWord | None = None

    @property
    def is_asked_about(self):
        return self.level >= STOP and self.answer is None

    @property
    def is_answered_by_teller(self):
        return bool(self.answer) and self.answer.why != StayingWord.Why.READ

    @property
    def is_open(self):
        """No moderator has seen this word in this story and let it stay. What is only rare keeps nobody waiting."""
        return self.kind != RARE and self.level >= LOOK and not (self.answer and self.answer.approved_at)


class Recognised:
    """The words found in one version, the weightiest first."""

    def __init__(self, version):
        self.version = version
        self.told = told_by(version)

    @cached_property
    def found(self):
        return find(self.told)

    @cached_property
    def words(self):
        answers = {(word.kind, word.key): word for word in StayingWord.objects.filter(story=self.version.pk)}
        words = [*gather(self.found, partial(key_of, self.version), make=Word), *self._rare()]
        words.sort(key=lambda word: -word.level)
        for word in words:
            word.answer = answers.get((word.kind, word.key))
        return words

    def _rare(self):
        found = rarity.rarest(self.version)
        if found is None:
            return []
        told = Told("place", gettext("Where, when and between which services"), found.text)
        key = key_of(self.version, RARE, found.text)
        return [Word(RARE, key, found.level, found.why, found.instead, [Place(told, "", found.text, "")])]

    @property
    def asked_about(self):
        """Words that must go, or be answered for, before the story is sent."""
        return [word for word in self.words if word.is_asked_about]

    @property
    def answered(self):
        return [word for word in self.words if word.level >= LOOK and word.answer]

    @property
    def to_look_at(self):
        return [word for word in self.words if word.level == LOOK and not word.answer]

    @property
    def weighty(self):
        """All that is more than small, answered or not."""
        return [word for word in self.words if word.level >= LOOK]

    @property
    def small(self):
        return [word for word in self.words if word.level < LOOK]

    def forget_answers(self):
        self.__dict__.pop("words", None)


def look(version):
    """What is found in this version; the texts are looked at once, however often it is asked."""
    kept = version.__dict__.get("_recognised")
    if kept is None or not _says_the_same(kept.told, version):
        kept = version._recognised = Recognised(version)
    return kept


def hand_on(story, version):
    """What was found in `story` goes along with another object that holds the same words."""
    if "_recognised" in story.__dict__:
        version._recognised = story._recognised


def has_open_words(version):
    """Something by which somebody could be recognised, and that no moderator has let stay."""
    return any(word.is_open for word in look(version).words)


def told_by(version):
    told = [Told(name, str(Story._meta.get_field(name).verbose_name), getattr(version, name)) for name in SUGGESTIBLE]
    told += [Told(PHOTOS, gettext("What can be seen"), photo.newest_alt) for photo in version.photos.all()]
    return [one for one in told if one.text]


def _says_the_same(told, version):
    now = [text for name in SUGGESTIBLE if (text := getattr(version, name))]
    return now == [one.text for one in told if one.name != PHOTOS]


def key_of(story, kind, word):
    """The same for the same word in this story, however it is spaced and in whatever letters; says nothing of it."""
    return salted_hmac("stories.staying_word", f"{story.pk} {kind} {plain(word)}", algorithm="sha256").hexdigest()
