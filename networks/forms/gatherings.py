"""A gathering put up or changed, and whether somebody comes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import DateInput, Line, Radios, Words
from members import quiet
from networks.forms.answered import AnsweredForm
from networks.models import Attendance, Gathering

# As far ahead as people plan; a year typed wrongly is further.
FARTHEST = timedelta(days=731)
KEPT = ("title", "what_for", "where", "link", "time_zone", "may_stay")


class TimeInput(forms.TimeInput):
    """An hour and minute, by the browser's own clock."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


def time_field(label, missing):
    wrong = {"required": missing, "invalid": _("Enter a time, such as 14:30")}
    return forms.TimeField(label=label, widget=TimeInput, error_messages=wrong)


def moment(day, clock, zone):
    """This time on this day by the clock there; None where the clocks leave it out in spring."""
    at = datetime.combine(day, clock, zone)
    real = datetime.fromtimestamp(at.timestamp(), zone)
    return at if real.replace(tzinfo=None) == at.replace(tzinfo=None) else None


class GatheringForm(AnsweredForm):
    checked = ("title", "what_for")
    title = Line(
        label=_("What is it called?"),
        max_length=120,
        error_messages={"required": _("Enter what the gathering is called")},
    )
    what_for = Words(
        label=_("What is it for?"),
        help_text=_("A few lines, if they help. Leave out names of people you work with."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    day = forms.DateField(
        label=_("On which day?"),
        widget=DateInput,
        error_messages={"required": _("Choose the day"), "invalid": _("Enter a day, such as 2026-03-27")},
    )
    begins = time_field(_("From"), _("Enter when it begins"))
    ends = time_field(_("To"), _("Enter when it ends"))
    time_zone = forms.ChoiceField(
        label=_("By whose clock?"),
        choices=list(quiet.ZONES.items()),
        error_messages={"required": _("Choose a clock"), "invalid_choice": _("Choose a clock from the list")},
    )
    where = Line(
        label="Where?",
        help_text=_("A room and how to find it. Only members of this group read it."),
        max_length=300,
        required=False,
    )
    link = forms.URLField(
        label=_("Or a link to join by"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "invalid": _("Enter the address of a web page, such as https://example.org/room"),
            "max_length": _("Keep the link to %(limit_value)d characters or fewer"),
        },
    )
    form_key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    field_order = ("title", "what_for", "may_stay", "day", "begins", "ends", "time_zone", "where", "link")

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now

    @classmethod
    def of(cls, gathering, data, *, now):
        """The form of one that is up already, as it stands."""
        told = {name: getattr(gathering, name) for name in KEPT}
        told |= {"day": gathering.begins.date(), "begins": gathering.begins.time(), "ends": gathering.ends.time()}
        return cls(data, initial=told, now=now)

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not link.isprintable():
            raise forms.ValidationError(self.fields["link"].error_messages["invalid"])
        return link

    def clean(self):
        said = super().clean()
        if all(said.get(name) is not None for name in ("day", "begins", "ends", "time_zone")):
            self._set_moments(said)
        return said

    def _set_moments(self, said):
        zone = ZoneInfo(said["time_zone"])
        today = self.now.astimezone(zone).date()
        if not today <= said["day"] <= today + FARTHEST:
            self.add_error("day", gettext("Choose a day from today on, within two years"))
            return
        for name in ("begins", "ends"):
            said[f"{name}_at"] = moment(said["day"], said[name], zone)
            if said[f"{name}_at"] is None:
                self.add_error(name, gettext("The clocks go forward that night: there is no such time. Choose another"))
        # Moments, since an hour comes twice when the clocks go back.
        if said["begins_at"] and said["ends_at"] and said["ends_at"].timestamp() <= said["begins_at"].timestamp():
            self.add_error("ends", gettext("Enter a time after it begins"))
        elif said["begins_at"] and said["begins_at"] <= self.now:
            self.add_error("begins", gettext("Enter a time that is still to come"))

    @property
    def said(self):
        """As the model holds it."""
        return {name: self.cleaned_data[name] for name in (*KEPT, "begins_at", "ends_at")}

    def gathering(self, coalition):
        return Gathering(coalition=coalition, **self.said)


class AttendanceForm(forms.Form):
    use_required_attribute = False
    answer = forms.ChoiceField(
        label=_("Are you coming?"),
        choices=Attendance.Answer.choices,
        widget=Radios,
        error_messages={"required": _("Choose one of the three"), "invalid_choice": _("Choose one of the three")},
    )
