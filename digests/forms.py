"""What members and staff answer about the letter."""

from django import forms

from design.forms import Radios
from digests.models import Issue
from members.forms.fields import EmailField


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
