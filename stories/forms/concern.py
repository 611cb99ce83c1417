"""What anybody can say about a story, without an account."""

from django import forms

from design.forms import Radios
from members.models import Concern
from stories.forms.answers import UNKNOWN, Words


class ConcernForm(forms.Form):
    use_required_attribute = False
    kind = forms.ChoiceField(
        label="What is it about?",
        choices=Concern.Kind.choices,
        widget=Radios(
            hints={
                "about_me": "You are in this story, or you think you are.",
                "recognised": "You, or somebody else, could tell who is meant.",
                "worried": "Somebody may be in danger. The moderators are told at once.",
            }
        ),
        error_messages={"required": "Choose what it is about", "invalid_choice": UNKNOWN},
    )
    text = Words(
        label="What should we know?",
        help_text="In your own words. Only moderators read it. If you want it taken down, say so.",
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Enter what we should know"},
    )
    contact = forms.EmailField(
        label="Your e-mail address",
        help_text="We write once, when it has been read, and then delete the address.",
        required=False,
        error_messages={
            "invalid": "Enter an e-mail address such as name@example.org, or leave it empty",
            "null_characters_not_allowed": "Enter an e-mail address such as name@example.org, or leave it empty",
        },
    )
    # Signed by us, so there is nothing to clean: what is not ours counts for nothing.
    form_key = forms.Field(required=False, widget=forms.HiddenInput)


class Whose(forms.ModelChoiceField):
    def label_from_instance(self, thanks):
        return f"{thanks.shown_name}: {thanks.get_kind_display()}"


class ThanksConcernForm(ConcernForm):
    """Which of the thanks that stand there with a name."""

    which = Whose(
        queryset=None,
        label="Which of the thanks?",
        empty_label=None,
        widget=Radios,
        error_messages={"required": "Choose which of the thanks", "invalid_choice": UNKNOWN},
    )
    field_order = ["which", "kind", "text", "contact", "form_key"]

    def __init__(self, *args, named, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["which"].queryset = named


class WorryForm(ConcernForm):
    """Without a story to point to: about a person, or about a story that whoever writes cannot open."""

    kind = forms.ChoiceField(
        label="What is it about?",
        choices=[
            (Concern.Kind.WORRIED, "I am worried about someone"),
            (Concern.Kind.ABOUT_ME, "There is a story about me, or somebody I know, that I cannot open"),
        ],
        initial=Concern.Kind.WORRIED,
        widget=Radios,
        error_messages={"required": "Choose what it is about", "invalid_choice": UNKNOWN},
    )
    text = Words(
        label="What should we know?",
        help_text=("What you saw or heard, and where. If it is about a story: its title or its address."),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Enter what we should know"},
    )
