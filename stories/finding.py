"""What a reader asked the list of stories for: the shared words, and a practice."""

from django import forms

from practices import finding, words
from practices.models import Crossing


class FindingForm(finding.FindingForm):
    practice = forms.ChoiceField(label="Practice", required=False)

    field_order = ["boundary", "practice", "place"]

    def __init__(self, data):
        super().__init__(data)
        self.fields["boundary"].label = "Services it ran between"
        self.fields["practice"].choices = [("", "Any practice"), *((p.slug, p.name) for p in words.practices())]


class Finding(finding.Finding):
    form_class = FindingForm

    def __init__(self, query):
        super().__init__(query)
        self.practice = self.one_of(words.practices(), "practice")

    def narrow(self, stories):
        stories = stories.touching(*self.boundaries)
        if self.practice:
            stories = stories.that_used(self.practice)
        if self.place:
            stories = stories.set_in(self.place)
        return stories

    def chosen(self):
        return [*super().chosen(), *([("practice", self.practice)] if self.practice else [])]

    @property
    def crossing(self):
        """The crossing that was asked for, where two boundaries were."""
        return Crossing.of(*self.boundaries) if len(self.boundaries) == 2 else None
