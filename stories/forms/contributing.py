"""What is added to a story: two minutes each, in the words of the models."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from confidentiality.telling import Told, words_that_stop
from design.forms import Radios, TickBoxes
from practices import words
from stories.forms.answers import UNKNOWN, Line, field_for, organisations_field
from stories.forms.reach import AUDIENCES
from stories.models import Audience, Byline, Experiment, FollowUp, OrganisationResponse, Response, Thanks
from stories.models.choices import Responding

MAY_STAY = _("Take these words out, or say why they can stay")
EARLIEST_YEAR = 1950


class ContributionForm(forms.ModelForm):
    """`needed` gives the sentence for an empty answer; whatever is not named there is optional."""

    use_required_attribute = False
    hints = {}
    needed = {}
    # Signed by us, so there is nothing to clean: what is not ours counts for nothing.
    form_key = forms.Field(required=False, widget=forms.HiddenInput)
    may_stay = Line(label=_("Why can these words stay?"), max_length=300)

    def __init__(self, *args, member, form_token, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        self.initial["form_key"] = form_token
        for name, field in self.fields.items():
            field.help_text = self.hints.get(name, field.help_text)
            field.required = name in self.needed
            field.error_messages["required"] = self.needed.get(name, "")

        self.fields["may_stay"].template_name = "stories/_words_added.html"
        if not self.is_bound:
            del self.fields["may_stay"]

    def clean(self):
        """Words that lead straight to a person must go or be answered for; only then is there a box for the answer."""
        answers = super().clean()
        texts = [(name, self.fields[name].label) for name in self._meta.model.words if name in self.fields]
        told = [Told(name, label, answers[name]) for name, label in texts if _is_text(answers.get(name))]
        self.stopping = words_that_stop(told)
        if not self.stopping:
            self._errors.pop("may_stay", None)
            self.fields.pop("may_stay", None)
            return answers
        self.fields["may_stay"].required = True
        if not answers.get("may_stay") and "may_stay" not in self._errors:
            self.add_error("may_stay", MAY_STAY)
        return answers

    def fill(self, *, form_key):
        """The contribution, not saved."""
        self.instance.form_key = form_key
        self.instance.may_stay = self.cleaned_data.get("may_stay", "") if self.stopping else ""
        return self.instance


class SignedForm(ContributionForm):
    """With how its writer is named, their role filled in."""

    byline = forms.ChoiceField(
        label=_("How should we name you?"),
        choices=Byline.choices,
        initial=Byline.ROLE,
        widget=Radios(hints={"hidden": _("Readers see “A frontline worker”.")}),
        error_messages={"invalid_choice": UNKNOWN},
    )
    byline_role = forms.ChoiceField(label=_("Your role"), error_messages={"invalid_choice": UNKNOWN})
    asked_of_all = {"byline": _("Choose how we should name you")}

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, member=member, **kwargs)
        self.fields["byline"].required = True
        self.fields["byline"].error_messages["required"] = self.asked_of_all["byline"]
        self.roles = {role.slug: role for role in words.roles()}
        named = [(slug, role.name) for slug, role in self.roles.items()]
        self.fields["byline_role"].choices = [("", gettext("A frontline worker")), *named]
        if member.is_authenticated and member.profile.role:
            self.initial["byline_role"] = member.profile.role.slug

    def fill(self, **kwargs):
        signed = super().fill(**kwargs)
        signed.byline = self.cleaned_data["byline"]
        signed.byline_role = self.roles.get(self.cleaned_data["byline_role"])
        return signed


class ResponseForm(SignedForm):
    hints = {"text": _("Leave out names. If you know who told this story, do not say so.")}
    needed = {"text": _("Enter what you would like to say")}

    class Meta:
        model = Response
        formfield_callback = field_for
        fields = ["text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A response shows no place.
        self.fields["byline"].choices = [
            (value, gettext("My role") if value == Byline.ROLE else label) for value, label in Byline.choices
        ]

    def fill(self, **kwargs):
        response = super().fill(**kwargs)
        response.audience = response.story.audience
        return response


class ExperimentForm(SignedForm):
    """Where, what I changed, what happened. A story's own readers read it; on a practice its writer chooses who."""

    place = forms.ChoiceField(label="Where?", error_messages={"invalid_choice": UNKNOWN})
    parent = forms.ChoiceField(label=_("Does it build on something here?"), error_messages={"invalid_choice": UNKNOWN})
    audience = forms.ChoiceField(
        label=_("Who can read it?"), choices=AUDIENCES, widget=Radios, error_messages={"invalid_choice": UNKNOWN}
    )
    hints = {
        "changed": _("Two lines are enough. Describe the situation, not the person."),
        "happened": _("Setbacks are as useful as results."),
        "place": _("Readers see the region only, unless you give your name."),
        "byline_role": _("From a list that is broad enough to name nobody."),
    }
    needed = {
        "changed": _("Enter what you did differently"),
        "happened": _("Enter what happened"),
        "result": _("Choose whether it worked"),
    }
    field_order = ["changed", "happened", "result", "place", "parent", "byline", "byline_role", "audience"]

    class Meta:
        model = Experiment
        formfield_callback = field_for
        fields = ["changed", "happened", "result"]

    def __init__(self, *args, family=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.family = {experiment.slug: experiment for experiment in family}
        self.fields["place"].choices = [("", gettext("Choose a place")), *words.place_choices()]
        if self.family:
            lines = [(slug, one_line(experiment)) for slug, experiment in self.family.items()]
            beginning = gettext("the story") if self.instance.story else gettext("the practice")
            self.fields["parent"].choices = [
                ("", gettext("No, on %(beginning)s itself") % {"beginning": beginning}),
                *lines,
            ]
        else:
            del self.fields["parent"]
        if self.instance.story:
            del self.fields["audience"]
        else:
            self.initial["audience"] = Audience.MEMBERS
            self.fields["audience"].required = True
            self.fields["audience"].error_messages["required"] = gettext("Choose who can read it")

    def fill(self, **kwargs):
        experiment, answers = super().fill(**kwargs), self.cleaned_data
        places = {place.slug: place for place in words.places()}
        experiment.place = places.get(answers["place"])
        experiment.parent = self.family.get(answers.get("parent"))
        experiment.audience = experiment.story.audience if experiment.story else answers["audience"]
        return experiment


def _is_text(answer):
    return isinstance(answer, str) and answer != ""


def one_line(experiment):
    changed = " ".join(experiment.changed.split())
    return f"{experiment.byline_line}: {changed[:80]}{'…' if len(changed) > 80 else ''}"


class FollowUpForm(ContributionForm):
    period_year = Line(
        label=_("Which year?"), max_length=20, widget=forms.TextInput({"inputmode": "numeric", "class": "input--short"})
    )
    hints = {
        "text": _("Setbacks are as useful as results. Leave out names, as in the story."),
        "outcome": _("Readers see this in place of your first answer, which stays in the story."),
        "period_part": _("Never a date. Where domestic or sexual abuse is involved we keep the year only."),
        "period_year": _("Since when it is like that, such as 2026."),
    }
    needed = {
        "text": _("Enter what has happened since"),
        "outcome": _("Choose where it is now"),
        "period_year": _("Enter the year since when it is like that"),
    }
    field_order = ["text", "outcome", "period_part", "period_year"]

    class Meta:
        model = FollowUp
        formfield_callback = field_for
        fields = ["text", "outcome", "period_part"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period_part"].choices = [("", gettext("No answer")), *self.fields["period_part"].choices]
        self.initial.setdefault("period_year", timezone.localdate().year)
        self.initial["period_year"] = self.initial["period_year"] or timezone.localdate().year

    def clean_period_year(self):
        year, this_year = self.cleaned_data["period_year"], timezone.localdate().year
        if not (year.isdecimal() and year.isascii() and EARLIEST_YEAR <= int(year) <= this_year):
            raise forms.ValidationError(
                gettext("Enter a year from %(earliest_year)s to %(this_year)s, such as %(this_year)s")
                % {"earliest_year": EARLIEST_YEAR, "this_year": this_year}
            )
        return int(year)

    def fill(self, **kwargs):
        follow_up = super().fill(**kwargs)
        follow_up.period_year = self.cleaned_data["period_year"]
        if follow_up.story.is_sensitive:
            follow_up.period_part = ""
        return follow_up


class OrganisationResponseForm(ContributionForm):
    hints = {
        "organisation": _("Readers see its name, and not yours."),
        "text": _("What you heard, what you look into or have changed, or why you cannot."),
    }
    needed = {
        "organisation": _("Enter the name of the organisation"),
        "stance": _("Choose what its answer is"),
        "text": _("Enter its answer in your words"),
    }

    class Meta:
        model = OrganisationResponse
        formfield_callback = field_for
        fields = ["organisation", "stance", "text"]


class ThanksForm(forms.Form):
    """Each kind once. What is not ticked any more is taken back."""

    use_required_attribute = False
    kinds = forms.MultipleChoiceField(
        label=_("What did it do for you?"),
        choices=Thanks.Kind.choices,
        required=False,
        widget=TickBoxes,
        error_messages={"invalid_choice": UNKNOWN},
    )
    named = forms.ChoiceField(
        label=_("How should we name you?"),
        choices=[("no", _("Not at all")), ("yes", _("My first name and role"))],
        widget=Radios,
        error_messages={"invalid_choice": UNKNOWN, "required": _("Choose how we should name you")},
    )
    mark_optional = False


class ListeningForm(forms.Form):
    """Whether anybody may respond to a story: it counts at once."""

    use_required_attribute = False
    responding = forms.ChoiceField(
        label=_("Can members respond to your story?"),
        choices=Responding.choices,
        widget=Radios,
        error_messages={"invalid_choice": UNKNOWN, "required": _("Choose whether members can respond")},
    )
    organisations = organisations_field()
    letters = forms.ChoiceField(
        label=_("Can members write to you about it?"),
        help_text=_("You read and answer under the words that stand beside your story, without your name."),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=Radios,
        required=False,
        error_messages={"invalid_choice": UNKNOWN},
    )

    def __init__(self, *args, unnamed, **kwargs):
        super().__init__(*args, **kwargs)
        if not unnamed:
            del self.fields["letters"]
        self.fields["organisations"].help_text = gettext(
            "Only while anyone can read the story. A moderator reads each answer first, and it stands apart."
        )
