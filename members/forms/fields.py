"""Fields that several forms share: they say in our words what is wrong, and let nothing strange through."""

from itertools import groupby

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.outbox import one_line
from practices import words
from practices.models import Boundary, Place, Role

NO_NULL = {"null_characters_not_allowed": _("Enter it without signs that cannot be shown")}


class OneLine(forms.CharField):
    """Text on one line: a pasted line break or an invisible sign is taken out, not refused."""

    def to_python(self, value):
        return one_line(super().to_python(value))


def name_field(**options):
    return OneLine(
        label=_("First name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={
            "required": _("Enter your first name"),
            "max_length": _("Enter a first name of 60 characters or fewer"),
        },
        **options,
    )


class EmailField(forms.EmailField):
    """An address, in small letters as accounts keep them."""

    def __init__(self, *, label=_("E-mail address"), help_text="", required=_("Enter your e-mail address")):
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


class SlugField(forms.ChoiceField):
    """One of a table's rows or none, chosen by slug; cleans to the row itself."""

    def __init__(self, queryset, choices, *, missing, **options):
        super().__init__(required=False, error_messages={"invalid_choice": missing}, choices=choices, **options)
        self.queryset = queryset

    def clean(self, value):
        slug = super().clean(value)
        return self.queryset.get(slug=slug) if slug else None

    def prepare_value(self, value):
        return getattr(value, "slug", value)


def place_field(label):
    """A nation, region or council area."""
    return SlugField(
        Place.objects.all(),
        lambda: [("", gettext("Choose a place")), *words.place_choices()],
        label=label,
        missing=_("Choose a place from the list"),
    )


def role_field(label):
    """A kind of work; staff keep the list broad enough to name nobody."""
    return SlugField(
        Role.objects.all(),
        lambda: [("", gettext("Choose a role")), *Role.objects.values_list("slug", "name")],
        label=label,
        missing=_("Choose a role from the list"),
    )


def boundary_field(label):
    """One active boundary."""
    return SlugField(
        Boundary.objects.active(),
        lambda: [("", gettext("Choose a service")), *boundary_choices()],
        label=label,
        missing=_("Choose a service from the list"),
    )


def boundary_choices():
    return [(boundary.slug, boundary.name) for boundary in words.boundaries()]


class BoundariesField(forms.TypedMultipleChoiceField):
    """Some of the active boundaries, chosen by slug; cleans to the boundaries themselves."""

    def __init__(self, **options):
        super().__init__(
            required=False, error_messages={"invalid_choice": "Choose services from the list"}, coerce=str, **options
        )
        self.choices = lambda: words.by_family(words.boundaries())

    def clean(self, value):
        slugs = set(super().clean(value))
        return [boundary for boundary in words.boundaries() if boundary.slug in slugs]

    def prepare_value(self, value):
        return [getattr(chosen, "slug", chosen) for chosen in value or []]


class PracticesField(forms.TypedMultipleChoiceField):
    """Some of the practices, chosen by slug; cleans to the practices themselves."""

    def __init__(self, **options):
        super().__init__(
            required=False, error_messages={"invalid_choice": "Choose practices from the list"}, coerce=str, **options
        )
        self.choices = practices_by_stage

    def clean(self, value):
        slugs = set(super().clean(value))
        return [practice for practice in words.practices() if practice.slug in slugs]

    def prepare_value(self, value):
        return [getattr(chosen, "slug", chosen) for chosen in value or []]


def practices_by_stage():
    stages = groupby(words.practices(), key=lambda practice: practice.get_stage_display())
    return [(name, [(practice.slug, practice.name) for practice in found]) for name, found in stages]


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
