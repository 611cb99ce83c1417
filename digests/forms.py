"""What members and staff answer about the letter."""

from datetime import time

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import Radios
from digests import handling, said
from digests.models import Issue, Subscription, Wishes
from members import quiet
from members.forms.fields import EmailField, boundary_field, place_field
from practices.models import Crossing
from reports.blocks import StoryChooser

# By day: at night no mail comes.
HOURS = [time(hour, minute) for hour in range(7, 21) for minute in (0, 30)]


class PreferenceForm(forms.Form):
    """Yes or no first; nothing is chosen beforehand for a member who was never asked.

    What is missing stays as it was: a page that asks only "yes or no?" sends no more than that.
    """

    weekly_letter = forms.TypedChoiceField(
        label=_("Send me the weekly letter?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        widget=Radios,
        error_messages={
            "required": _("Choose yes or no"),
            "invalid_choice": _("Choose yes or no"),
        },
    )
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=Wishes.Rhythm.choices,
        widget=Radios,
        error_messages={"required": _("Choose how often it comes"), "invalid_choice": _("Choose how often it comes")},
    )
    weekday = forms.TypedChoiceField(
        label=_("On which day?"),
        choices=Wishes.Weekday.choices,
        coerce=int,
        empty_value=None,
        error_messages={"required": _("Choose a day of the week"), "invalid_choice": _("Choose a day of the week")},
    )
    words = forms.ChoiceField(
        label=_("What may the mail show?"),
        choices=[
            ("all", _("Titles and a few words of each story")),
            ("none", _("No words of any story: how many there are, and a link to read them here")),
        ],
        widget=Radios(hints={"none": _("For a mailbox or a screen that others see too.")}),
        error_messages={
            "required": _("Choose what the mail may show"),
            "invalid_choice": _("Choose what the mail may show"),
        },
    )
    at = forms.ChoiceField(
        label=_("At what time?"),
        choices=lambda: [(f"{at:%H:%M}", said.clock(at)) for at in HOURS],
        error_messages={
            "required": _("Choose a time from the list"),
            "invalid_choice": _("Choose a time from the list"),
        },
    )
    zone = forms.ChoiceField(
        label=_("Which clock do you live by?"),
        help_text=_("All your mail keeps to it: from nine at night to seven in the morning nothing comes."),
        choices=list(quiet.ZONES.items()),
        error_messages={
            "required": _("Choose a clock from the list"),
            "invalid_choice": _("Choose a clock from the list"),
        },
    )

    def __init__(self, *args, profile, wishes, **kwargs):
        initial = {
            "weekly_letter": {True: "yes", False: "no"}.get(profile.weekly_letter),
            "rhythm": wishes.rhythm,
            "weekday": wishes.weekday,
            "words": "none" if wishes.content_free else "all",
            "at": f"{wishes.at:%H:%M}",
            "zone": profile.user.time_zone,
        }
        super().__init__(*args, initial=initial, **kwargs)
        if self.is_bound:
            for name in self.fields.keys() - {"weekly_letter"}:
                self.fields[name].required = name in self.data
        if wishes.content_free and wishes.since is None:
            self.fields["words"].help_text = gettext(
                "Yours is a work address, so the second is chosen. Change it if you like."
            )

    @property
    def answers(self):
        """As `digests.wishing.choose` takes them."""
        said_so = {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}
        answers = {"wants": said_so.pop("weekly_letter"), **said_so}
        if "words" in answers:
            answers["content_free"] = answers.pop("words") == "none"
        if "at" in answers:
            answers["at"] = time.fromisoformat(answers["at"])
        return answers

    @property
    def has_hidden_errors(self):
        """In what stands folded away."""
        return bool({"at", "zone"} & self.errors.keys())


class SubscribeForm(forms.Form):
    """The address of somebody without an account."""

    address = EmailField(help_text=_("An address that only you read, where you have one."))


Kind = Subscription.Kind
LISTS = [
    (Kind.LETTER, _("Everything new")),
    (Kind.REPORTS, _("New reports")),
    (Kind.CROSSING, _("What people tell between two services")),
    (Kind.PLACE, _("What people tell from one place")),
]
HINTS = {
    Kind.LETTER: _("The public letter: stories that anybody may read, and reports."),
    Kind.REPORTS: _("Long reads by the programme team."),
    Kind.CROSSING: _("Choose the two below."),
    Kind.PLACE: _("Choose it below."),
}
CHOOSE = _("Choose what you want to hear of")


class MailingListForm(SubscribeForm):
    """What somebody without an account wants to hear of. The services and the place count where they were asked for."""

    list = forms.ChoiceField(
        label=_("What do you want to hear of?"),
        choices=LISTS,
        widget=Radios(hints=HINTS),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    a = boundary_field(_("One service"))
    b = boundary_field(_("The other service"))
    place = place_field(_("The place"))
    field_order = ["list", "a", "b", "place", "address"]

    def __init__(self, *args, chosen="", **kwargs):
        super().__init__(*args, initial={"list": chosen}, **kwargs)
        self.fields["a"].help_text = self.fields["b"].help_text = gettext("Only if you want to hear of two services.")
        self.fields["place"].help_text = gettext(
            "Only if you want to hear of a place. A region brings what lies in it."
        )

    def clean(self):
        kind, a, b = (self.cleaned_data.get(name) for name in ("list", "a", "b"))
        if kind == Kind.CROSSING and not (a and b):
            self._ask("b" if a else "a", gettext("Choose two services"))
        elif kind == Kind.CROSSING and a == b:
            self._ask("b", gettext("Choose two different services"))
        elif kind == Kind.PLACE and not self.cleaned_data.get("place"):
            self._ask("place", gettext("Choose a place"))

    def _ask(self, name, words):
        """Unless something is said of it already."""
        if name not in self.errors:
            self.add_error(name, words)

    @property
    def about(self):
        """A crossing, a place, or one of the two lists."""
        chosen = self.cleaned_data
        if chosen["list"] == Kind.CROSSING:
            return Crossing.of(chosen["a"], chosen["b"])
        return chosen["place"] if chosen["list"] == Kind.PLACE else Kind(chosen["list"])


class LetterForm(forms.ModelForm):
    """A few words of the team above the stories, and one question below them."""

    class Meta:
        model = Issue
        fields = ["note", "question"]
        labels = {"note": _("A note from the team"), "question": _("A question at the end")}
        help_texts = {
            "note": _("A few sentences above the stories. Leave it empty and there is none."),
            "question": _(
                "One line that leads to the first page of a story. Leave it empty and the question of the week "
                "from the front page stands there."
            ),
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 5})}
        error_messages = {"question": {"max_length": _("Keep the question within 200 characters")}}

    def clean_note(self):
        note = self.cleaned_data["note"]
        if len(note) > 2000:
            raise forms.ValidationError(gettext("Keep the note within 2,000 characters"))
        return note


class PickForm(forms.Form):
    """A story that stands first in everybody's letter: chosen from the list or, without a script, by its address."""

    story = forms.CharField(label=_("Add a story"), max_length=300, required=False, widget=StoryChooser)
    address = forms.CharField(label=_("The story’s address"), max_length=300, required=False)

    def __init__(self, *args, picker, **kwargs):
        super().__init__(*args, **kwargs)
        self.picker = picker

    def clean(self):
        typed = self.cleaned_data.get("story") or self.cleaned_data.get("address") or ""
        slug = typed.split("?")[0].rstrip("/").rpartition("/")[2]
        self.story = handling.pickable(self.picker).filter(slug=slug).first() if slug else None
        if self.story is None:
            raise forms.ValidationError(gettext("Choose a published story that is not for one group alone"))
        return self.cleaned_data


class AgainForm(forms.Form):
    """A letter that failed goes again when asked; one that is in doubt only with a reason."""

    reason = forms.CharField(
        label=_("Why must it go again?"),
        help_text=_("It is kept, with your name. Write it without names."),
        max_length=300,
        error_messages={
            "required": _("Write down why it must go again, though it may come twice"),
            "max_length": _("Keep the reason within 300 characters"),
        },
    )

    def __init__(self, *args, in_doubt, **kwargs):
        super().__init__(*args, **kwargs)
        if not in_doubt:
            del self.fields["reason"]
