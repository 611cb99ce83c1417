"""What a reader asked a list for, in the shared words: boundaries that combine, and a place with its parts."""

from functools import cached_property

from django import forms
from django.http import Http404, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design import near
from design.forms import TickBoxes
from design.templatetags.design import fields
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

    def filters(self):
        """The fields beside the list; the box for words, where there is one, stands above it."""
        return [field for field in self if field.name != "q"]

    @cached_property
    def drawn_filters(self):
        return fields(self.filters())


class Finding:
    """A checked question to a list. Words that do not exist are a page that does not exist."""

    form_class = FindingForm
    # Fields whose mistakes the page answers with a sentence.
    forgiven = frozenset()

    def __init__(self, query):
        self.query = query
        self.form = self.make_form(query) if query.keys() & self.form_class.base_fields.keys() else self._unasked()
        if self.form.errors.keys() - self.forgiven:
            raise Http404
        chosen = self.form.cleaned_data["boundary"]
        self.boundaries = [word for word in words.boundaries() if word.slug in chosen] if chosen else []
        self.place = self.one_of(words.places(), "place")

    def make_form(self, query):
        return self.form_class(query)

    # What makes the form of one reader another than that of the next, where anything does.
    variant = None

    def _unasked(self):
        """The form in which nothing is chosen, made and checked once for the same words: lists are mostly read so.
        It is shared between requests, so nobody may change it."""
        shared = words.place_choices(), words.every_boundary(), words.practices()
        return near.derived((self.form_class, self.variant), *shared, make=self._make_unasked)

    def _make_unasked(self):
        form = self.make_form(QueryDict())
        form.full_clean()
        return form

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
