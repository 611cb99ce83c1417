"""Fields that several forms share: they say in our words what is wrong, and let nothing strange through."""

from django import forms

from members.outbox import one_line
from practices import words
from practices.models import Boundary, Place, Role

NO_NULL = {"null_characters_not_allowed": "Enter it without signs that cannot be shown"}


class OneLine(forms.CharField):
    """Text on one line: a pasted line break or an invisible sign is taken out, not refused."""

    def to_python(self, value):
        return one_line(super().to_python(value))


def name_field(**options):
    return OneLine(
        label="First name",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={
            "required": "Enter your first name",
            "max_length": "Enter a first name of 60 characters or fewer",
        },
        **options,
    )


class EmailField(forms.EmailField):
    """An address, in small letters as accounts keep them."""

    def __init__(self, *, label="E-mail address", help_text="", required="Enter your e-mail address"):
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            error_messages={
                "required": required,
                "invalid": "Enter an e-mail address in the form name@example.org",
                "max_length": "Enter an e-mail address of 254 characters or fewer",
                **NO_NULL,
            },
        )

    def clean(self, value):
        return super().clean(value).lower()


class PlaceField(forms.ChoiceField):
    """A nation, region or council area, chosen by slug; cleans to the Place."""

    def __init__(self, **options):
        super().__init__(required=False, error_messages={"invalid_choice": "Choose a place from the list"}, **options)
        self.choices = lambda: [("", "Choose a place"), *words.place_choices()]

    def clean(self, value):
        slug = super().clean(value)
        return Place.objects.get(slug=slug) if slug else None

    def prepare_value(self, value):
        return value.slug if isinstance(value, Place) else value


class RoleField(forms.ModelChoiceField):
    """Staff keep the list, broad enough to name nobody."""

    def __init__(self, **options):
        super().__init__(
            Role.objects.all(),
            required=False,
            empty_label="Choose a role",
            to_field_name="slug",
            error_messages={"invalid_choice": "Choose a role from the list"},
            **options,
        )


class BoundariesField(forms.TypedMultipleChoiceField):
    """Some of the active boundaries, chosen by slug; cleans to the boundaries themselves."""

    def __init__(self, **options):
        super().__init__(
            required=False, error_messages={"invalid_choice": "Choose services from the list"}, coerce=str, **options
        )
        self.choices = lambda: [(boundary.slug, boundary.name) for boundary in words.boundaries()]

    def clean(self, value):
        slugs = set(super().clean(value))
        return [boundary for boundary in words.boundaries() if boundary.slug in slugs]

    def prepare_value(self, value):
        return [getattr(chosen, "slug", chosen) for chosen in value or []]


class BoundaryField(forms.ChoiceField):
    """One active boundary or none."""

    def __init__(self, **options):
        super().__init__(required=False, error_messages={"invalid_choice": "Choose a service from the list"}, **options)
        self.choices = lambda: [
            ("", "Choose a service"),
            *((boundary.slug, boundary.name) for boundary in words.boundaries()),
        ]

    def clean(self, value):
        slug = super().clean(value)
        return Boundary.objects.active().get(slug=slug) if slug else None


class YesNoField(forms.TypedChoiceField):
    """A question that must be answered and that nothing answers beforehand."""

    def __init__(self, *, missing, **options):
        super().__init__(
            choices=[("yes", "Yes"), ("no", "No")],
            coerce=lambda value: value == "yes",
            empty_value=None,
            error_messages={"required": missing, "invalid_choice": missing},
            **options,
        )
