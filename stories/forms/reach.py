"""Safety, asked first: whose story it is, who agreed, how its teller is named and who can read it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import Radios
from design.written import tame
from networks.models import Coalition
from practices import words
from stories.forms.answers import UNKNOWN, AnswersForm, field_for
from stories.models import Audience, Byline, Consent, Employer, MayQuote, SearchEngines, Story, WhoseStory
from stories.models.agreeing import LASTS

AGREED = (Consent.IN_PERSON, Consent.IN_WRITING)
# Which group is chosen with it, so there is one answer for each of the teller's own (`offer_groups`).
AUDIENCES = [choice for choice in Audience.choices if choice[0] != Audience.COALITION]
ROLE_ONLY = _(
    "Without your employer’s word we do not show your name: choose your role and region, "
    "or say that your employer agreed"
)


def byline_field():
    return forms.ChoiceField(
        label=Story._meta.get_field("byline").verbose_name,
        choices=Byline.choices,
        widget=Radios(
            hints={
                "role": _("Such as “Housing officer, North West”; less where few people here could be meant."),
                "hidden": _("Readers see “A frontline worker”."),
            }
        ),
        error_messages={"invalid_choice": UNKNOWN, "required": _("Choose how we should name you")},
    )


def audience_field():
    return forms.ChoiceField(
        label=Story._meta.get_field("audience").verbose_name,
        choices=AUDIENCES,
        widget=Radios(
            hints={
                "members": _("People with an account here, let in by a moderator."),
                "public": _("Everybody, search engines and policy people too."),
            }
        ),
        error_messages={"invalid_choice": UNKNOWN, "required": _("Choose who can read it")},
    )


GROUP = "group-"
ONE_GROUP = _(
    "Only who is in it, as long as they are. A moderator reads it once, before it goes live, as every story. "
    "In a small group people may guess who told it."
)


LEFT = _("Nobody else can read it now. To tell it to another group, withdraw it and send it again.")
LEFT_UNNAMED = _("Who is in it can still read it. If it had gone when you left, that would have shown whose it was.")


def offer_groups(form, story, *, by):
    """One more answer for each group that its teller is in; a live story of one is offered no other."""
    stays = story.live and story.audience == Audience.COALITION
    joined = Coalition.objects.joined_by(by)
    joined = joined.filter(pk=story.coalition_id) if stays else joined.going_on().order_by("name", "pk")
    form.groups = {answer_of(Audience.COALITION, group): group for group in joined}
    labels = {
        value: gettext("Only my group “%(tame)s”") % {"tame": tame(group.name)} for value, group in form.groups.items()
    }
    hints = dict.fromkeys(labels, ONE_GROUP)
    if stays and not form.groups:
        value = answer_of(Audience.COALITION, story.coalition)
        form.groups, labels = {value: story.coalition}, {value: gettext("As now: a group that you are no longer in")}
        hints = {value: LEFT_UNNAMED if story.reaches_its_group() else LEFT}
    field = form.fields["audience"]
    field.choices = [*AUDIENCES, *labels.items()]
    field.widget.hints = {**field.widget.hints, **hints}


def answer_of(audience, coalition):
    """The answer to "Who can read it?" that says so, whether or not it is offered any more."""
    return f"{GROUP}{coalition.key if coalition else ''}" if audience == Audience.COALITION else audience


def readers(form, answer):
    """What the answer comes to: the audience and, for one group, which."""
    if answer in form.groups:
        return {"audience": Audience.COALITION, "coalition": form.groups[answer]}
    return {"audience": answer, "coalition": None}


def search_engines_field():
    return forms.ChoiceField(
        label=Story._meta.get_field("search_engines").verbose_name,
        help_text=_("For stories that anyone can read. It counts for feeds too."),
        choices=SearchEngines.choices,
        widget=Radios,
        required=False,
        error_messages={"invalid_choice": UNKNOWN},
    )


class ReachForm(forms.Form):
    """How the teller is named and who can read it, for a story that already has both."""

    use_required_attribute = False
    mark_optional = False
    byline = byline_field()
    audience = audience_field()
    search_engines = search_engines_field()

    def __init__(self, *args, story, by, **kwargs):
        wanted = {
            "byline": story.wanted_byline or story.byline,
            "audience": answer_of(story.wanted_audience or story.audience, story.coalition),
            "search_engines": story.search_engines,
        }
        super().__init__(*args, initial=wanted, **kwargs)
        self.story = story
        offer_groups(self, story, by=by)

    def clean_byline(self):
        if self.cleaned_data["byline"] == Byline.NAME and self.story.employer == Employer.NOT_ASKED:
            raise forms.ValidationError(ROLE_ONLY)
        return self.cleaned_data["byline"]

    @property
    def reach(self):
        return {**self.cleaned_data, **readers(self, self.cleaned_data["audience"])}


class SafetyForm(AnswersForm):
    """Prefilled with the narrowest answers: Continue accepts them. What is left open is asked again before sending."""

    mark_optional = False
    byline = byline_field()
    audience = audience_field()
    byline_role = forms.ChoiceField(
        label=Story._meta.get_field("byline_role").verbose_name, error_messages={"invalid_choice": UNKNOWN}
    )
    hints = {
        "whose_story": _("It decides whose word we need."),
        "consent": _("If you cannot ask, change the details until nobody can be recognised."),
        "consent_date": _("If they agreed."),
        "review_date": _("A year from now, unless you choose another day."),
        "employer": _("If you have not asked, we name you by your role only."),
        "byline_role": _("From a list that is broad enough to name nobody."),
        "may_quote": _("In a report, with a link to the story."),
        "open_data": _("Anybody may then use the answers, without your name, in research."),
        "content_note": _("For example: “Mentions self-harm.”"),
    }

    class Meta:
        model = Story
        formfield_callback = field_for
        fields = [
            "whose_story",
            "consent",
            "consent_date",
            "review_date",
            "employer",
            "may_quote",
            "open_data",
            "content_note",
        ]

    field_order = [
        "whose_story",
        "consent",
        "consent_date",
        "review_date",
        "employer",
        "byline",
        "byline_role",
        "audience",
        "may_quote",
        "open_data",
        "content_note",
    ]

    def __init__(self, *args, instance, **kwargs):
        usual = {
            "whose_story": WhoseStory.MINE,
            "employer": Employer.NOT_ASKED,
            "may_quote": MayQuote.ASK,
            "review_date": timezone.localdate() + LASTS,
        }
        initial = {name: answer for name, answer in usual.items() if not getattr(instance, name)}
        initial |= {"byline": instance.byline, "audience": answer_of(instance.audience, instance.coalition)}
        self.roles = {role.slug: role for role in words.roles()}
        role = next((role.slug for role in self.roles.values() if role.pk == instance.byline_role_id), "")
        super().__init__(*args, instance=instance, initial={**initial, "byline_role": role}, **kwargs)
        self.fields["byline_role"].choices = [
            ("", gettext("A frontline worker")),
            *((r.slug, r.name) for r in words.roles()),
        ]
        if instance.edit_number == 1 and not role and not self.is_bound and instance.author.profile.role:
            self.initial["byline_role"] = instance.author.profile.role.slug
        if instance.live:
            # Readers have it already: naming and reading have their own page, where narrowing acts at once.
            del self.fields["byline"], self.fields["audience"]
        else:
            offer_groups(self, instance, by=instance.author)

    def clean_consent_date(self):
        day = self.cleaned_data["consent_date"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(gettext("Enter the day they agreed: it cannot lie ahead"))
        return day

    def clean_review_date(self):
        day = self.cleaned_data["review_date"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(gettext("Enter a day that is still to come"))
        return day

    def clean(self):
        answers = super().clean()
        if answers.get("consent") in AGREED and not (answers.get("consent_date") or "consent_date" in self.errors):
            self.add_error("consent_date", gettext("Enter the day they agreed"))
        if answers.get("byline") == Byline.NAME and answers.get("employer") == Employer.NOT_ASKED:
            self.add_error("byline", ROLE_ONLY)
        return answers

    def beside(self):
        story = self.instance
        stored = {"byline": story.byline, "audience": story.audience, "coalition": story.coalition}
        reach = {**stored, **self.reach}
        return {**reach, "coalition": reach["coalition"] and reach["coalition"].pk, "role": story.byline_role_id}

    def fill(self):
        story = super().fill()
        if "byline_role" in self.cleaned_data:
            story.byline_role = self.roles.get(self.cleaned_data["byline_role"])
        return story

    @property
    def stays_until(self):
        return self.cleaned_data.get("review_date")

    @property
    def reach(self):
        """How the teller wants to be named and who can read it, as far as this page asked and was answered."""
        answers = getattr(self, "cleaned_data", {})
        reach = {name: answers[name] for name in ("byline", "may_quote") if answers.get(name)}
        return reach | (readers(self, answers["audience"]) if answers.get("audience") else {})
