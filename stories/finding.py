"""What a reader asked the list for: boundaries that combine, a practice, a place."""

from django import forms
from django.http import Http404
from django.utils.functional import cached_property

from design.forms import TickBoxes
from practices import words
from practices.models import Crossing


class FindingForm(forms.Form):
    """The filters beside the list; GET, so that the address is the state."""

    mark_optional = False
    focus_errors = False

    boundary = forms.MultipleChoiceField(
        label="Services it ran between", required=False, widget=TickBoxes
    )
    practice = forms.ChoiceField(label="Practice", required=False)
    place = forms.ChoiceField(label="Place", required=False)

    def __init__(self, data):
        super().__init__(data, auto_id="find-%s")
        self.fields["boundary"].choices = [(boundary.slug, boundary.name) for boundary in words.boundaries()]
        self.fields["practice"].choices = [("", "Any practice"), *((p.slug, p.name) for p in words.practices())]
        self.fields["place"].choices = [("", "Anywhere"), *words.place_choices()]


class Finding:
    """A checked question to the list. Words that do not exist are a page that does not exist."""

    def __init__(self, query):
        self.query = query
        self.form = FindingForm(query)
        if not self.form.is_valid():
            raise Http404
        chosen = self.form.cleaned_data
        self.boundaries = [word for word in words.boundaries() if word.slug in chosen["boundary"]]
        self.practice = next((word for word in words.practices() if word.slug == chosen["practice"]), None)
        self.place = next((word for word in words.places() if word.slug == chosen["place"]), None)

    def narrow(self, stories):
        stories = stories.touching(*self.boundaries)
        if self.practice:
            stories = stories.that_used(self.practice)
        if self.place:
            stories = stories.set_in(self.place)
        return stories

    @property
    def crossing(self):
        """The crossing that was asked for, where two boundaries were."""
        return Crossing.of(*self.boundaries) if len(self.boundaries) == 2 else None

    @cached_property
    def chips(self):
        """What was chosen: pairs of its name and the address without it."""
        chosen = [("boundary", word) for word in self.boundaries]
        chosen += [(name, word) for name, word in [("practice", self.practice), ("place", self.place)] if word]
        return [(word.name, self._without(name, word.slug)) for name, word in chosen]

    def _without(self, name, slug):
        query = self.query.copy()
        query.pop("after", None)
        query.pop("before", None)
        query.setlist(name, [value for value in query.getlist(name) if value != slug])
        return f"?{query.urlencode()}" if query else "?"
