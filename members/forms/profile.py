"""What members say about themselves, and the colleague they vouch for."""

from django import forms
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from confidentiality import pictures
from design.forms import Radios, TickBoxes
from members import entries
from members.forms.fields import (
    BoundariesField,
    EmailField,
    OneLine,
    PracticesField,
    YesNoField,
    boundary_field,
    name_field,
    place_field,
    role_field,
)
from members.models import FIELDS, Photo, SeenBy


def letter_field():
    return YesNoField(
        label=_("Send me the weekly letter?"),
        help_text=_("One mail a week with what you have not read yet, and none when there is nothing new."),
        widget=Radios,
        missing=_("Choose whether you want the weekly letter"),
    )


class WelcomeForm(forms.Form):
    """Four questions after the first sign-in; only the last one wants an answer."""

    place = place_field(_("Where do you work?"))
    works_in = BoundariesField(label=_("Which services do you work in?"), widget=TickBoxes(folded=True))
    would_cross_to = boundary_field(_("Which one would you like to cross to?"))
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
        entries.refresh(user.pk)


def line(label, length, help_text=""):
    return OneLine(
        label=label,
        help_text=help_text,
        max_length=length,
        required=False,
        widget=forms.Textarea({"rows": 2}) if length > 200 else forms.TextInput,
        error_messages={
            "max_length": format_lazy(_("“{label}” has room for {length} characters"), label=label, length=length)
        },
    )


def seen_by_field(label):
    return forms.ChoiceField(
        label=label,
        choices=SeenBy.choices,
        error_messages={
            "required": format_lazy(_("Choose who sees: {what}"), what=label.lower()),
            "invalid_choice": format_lazy(_("Choose who sees: {what}"), what=label.lower()),
        },
    )


class ProfileForm(forms.Form):
    """The whole profile but its photo, and who sees what of it. Being listed is chosen beside how it looks."""

    first_name = name_field()
    last_name = line(_("Last name"), 60)
    role = role_field(_("What is your work?"))
    organisation = line(
        _("Where do you do it?"), 120, _("The organisation. Leave it empty if that says too much about you.")
    )
    place = place_field(_("Which area?"))
    works_in = BoundariesField(label=_("Which services do you work in?"), widget=TickBoxes(folded=True))
    would_cross_to = BoundariesField(
        label=_("Which would you like to cross to?"),
        help_text=_("Where you would like to meet people."),
        widget=TickBoxes(folded=True),
    )
    practices = PracticesField(
        label=_("Which practices do you use?"),
        help_text=_("What you could tell a colleague about."),
        widget=TickBoxes(folded=True),
    )
    ask_me_about = line(_("Ask me about"), 300, _("What you know from doing it."))
    help_with = line(_("I would like help with"), 300)
    role_seen_by = seen_by_field(_("Your work"))
    organisation_seen_by = seen_by_field(_("Your organisation"))
    place_seen_by = seen_by_field(_("Your area"))
    works_in_seen_by = seen_by_field(_("Services you work in"))
    would_cross_to_seen_by = seen_by_field(_("Services you would cross to"))
    practices_seen_by = seen_by_field(_("Practices you use"))
    ask_me_about_seen_by = seen_by_field(_("Ask me about"))
    help_with_seen_by = seen_by_field(_("I would like help with"))
    photo_seen_by = seen_by_field(_("Your photo"))

    PARTS = (
        (_("You"), ("first_name", "last_name", "role", "organisation", "place")),
        (_("What you do"), ("works_in", "would_cross_to", "practices")),
        (_("In your words"), ("ask_me_about", "help_with")),
    )
    WORDS = ("works_in", "would_cross_to", "practices")
    AUDIENCES = tuple(f"{name}_seen_by" for name in FIELDS)
    COLUMNS = ("role", "organisation", "place", "ask_me_about", "help_with", *AUDIENCES)

    def parts(self):
        """The questions in their groups: pairs of a heading and its fields."""
        return [(heading, [self[name] for name in names]) for heading, names in self.PARTS]

    def audiences(self):
        return [self[name] for name in self.AUDIENCES]

    @property
    def hides_something(self):
        """Something is not for every member, or was not understood: the fold with the audiences stands open."""
        return any(field.errors or field.value() != SeenBy.MEMBERS for field in self.audiences())

    @classmethod
    def about(cls, user, data=None):
        """The form filled with what the profile says now."""
        profile = user.profile
        initial = {name: getattr(profile, name) for name in cls.COLUMNS}
        initial |= {name: getattr(profile, name).all() for name in cls.WORDS}
        return cls(data, initial=initial | {"first_name": user.first_name, "last_name": user.last_name})

    @transaction.atomic
    def save(self, user):
        profile, answers = user.profile, self.cleaned_data
        user.first_name, user.last_name = answers["first_name"], answers["last_name"]
        user.save(update_fields=["first_name", "last_name"])
        for name in self.COLUMNS:
            setattr(profile, name, answers[name])
        profile.save(update_fields=self.COLUMNS)
        for name in self.WORDS:
            getattr(profile, name).set(answers[name])
        entries.refresh(user.pk)


class PortraitForm(forms.Form):
    """A photo of the member; `cleaned_data["photo"]` is a `pictures.Picture`, of the upload nothing else is left."""

    LONGEST = 800  # pixels: a page shows a quarter of that, and a sharp screen half
    KINDS = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/tiff,.heic,.heif"

    use_required_attribute = False
    photo = forms.FileField(
        label=_("Photo of you"),
        help_text=_(
            "JPEG, PNG, WebP, HEIC or TIFF, up to 10 MB. We keep the picture alone: not where or when it was "
            "taken, nor what the file is called. Only you on it, and no badge or screen that can be read."
        ),
        widget=forms.FileInput({"accept": KINDS}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a photo"), "invalid": _("Choose a photo")},
    )

    def clean_photo(self):
        try:
            return pictures.clean(self.cleaned_data["photo"], longest=self.LONGEST)
        except pictures.Refused as refused:
            raise forms.ValidationError(str(refused)) from refused

    @transaction.atomic
    def save(self, user, *, now):
        """The one photo of this member, in place of the one before."""
        user.profile.show(Photo.keep(self.cleaned_data["photo"], now=now))


class VouchForm(forms.Form):
    """One colleague's address."""

    email = EmailField(
        label=_("Their e-mail address"),
        help_text=_("An address that only they read, where you know one."),
        required=_("Enter your colleague’s e-mail address"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
