"""What a reader asked a list for, in the shared words: boundaries that combine, and a place with its parts."""

from django import forms
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import TickBoxes
from practices import words


class FindingForm(forms.Form):
    """The filters beside a list; GET, so that the address is the state."""

    mark_optional = False
    focus_errors = False

    boundary = forms.MultipleChoiceField(label=_("Services"), required=False, widget=TickBoxes(folded=True))
    place = forms.ChoiceField(label=_("Place"), required=False)

    def __init__(self, data):
        super().__init__(data, auto_id="find-%s")
        self.fields["boundary"].choices = words.boundary_choices()
        self.fields["place"].choices = words.place_choices_after(("", gettext("Anywhere")))


class Finding:
    """A checked question to a list. Words that do not exist are a page that does not exist."""

    form_class = FindingForm
    # Fields whose mistakes the page answers with a sentence.
    forgiven = frozenset()

    def __init__(self, query):
        self.query = query
        self.form = self.make_form(query)
        if self.form.errors.keys() - self.forgiven:
            raise Http404
        chosen = self.form.cleaned_data["boundary"]
        self.boundaries = [word for word in words.boundaries() if word.slug in chosen] if chosen else []
        self.place = self.one_of(words.places(), "place")

    def make_form(self, query):
        return self.form_class(query)

    def one_of(self, all_words, name):
        """The word that was chosen in this field, or None."""
        chosen = self.form.cleaned_data[name]
        return words.by_slug(all_words).get(chosen) if chosen else None

    def chosen(self):
        """Pairs of a field's name and a word chosen in it."""
        return [*(("boundary", word) for word in self.boundaries), *([("place", self.place)] if self.place else [])]

    def chips(self):
        """What was chosen: pairs of its name and the address without it."""
        return [(word.name, self._without(name, word.slug)) for name, word in self.chosen()]

    def _without(self, name, slug):
        query = self.query.copy()
        for cursor in ("after", "before"):
            query.pop(cursor, None)
        query.setlist(name, [value for value in query.getlist(name) if value != slug])
        return f"?{query.urlencode()}"
