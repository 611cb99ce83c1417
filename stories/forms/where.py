"""Which services it ran between, where and when: tick boxes and lists, never a word of one's own."""

from django import forms
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import TickBoxes
from practices import words
from practices.models import Place
from stories.forms.answers import UNKNOWN, AnswersForm, Line, field_for
from stories.models import Story, StoryBoundary

BOUNDARIES = Prefetch("tagged_boundaries", StoryBoundary.objects.select_related("tag"))
MOST_PRACTICES = 5
EARLIEST_YEAR = 1950
REGION_ONLY = _(
    "Choose a region or a nation: where domestic or sexual abuse is involved, a council area can lead to someone"
)


def question(name):
    return Story._meta.get_field(name).verbose_name


class WhereForm(AnswersForm):
    boundaries = forms.MultipleChoiceField(
        label=question("boundaries"), widget=TickBoxes(columns=True), error_messages={"invalid_choice": UNKNOWN}
    )
    practices = forms.MultipleChoiceField(
        label=question("practices"), widget=TickBoxes(columns=True), error_messages={"invalid_choice": UNKNOWN}
    )
    place = forms.ChoiceField(label=question("place"), error_messages={"invalid_choice": UNKNOWN})
    period_year = Line(
        label=question("period_year"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "class": "input--short"}),
    )
    hints = {
        "boundaries": _(
            "Tick each one that it touched. Two of them make a crossing: the place between two services "
            "where things get stuck, or get better."
        ),
        "practices": format_lazy(_("Ways of working that you used, {most} at most."), most=MOST_PRACTICES),
        "place": _("A region is enough. Where domestic or sexual abuse is involved it can only be a region."),
        "period_part": _("Never a date. Where domestic or sexual abuse is involved we keep the year only."),
        "period_year": _("Such as 2025."),
    }
    needed = {"boundaries": _("Choose at least one service")}
    field_order = ["boundaries", "place", "period_part", "period_year", "practices"]

    class Meta:
        model = Story
        formfield_callback = field_for
        fields = ["period_part"]

    def __init__(self, *args, instance, **kwargs):
        prefetch_related_objects([instance], BOUNDARIES)
        carried = instance.boundary_list
        self.places = {word.slug: word for word in words.places()}
        initial = {
            "boundaries": [boundary.slug for boundary in carried],
            "practices": [practice.slug for practice in instance.practices.all()],
            "place": next((place.slug for place in self.places.values() if place.pk == instance.place_id), ""),
            "period_year": instance.period_year or "",
        }
        self.lists = {name: set(initial[name]) for name in ("boundaries", "practices")}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        # What staff retired since stays a choice of the story that carries it.
        known = words.boundaries()
        self.boundaries = {word.slug: word for word in [*known, *(word for word in carried if word not in known)]}
        self.practices = {word.slug: word for word in words.practices()}
        self.fields["boundaries"].choices = words.by_family(self.boundaries.values())
        self.fields["practices"].choices = by_stage(self.practices.values())
        self.fields["place"].choices = [("", gettext("Choose a place")), *words.place_choices()]
        self.fields["period_part"].choices = [("", gettext("No answer")), *self.fields["period_part"].choices]

    def clean_practices(self):
        chosen = self.cleaned_data["practices"]
        if len(chosen) > MOST_PRACTICES:
            raise forms.ValidationError(
                gettext("Choose %(most_practices)s practices or fewer") % {"most_practices": MOST_PRACTICES}
            )
        return chosen

    def clean_period_year(self):
        year, this_year = self.cleaned_data["period_year"], timezone.localdate().year
        if not year:
            return None
        if not (year.isdecimal() and year.isascii() and EARLIEST_YEAR <= int(year) <= this_year):
            raise forms.ValidationError(
                gettext("Enter a year from %(earliest_year)s to %(this_year)s, such as %(this_year)s")
                % {"earliest_year": EARLIEST_YEAR, "this_year": this_year}
            )
        return int(year)

    def clean(self):
        answers = super().clean()
        place = self.places.get(answers.get("place"))
        if place and place.kind == Place.Kind.COUNCIL and self.is_sensitive:
            self.add_error("place", REGION_ONLY)
        if answers.get("period_part") and not (answers.get("period_year") or "period_year" in self.errors):
            self.add_error("period_year", gettext("Enter the year as well"))
        return answers

    @property
    def chosen(self):
        """The words ticked in each list; where what was sent is no choice, those that are stored."""
        answers = getattr(self, "cleaned_data", {})
        return {name: set(answers.get(name, stored)) for name, stored in self.lists.items()}

    @property
    def is_sensitive(self):
        return any(self.boundaries[slug].sensitive for slug in self.chosen["boundaries"])

    def beside(self):
        lists = {name: sorted(words) for name, words in self.chosen.items()}
        return {**lists, "place": self.instance.place_id, "period_year": self.instance.period_year}

    def fill(self):
        story = super().fill()
        answers, chosen = self.cleaned_data, self.chosen
        # Saving a list deletes and writes it anew: only where it has changed.
        if chosen["boundaries"] != self.lists["boundaries"]:
            story.boundaries.set([self.boundaries[slug] for slug in answers["boundaries"]])
        if chosen["practices"] != self.lists["practices"]:
            story.practices = [self.practices[slug] for slug in answers["practices"]]
        if "place" in answers:
            story.place = self.places.get(answers["place"])
        if "period_year" in answers:
            story.period_year = answers["period_year"]
        if self.is_sensitive:
            story.period_part = ""
        return story


def by_stage(practices):
    groups = {}
    for word in practices:
        groups.setdefault(word.get_stage_display(), []).append((word.slug, word.name))
    return list(groups.items())
