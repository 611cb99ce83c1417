"""Gathering a coalition, joining it, and what is put on its board."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import Line, Radios, TickBoxes, Words
from members.forms.fields import BoundariesField
from networks.forms.answered import AnsweredForm
from networks.models import Coalition
from networks.models.coalition import Joining
from practices import words
from practices.models import Place

TOLD = ("name", "purpose", "may_stay", "agreements")
QUESTIONS = ("question_1", "question_2", "question_3")


class GatherForm(AnsweredForm):
    checked = ("name", "purpose", "agreements", *QUESTIONS)
    name = Line(
        label=_("What is the group called?"),
        max_length=80,
        error_messages={"required": _("Enter a name for the group")},
    )
    purpose = Words(
        label=_("What is it for?"),
        help_text=_("What you want to change together, in a few lines. Leave out names of people."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Enter what the group is for")},
    )
    boundaries = BoundariesField(label=_("Between which services?"), widget=TickBoxes(folded=True))
    place = forms.ChoiceField(
        label="Where?", required=False, error_messages={"invalid_choice": _("Choose a place from the list")}
    )
    joining = forms.ChoiceField(
        label=_("Who can join?"),
        choices=Joining.choices,
        initial=Joining.OPEN,
        widget=Radios(
            hints={
                Joining.REQUEST: _("Every member sees its name and what it is for."),
                Joining.INVITED: _("Those in it see it, and those you invite."),
                Joining.HIDDEN: _("For what it is not safe to be seen in. Our mails never say what they are about."),
            }
        ),
        error_messages={"required": _("Choose who can join"), "invalid_choice": _("Choose who can join")},
    )
    question_1 = Line(label=_("If members ask to join: what would you like to know?"), max_length=200, required=False)
    question_2 = Line(label=_("A second question"), max_length=200, required=False)
    question_3 = Line(label=_("A third question"), max_length=200, required=False)
    agreements = Words(
        label=_("What do those who join agree to?"),
        help_text=_("Beside what holds in every group: what is said stays here, and names nobody you work with."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    field_order = ("name", "purpose", "may_stay", "boundaries", "place", "joining", *QUESTIONS, "agreements")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", gettext("Anywhere")), *words.place_choices()]

    @property
    def told(self):
        """What it says of itself, as the model holds it."""
        questions = [self.cleaned_data[name] for name in QUESTIONS if self.cleaned_data[name]]
        return {name: self.cleaned_data[name] for name in TOLD} | {"questions": questions}

    def coalition(self):
        return Coalition(joining=self.cleaned_data["joining"], **self.told)

    def where(self):
        return Place.objects.filter(slug=self.cleaned_data["place"])


class ChangeForm(GatherForm):
    """Who can join is not asked again: whoever is in it came in by that."""

    joining = None

    @classmethod
    def of(cls, coalition, data):
        """As it stands."""
        told = {name: getattr(coalition, name) for name in TOLD}
        told |= dict(zip(QUESTIONS, coalition.questions, strict=False))
        place = coalition.places.first()
        told |= {"boundaries": coalition.boundaries.all(), "place": place.slug if place else ""}
        form = cls(data, initial=told)
        form.before = coalition
        return form

    def between(self):
        """Services that can be chosen no more stay where they are."""
        retired = set(self.before.boundaries.all()) - set(words.boundaries())
        return [*self.cleaned_data["boundaries"], *retired]

    def where(self):
        """There may be several, which staff have set: they stay until another one is chosen."""
        if self.cleaned_data["place"] == self.initial["place"]:
            return self.before.places.all()
        return super().where()


class JoinForm(forms.Form):
    use_required_attribute = False
    agree = forms.BooleanField(
        label=_("I agree"), error_messages={"required": _("Tick “I agree” to join, or stay outside for now")}
    )


class AskToJoinForm(AnsweredForm, JoinForm):
    """Up to three questions of the convenors, who alone read the answers."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.checked = [f"answer_{number}" for number, _ in enumerate(questions)]
        for name, question in zip(self.checked, questions, strict=True):
            self.fields[name] = Words(
                label=question,
                max_length=1_000,
                widget=forms.Textarea({"rows": 3}),
                error_messages={"required": gettext("Enter your answer")},
            )
        self.order_fields([*self.checked, "may_stay", "agree"])

    @property
    def answers(self):
        return [self.cleaned_data[name] for name in self.checked]


class InviteForm(forms.Form):
    """One member whom the convenor knows here, or one address."""

    use_required_attribute = False
    known = forms.ChoiceField(
        label=_("Somebody you know here"),
        required=False,
        error_messages={"invalid_choice": _("Choose somebody from the list")},
    )
    email = forms.EmailField(
        label=_("Or an e-mail address"),
        help_text=_(
            "The link opens for this address alone, once, for 14 days. The mail says neither who nor what for."
        ),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Enter an e-mail address")},
    )

    def __init__(self, *args, known, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(member.profile.public_id): member for member in known}
        names = sorted(((key, str(member)) for key, member in self.known.items()), key=lambda one: one[1])
        self.fields["known"].choices = [("", gettext("Nobody")), *names]

    def clean(self):
        answers = super().clean()
        if not self.errors and bool(answers.get("known")) == bool(answers.get("email")):
            self.add_error("email", gettext("Choose somebody, or enter an e-mail address"))
        return answers

    @property
    def to(self):
        return {"member": self.known.get(self.cleaned_data["known"]), "email": self.cleaned_data["email"]}


class NoticeForm(AnsweredForm):
    checked = ("text",)
    text = Words(
        label=_("A notice for the others"),
        help_text=_("Members of this group read it. Leave out names of people you work with."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Enter your notice")},
    )
    form_key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    field_order = ("text", "may_stay")
