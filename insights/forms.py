"""Which of the public stories are looked at together."""

from dataclasses import replace

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from insights import packing
from insights.counting import Asked
from insights.hiding import FEWEST
from practices import words
from stories.models import Outcome

LATELY = "year"


class LookForm(forms.Form):
    """GET, so that the address is the state."""

    mark_optional = False
    focus_errors = False

    service = forms.ChoiceField(label=_("Service"), required=False)
    other = forms.ChoiceField(label=_("And this service"), required=False, help_text=_("Only stories of both."))
    place = forms.ChoiceField(label=_("Place"), required=False)
    practice = forms.ChoiceField(label=_("Practice"), required=False)
    outcome = forms.ChoiceField(
        label=_("Where it is now"), required=False, choices=[("", _("Whatever became of it")), *Outcome.choices]
    )
    since = forms.ChoiceField(
        label=_("Published"), required=False, choices=[("", _("At any time")), (LATELY, _("In the last 12 months"))]
    )

    def __init__(self, data):
        super().__init__(data, auto_id="look-%s")
        self.fields["place"].choices = [("", gettext("Anywhere")), *words.place_choices()]
        self.fields["practice"].choices = words.practice_choices()
        services = [(word.slug, word.name) for word in words.boundaries()]
        for name in ("service", "other"):
            self.fields[name].choices = [("", gettext("Any service")), *services]

    @property
    def asked(self):
        """Two services: stories of both."""
        found = self.cleaned_data
        chosen = {found.get("service"), found.get("other")}
        return Asked(
            place=_one_of(words.places(), found.get("place")),
            practice=_one_of(words.practices(), found.get("practice")),
            outcome=found["outcome"],
            lately=found["since"] == LATELY,
            services=tuple(word for word in words.boundaries() if word.slug in chosen),
        )


class Look:
    """A checked question. Words that do not exist are a page that does not exist."""

    def __init__(self, query, *, without=()):
        """`without`: fields that this page does not ask."""
        self.form = LookForm(query)
        for name in without:
            del self.form.fields[name]
        if not self.form.is_valid():
            raise Http404
        self.asked = self.form.asked
        self.query = query

    @property
    def is_narrowed(self):
        return self.asked != Asked()

    @property
    def chips(self):
        """What was chosen: pairs of its name and the address without it."""
        chosen = [(name, self.form.cleaned_data[name]) for name in self.form.fields if self.form.cleaned_data[name]]
        return [(self._said(name, value), self._without(name)) for name, value in chosen]

    def _said(self, name, value):
        if name == "place":
            return self.asked.place.name
        return dict(self.form.fields[name].choices)[value]

    def _without(self, name):
        query = self.query.copy()
        query.pop(name)
        return f"?{query.urlencode()}"


def _one_of(all_words, slug):
    return next((word for word in all_words if word.slug == slug), None)


class PackForm(LookForm):
    """What an evidence pack counts."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("Title"),
        max_length=100,
        help_text=_("Whoever has the link reads it. No names."),
        error_messages={"required": _("Enter a title"), "max_length": _("Make the title shorter: 100 letters at most")},
    )

    field_order = ("title", "service", "other")

    def __init__(self, data=None, *, group=None):
        super().__init__(data)
        self.group = group
        for name, field in self.fields.items():
            wrong = (
                gettext("Choose a %(name)s that is shown") % {"name": name}
                if name != "since"
                else gettext("Choose one of the times shown")
            )
            field.error_messages.setdefault("invalid_choice", wrong)

    def title_on(self, now):
        return self.cleaned_data["title"]

    def freeze(self, *, by, now):
        """The pack; None, with words to it, where too few stories fit."""
        try:
            return packing.freeze(self.asked, query=self.query, title=self.title_on(now), by=by, now=now)
        except packing.TooFew as few:
            self.add_error(None, _too_few(few.count))
            return None

    @property
    def query(self):
        return {name: value for name, value in self.cleaned_data.items() if value and name != "title"}

    @property
    def asked(self):
        return replace(super().asked, group=self.group)


class GroupPackForm(PackForm):
    """By a convenor. Nobody types a title: it would have to be checked for what could identify somebody."""

    title = None

    def title_on(self, now):
        return gettext("What we told each other, as of %(date_format)s") % {
            "date_format": date_format(timezone.localtime(now), "j F Y")
        }


def _too_few(count):
    found = (
        ngettext("Only %(count)s story fits", "Only %(count)s stories fit", count) % {"count": count}
        if count
        else gettext("No story fits")
    )
    return gettext("%(found)s. A pack counts %(fewest)s or more: choose less, or link to the stories themselves.") % {
        "found": found,
        "fewest": FEWEST,
    }
