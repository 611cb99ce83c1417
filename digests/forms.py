"""What members and staff answer about the letter."""

from django import forms

from design.forms import Radios
from digests.models import Issue, Subscription
from members.forms.fields import EmailField, boundary_field, place_field
from practices.models import Crossing


class PreferenceForm(forms.Form):
    """Yes or no; nothing is chosen beforehand for a member who was never asked."""

    weekly_letter = forms.ChoiceField(
        label="Send me the weekly letter?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=Radios,
        error_messages={
            "required": "Choose yes or no",
            "invalid_choice": "Choose yes or no",
        },
    )

    def __init__(self, *args, profile, **kwargs):
        answer = {True: "yes", False: "no"}.get(profile.weekly_letter)
        super().__init__(*args, initial={"weekly_letter": answer}, **kwargs)


class SubscribeForm(forms.Form):
    """The address of somebody without an account."""

    address = EmailField(help_text="An address that only you read, where you have one.")


Kind = Subscription.Kind
LISTS = [
    (Kind.LETTER, "Everything new"),
    (Kind.REPORTS, "New reports"),
    (Kind.CROSSING, "What people tell between two services"),
    (Kind.PLACE, "What people tell from one place"),
]
HINTS = {
    Kind.LETTER: "The public letter: stories that anybody may read, and reports.",
    Kind.REPORTS: "Long reads by the programme team.",
    Kind.CROSSING: "Choose the two below.",
    Kind.PLACE: "Choose it below.",
}
CHOOSE = "Choose what you want to hear of"


class MailingListForm(SubscribeForm):
    """What somebody without an account wants to hear of. The services and the place count where they were asked for."""

    list = forms.ChoiceField(
        label="What do you want to hear of?",
        choices=LISTS,
        widget=Radios(hints=HINTS),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    a = boundary_field("One service")
    b = boundary_field("The other service")
    place = place_field("The place")
    field_order = ["list", "a", "b", "place", "address"]

    def __init__(self, *args, chosen="", **kwargs):
        super().__init__(*args, initial={"list": chosen}, **kwargs)
        self.fields["a"].help_text = self.fields["b"].help_text = "Only if you want to hear of two services."
        self.fields["place"].help_text = "Only if you want to hear of a place. A region brings what lies in it."

    def clean(self):
        kind, a, b = (self.cleaned_data.get(name) for name in ("list", "a", "b"))
        if kind == Kind.CROSSING and not (a and b):
            self._ask("b" if a else "a", "Choose two services")
        elif kind == Kind.CROSSING and a == b:
            self._ask("b", "Choose two different services")
        elif kind == Kind.PLACE and not self.cleaned_data.get("place"):
            self._ask("place", "Choose a place")

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


class NoteForm(forms.ModelForm):
    """A few words of the team above the stories."""

    class Meta:
        model = Issue
        fields = ["note"]
        labels = {"note": "A note from the team"}
        help_texts = {"note": "A few sentences above the stories. Leave it empty and there is none."}
        widgets = {"note": forms.Textarea(attrs={"rows": 5, "maxlength": 2000})}

    def clean_note(self):
        note = self.cleaned_data["note"]
        if len(note) > 2000:
            raise forms.ValidationError("Keep the note within 2,000 characters")
        return note
