""" "Rule or habit?": asking, answering, and looking for what was asked before."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import DateInput, Radios, TickBoxes, Words
from members.forms.fields import NO_NULL, BoundariesField, OneLine, PracticesField
from networks.forms.answered import AnsweredForm
from networks.models import RuleAnswer, RuleQuestion
from networks.models.rules import Audience, Naming
from practices import finding, words
from practices.models import Place

UNKNOWN = _("Choose one of the answers shown")
LONGEST = 2_000
KINDS = RuleAnswer.Kind


def several_lines(**options):
    return Words(max_length=LONGEST, widget=forms.Textarea({"rows": 4}), **options)


class SaidForm(AnsweredForm):
    """What a question and an answer have in common."""

    who_reads = _("A moderator reads your answer.")
    naming = forms.ChoiceField(
        label=_("How should we name you?"),
        choices=Naming.choices,
        initial=Naming.ROLE,
        widget=Radios(
            hints={
                "role": _("Nobody reads your name. Where few people share your role and region, readers see less."),
                "hidden": _("Readers see “A frontline worker”."),
            }
        ),
        error_messages={"required": _("Choose how we should name you"), "invalid_choice": UNKNOWN},
    )
    form_key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def fill(self, said, *, profile):
        said.name_as(self.cleaned_data["naming"], profile)
        said.may_stay, said.form_key = self.cleaned_data["may_stay"], self.cleaned_data["form_key"] or None
        return said


class AskForm(SaidForm):
    told = OneLine(
        label=_("I was told we can’t …"),
        help_text=_("In one line: what, and because of what. “… share a waiting list, because of data protection.”"),
        max_length=160,
        error_messages={
            "required": _("Enter what you were told you cannot do"),
            "max_length": _("Keep this to 160 characters or fewer"),
            **NO_NULL,
        },
    )
    more = several_lines(
        label=_("What else should people know?"),
        help_text=_("Who said so, as a role, and what it stops. Leave out names of people and services."),
        required=False,
    )
    boundaries = BoundariesField(label=_("Between which services?"), widget=TickBoxes(folded=True))
    practices = PracticesField(label=_("Were you trying one of these?"), widget=TickBoxes(folded=True))
    audience = forms.ChoiceField(
        label=_("Who can read it?"),
        choices=Audience.choices,
        initial=Audience.MEMBERS,
        widget=Radios,
        error_messages={"required": _("Choose who can read it"), "invalid_choice": UNKNOWN},
    )
    field_order = ["told", "more", "boundaries", "practices", "naming", "audience", "may_stay", "form_key"]
    checked = ("told", "more")

    def question(self, *, profile):
        fields = {name: self.cleaned_data[name] for name in ("told", "more", "audience")}
        return self.fill(RuleQuestion(**fields), profile=profile)


class AnswerForm(SaidForm):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=KINDS.choices,
        widget=Radios(
            hints={
                "law": _("It stands in an act or in regulations."),
                "contract": _("It stands in a contract, a grant or a commissioner’s specification."),
                "policy": _("Somebody here decided so, and could decide otherwise."),
                "habit": _("It stands nowhere that you could find."),
            }
        ),
        error_messages={"required": _("Choose what it is"), "invalid_choice": UNKNOWN},
    )
    text = several_lines(
        label=_("What do you know about it?"),
        help_text=_("In your own words: what is allowed, to whom, and what you did. Leave out names."),
        error_messages={"required": _("Enter what you know about it")},
    )
    source = OneLine(
        label=_("Where does it stand?"),
        help_text=_("The act and its section, the guidance, the policy’s title; or whom you asked, as a role."),
        max_length=300,
        required=False,
        error_messages={"max_length": _("Keep this to 300 characters or fewer"), **NO_NULL},
    )
    source_url = forms.URLField(
        label=_("The address of that page"),
        assume_scheme="https",
        max_length=400,
        required=False,
        error_messages={
            "invalid": _("Enter an address that begins with https://, or leave it empty"),
            "max_length": _("Keep this to 400 characters or fewer"),
            **NO_NULL,
        },
    )
    nation = forms.ChoiceField(
        label=_("Where does that hold?"), required=False, error_messages={"invalid_choice": UNKNOWN}
    )
    checked_date = forms.DateField(
        label=_("When did you look?"),
        help_text=_("The day on which you last read it, or asked."),
        widget=DateInput,
        error_messages={
            "required": _("Enter the day on which you looked"),
            "invalid": _("Enter a day, such as 2026-03-27"),
        },
    )
    field_order = ["kind", "text", "source", "source_url", "nation", "checked_date", "naming", "may_stay", "form_key"]
    checked = ("text", "source")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nation"].choices = [("", gettext("All of the UK")), *nation_choices()]

    def clean_checked_date(self):
        looked = self.cleaned_data["checked_date"]
        if looked > timezone.localdate() or looked.year < 1950:
            raise forms.ValidationError(gettext("Enter a day that has been"))
        return looked

    def clean(self):
        answers = super().clean()
        if answers.get("kind") in {KINDS.LAW, KINDS.CONTRACT} and not answers.get("source"):
            self.add_error("source", gettext("Enter where it stands: for a law or a contract others need that"))
        return answers

    def answer(self, question, *, profile):
        fields = {name: self.cleaned_data[name] for name in ("kind", "text", "source", "source_url", "checked_date")}
        nation = next((place for place in nations() if place.slug == self.cleaned_data["nation"]), None)
        return self.fill(RuleAnswer(question=question, nation=nation, **fields), profile=profile)


def nations():
    return [place for place in words.places() if place.kind == Place.Kind.NATION]


def nation_choices():
    return [(place.slug, place.name) for place in nations()]


class FindingForm(finding.FindingForm):
    q = OneLine(label=_("Words"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Answered as"), required=False, choices=[("", _("Anything")), *KINDS.choices])
    practice = forms.ChoiceField(label=_("Practice"), required=False)
    place = forms.ChoiceField(label=_("Holds in"), required=False)
    open = forms.BooleanField(label=_("Nobody has answered yet"), required=False)
    field_order = ["q", "kind", "place", "practice", "open", "boundary"]

    def __init__(self, data):
        super().__init__(data)
        self.fields["practice"].choices = [("", gettext("Any")), *((one.slug, one.name) for one in words.practices())]
        self.fields["place"].choices = [("", gettext("Anywhere")), *nation_choices()]


class Finding(finding.Finding):
    form_class = FindingForm
    forgiven = frozenset({"q"})

    def __init__(self, query):
        super().__init__(query)
        self.practice = self.one_of(words.practices(), "practice")
        asked = self.form.cleaned_data
        self.words, self.kind, self.is_open = asked.get("q", ""), asked["kind"], asked["open"]

    def narrow(self, questions):
        """Between all of these services; said in all of these words; answered like this."""
        for boundary in self.boundaries:
            questions = questions.filter(boundaries=boundary)
        if self.practice:
            questions = questions.filter(practices=self.practice)
        if self.words:
            questions = questions.saying(self.words)
        if self.kind or self.place:
            questions = questions.answered_as(self.kind, self.place)
        return questions.unanswered() if self.is_open else questions

    def chips(self):
        said = []
        if self.words:
            said.append((f"“{self.words}”", self._without("q", self.query["q"])))
        if self.kind:
            said.append((KINDS(self.kind).label, self._without("kind", self.kind)))
        if self.practice:
            said.append((self.practice.name, self._without("practice", self.practice.slug)))
        if self.is_open:
            said.append((gettext("Not answered yet"), self._without("open", self.query["open"])))
        return [*said, *super().chips()]
