"""What the gallery shows its components with: made-up systems, forms in every state, and the palette."""

from types import SimpleNamespace

from django import forms
from django.contrib.messages.constants import ERROR, INFO, SUCCESS, WARNING
from django.contrib.messages.storage.base import Message

from design.forms import CodeInput, DateInput, Radios, TickBoxes
from design.icons import ICONS

FAMILIES = ("health", "care", "home", "justice", "money", "community")
COLOURS = ("page", "sunk", "ink", "soft", "line", "hair", "action", "hivis", "error", "ok", "note", *FAMILIES)


def system(name, family):
    return SimpleNamespace(name=name, family=family)


HOUSING = system("Housing", "home")
MENTAL_HEALTH = system("Mental health", "care")
PRISONS = system("Prisons and probation", "justice")
PRIMARY = system("Primary and community health", "health")
BENEFITS = system("Benefits and jobcentre", "money")
COUNCIL = system("Council commissioning and policy", "community")


class Sample(forms.Form):
    """One field of every kind, with the words a real form would use."""

    focus_errors = False
    title = forms.CharField(
        label="In one line, what changed?",
        help_text="Plain words. No names of people or small services.",
        max_length=100,
        error_messages={"required": "Enter one line about what changed"},
    )
    noticed = forms.CharField(
        label="What did you notice that was not working, from where you stood?",
        help_text="One moment is enough. Describe the situation, not the person.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter what you noticed"},
    )
    advice = forms.CharField(label="What should someone know first?", required=False)
    region = forms.ChoiceField(
        label="Where was it?",
        choices=[("", "Choose a region"), ("nw", "North West"), ("sw", "South West")],
        error_messages={"required": "Choose a region"},
    )
    audience = forms.ChoiceField(
        label="Who can read it?",
        choices=[("members", "Members"), ("public", "Everyone"), ("coalition", "One group only")],
        widget=Radios(hints={"members": "People with an account here.", "public": "Anyone, search engines too."}),
        error_messages={"required": "Choose who can read it"},
    )
    systems = forms.MultipleChoiceField(
        label="Which services did this run between?",
        choices=[
            ("Health", [("gp", "Primary and community health"), ("mh", "Mental health")]),
            ("Home", [("housing", "Housing"), ("rough", "Homelessness and rough sleeping")]),
        ],
        widget=TickBoxes(columns=True),
        error_messages={"required": "Choose at least one service"},
    )
    review = forms.DateField(label="When should we ask you again?", required=False, widget=DateInput())
    photo = forms.FileField(label="A picture", required=False, help_text="Nobody’s face, no documents.")
    code = forms.CharField(
        label="The code from the mail", widget=CodeInput(), error_messages={"required": "Enter the code from the mail"}
    )
    agreed = forms.BooleanField(
        label="The person agreed that I tell this", error_messages={"required": "Tick this when the person agreed"}
    )

    def clean(self):
        if self.data.get("title"):
            raise forms.ValidationError("This draft was changed in another window: both texts are below.")


class Narrow(forms.Form):
    """What filters a list: nothing is required, so nothing needs to say that it is optional."""

    mark_optional = False
    region = forms.ChoiceField(
        label="Where", required=False, choices=[("", "Anywhere"), ("nw", "North West"), ("sw", "South West")]
    )


class Locked(forms.Form):
    address = forms.EmailField(label="Your address", disabled=True, help_text="Ask the programme team to change it.")


def forms_in_every_state():
    typed = {"title": "The form that asked <one> question less", "systems": ["housing"], "audience": "public"}
    return {
        "empty_form": Sample(auto_id="empty_%s"),
        "refused_form": Sample({}, auto_id="refused_%s"),
        "typed_form": Sample(typed, auto_id="typed_%s"),
        "filter_form": Narrow(auto_id="filter_%s"),
        "locked_form": Locked(auto_id="locked_%s", initial={"address": "sam@example.org"}),
    }


def showcase():
    """Everything that the gallery's templates name."""
    return {
        **forms_in_every_state(),
        "icons": ICONS,
        "colours": COLOURS,
        "families": [system(name.capitalize(), name) for name in FAMILIES],
        "one": [HOUSING],
        "two": [HOUSING, MENTAL_HEALTH],
        "long": [PRISONS, COUNCIL],
        "three": [PRISONS, HOUSING, BENEFITS],
        "many": [PRIMARY, MENTAL_HEALTH, HOUSING, BENEFITS, COUNCIL],
        "works": [PRIMARY],
        "trail": [("Stories", "/stories/"), ("Housing and mental health", "/crossings/")],
        "chosen": [("Housing", "#"), ("Mental health", "#"), ("North West", "#")],
        "tasks": [
            {"title": "What you noticed", "href": "#", "status": "Done", "done": True},
            {"title": "What you tried", "href": "#", "status": "Not yet started", "hint": "Two questions."},
            {"title": "Send it", "status": "After the rest"},
        ],
        "answers": [
            {"label": "What you noticed", "value": "A letter nobody read.\nA form nobody owned.", "change": "#"},
            {"label": "Who can read it?", "value": "Members", "change": "#"},
            {"label": "What surprised you?", "value": "", "change": "#"},
            {"label": "Sent", "value": "3 May 2025"},
        ],
        "shift_rows": [
            {"label": "How people thought", "text": "The letter stopped being proof and became one more voice."},
            {"label": "How people behaved", "text": "The two teams ring each other before they refuse."},
            {"label": "On the ground", "text": "Eleven weeks became two.", "note": "Measured"},
        ],
        "bars": [
            {"label": s.name, "count": 14 - 2 * i, "family": s.family}
            for i, s in enumerate([HOUSING, MENTAL_HEALTH, PRISONS, PRIMARY, BENEFITS, COUNCIL])
        ],
        "plain_bars": [
            {"label": "Worked", "count": 4},
            {"label": "Partly", "count": 3},
            {"label": "Did not work", "count": 2},
            {"label": "Too early to say", "count": 0},
        ],
        "told": [
            Message(SUCCESS, "Your changes are kept."),
            Message(INFO, "Saved 14:32"),
            Message(WARNING, "You have been writing for an hour."),
            Message(ERROR, "Two drafts clash."),
        ],
    }
