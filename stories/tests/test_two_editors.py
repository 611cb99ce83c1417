"""Two people, or one at two devices, write the same page in whatever order: every word is somewhere to be found."""

import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from members.models import User
from stories.models import Story
from stories.tests.factories import StoryFactory
from stories.tests.pages import at

WORD = re.compile(r"w\d{4}")
TYPED = ("tried", "who_with", "happened")
STEPS = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),
        st.sampled_from(["type", "type", "autosave", "go on", "both", "mine", "theirs", "open"]),
        st.sampled_from(TYPED),
    ),
    min_size=4,
    max_size=25,
)


class Editor:
    """One window on the page: what stands in its boxes, and whether it was asked to choose between two texts."""

    def __init__(self, story, user):
        self.story, self.client = story, Client()
        self.client.force_login(user)
        self.unsaved, self.chosen_away = set(), set()
        self.open()

    @property
    def address(self):
        return at("write", self.story, "tried")

    def show(self, response):
        form = response.context["form"]
        self.boxes = {name: str(form[name].value() or "") for name in TYPED}
        self.hidden = {name: form[name].value() for name in ("edit_number", "seen")}
        rows = response.context.get("elsewhere")
        self.there = None if rows is None else {row["name"]: row["value"] for row in rows}

    def open(self):
        """Looks at the page afresh, which a person does only once nothing in the boxes is unsaved."""
        if not self.unsaved:
            self.show(self.client.get(self.address))

    def type(self, name, word):
        self.boxes[name] = f"{self.boxes[name]} {word}".strip()
        self.unsaved.add(word)

    def autosave(self):
        if self.there is None:
            answer = self.client.post(at("autosave", self.story, "tried"), {**self.boxes, **self.hidden})
            if answer.status_code == 200:
                self.hidden = answer.json()["fields"]
                self.unsaved.clear()
            assert answer.status_code in {200, 409}

    def send(self, **more):
        response = self.client.post(self.address, {**self.boxes, **self.hidden, "later": "1", **more})
        if response.status_code == 302:
            self.unsaved.clear()
            self.open()
        else:
            self.show(response)
        return response

    def go_on(self):
        if self.there is None:
            self.send()

    def both(self):
        if self.there is not None:
            self.send(both="1")

    def mine(self):
        """What the page showed as saved there goes, because this person said so; nothing that it did not show."""
        if self.there is not None:
            away = set(WORD.findall(" ".join(self.there.values()))) - set(WORD.findall(" ".join(self.boxes.values())))
            if self.send().status_code == 302:
                self.chosen_away |= away

    def theirs(self):
        """What stands in one's own boxes goes, because one said so."""
        if self.there is not None:
            self.chosen_away |= self.unsaved
            self.unsaved.clear()
            self.open()


def words_of(*texts):
    return set(WORD.findall(" ".join(texts)))


class TwoEditors(TestCase):
    def play(self, steps):
        story = StoryFactory(jot=True)
        author = User.objects.get(pk=story.author_id)
        Story.objects.filter(pk=story.pk).update(noticed="Something.")
        editors, typed = [Editor(story, author), Editor(story, author)], set()
        for number, (who, what, name) in enumerate(steps):
            if what == "type":
                typed.add(f"w{number:04}")
                editors[who].type(name, f"w{number:04}")
            else:
                getattr(editors[who], what.replace(" ", "_"))()
            saved = Story.objects.get(pk=story.pk)
            found = words_of(*(getattr(saved, field) for field in TYPED))
            for editor in editors:
                found |= editor.unsaved & words_of(*editor.boxes.values())
                found |= editor.chosen_away
            assert typed <= found, (number, typed - found)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_no_word_is_lost_between_two_windows(self, steps):
        self.play(steps)

    @pytest.mark.long
    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_no_word_is_lost_in_two_hundred_interleavings(self, steps):
        self.play(steps)
