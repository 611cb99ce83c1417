"""What members say about themselves, and the colleague they vouch for."""

from django import forms
from django.db import transaction

from design.forms import Radios, TickBoxes
from members.forms.fields import (
    BoundariesField,
    EmailField,
    OneLine,
    YesNoField,
    boundary_field,
    name_field,
    place_field,
    role_field,
)


def letter_field():
    return YesNoField(
        label="Send me the weekly letter?",
        help_text="One mail a week with what you have not read yet, and none when there is nothing new.",
        widget=Radios,
        missing="Choose whether you want the weekly letter",
    )


class WelcomeForm(forms.Form):
    """Four questions after the first sign-in; only the last one wants an answer."""

    place = place_field("Where do you work?")
    works_in = BoundariesField(label="Which services do you work in?", widget=TickBoxes(folded=True))
    would_cross_to = boundary_field("Which one would you like to cross to?")
    weekly_letter = letter_field()

    @transaction.atomic
    def save(self, user, *, now):
        profile, answers = user.profile, self.cleaned_data
        profile.place, profile.weekly_letter = answers["place"], answers["weekly_letter"]
        profile.save(update_fields=["place", "weekly_letter"])
        profile.works_in.set(answers["works_in"])
        if answers["would_cross_to"]:
            profile.would_cross_to.add(answers["would_cross_to"])
        user.mark_welcomed(now=now)


def line(label, length, help_text=""):
    return OneLine(
        label=label,
        help_text=help_text,
        max_length=length,
        required=False,
        widget=forms.Textarea({"rows": 2}) if length > 200 else forms.TextInput,
        error_messages={"max_length": f"“{label}” has room for {length} characters"},
    )


class ProfileForm(forms.Form):
    """The whole profile, and whether others find it in the directory."""

    first_name = name_field()
    last_name = line("Last name", 60)
    role = role_field("What is your work?")
    organisation = line("Where do you do it?", 120, "The organisation. Leave it empty if that says too much about you.")
    place = place_field("Which area?")
    works_in = BoundariesField(label="Which services do you work in?", widget=TickBoxes(folded=True))
    would_cross_to = BoundariesField(
        label="Which would you like to cross to?",
        help_text="Where you would like to meet people.",
        widget=TickBoxes(folded=True),
    )
    ask_me_about = line("Ask me about", 300, "What you know from doing it.")
    help_with = line("I would like help with", 300)
    listed = YesNoField(
        label="List me in the directory?",
        widget=Radios(
            hints={
                "yes": "Members can find you by service and place, and see what is on this page.",
                "no": "Nobody finds you. Your stories stay as you sent them.",
            }
        ),
        missing="Choose whether you want to be listed",
    )

    @classmethod
    def about(cls, user, data=None):
        """The form filled with what the profile says now."""
        profile = user.profile
        fields = ["role", "organisation", "place", "ask_me_about", "help_with"]
        initial = {name: getattr(profile, name) for name in fields} | {
            "first_name": user.first_name,
            "last_name": user.last_name,
            "works_in": profile.works_in.all(),
            "would_cross_to": profile.would_cross_to.all(),
            "listed": "yes" if profile.listed_at else "no",
        }
        return cls(data, initial=initial)

    @transaction.atomic
    def save(self, user, *, now):
        profile, answers = user.profile, self.cleaned_data
        user.first_name, user.last_name = answers["first_name"], answers["last_name"]
        user.save(update_fields=["first_name", "last_name"])
        for name in ("role", "organisation", "place", "ask_me_about", "help_with"):
            setattr(profile, name, answers[name])
        profile.list_in_directory(answers["listed"], now=now)
        profile.save()
        profile.works_in.set(answers["works_in"])
        profile.would_cross_to.set(answers["would_cross_to"])


class VouchForm(forms.Form):
    """One colleague's address."""

    email = EmailField(
        label="Their e-mail address",
        help_text="An address that only they read, where you know one.",
        required="Enter your colleague’s e-mail address",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
