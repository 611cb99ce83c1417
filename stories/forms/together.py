"""What the pages ask on which several people tell one story."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import Radios
from members.forms.fields import EmailField
from stories.forms.answers import LONGEST, UNKNOWN, Words
from stories.models import Agreement, Answer, Asking


def one_of(label, choices, required, **kwargs):
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=Radios(hints=kwargs.pop("hints", None)),
        error_messages={"invalid_choice": UNKNOWN, "required": required},
        **kwargs,
    )


class InviteForm(forms.Form):
    """Whom the author asks, and for what."""

    use_required_attribute = False
    email = EmailField(
        label=_("Their e-mail address"),
        help_text=_("One that only they read. The mail names neither you nor the story: tell them that it comes."),
        required=_("Enter their e-mail address"),
    )
    what = one_of(
        _("What do you ask them for?"),
        [choice for choice in Asking.What.choices if choice[0] != Asking.What.TELL],
        _("Choose what you ask them for"),
        hints={
            "write": _("They read the draft and change it. You decide when it is sent."),
            "lived": _("They do the same. Each time the words change they are asked again."),
        },
    )

    def __init__(self, *args, own_address, **kwargs):
        super().__init__(*args, **kwargs)
        self.own_address = own_address
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def clean_email(self):
        if self.cleaned_data["email"].lower() == self.own_address:
            raise forms.ValidationError(gettext("Enter somebody else’s address: this one is yours"))
        return self.cleaned_data["email"]


class NamingForm(forms.Form):
    """Whether readers see the co-author's name."""

    use_required_attribute = False
    wish = one_of(
        _("How should we name you?"),
        [("yes", _("My name")), ("no", _("Not at all: only the others who tell it know"))],
        _("Choose how we should name you"),
        hints={"yes": _("Beside the author’s name. While the author is not named, nobody is.")},
    )

    def clean_wish(self):
        return self.cleaned_data["wish"] == "yes"


class WordForm(forms.Form):
    """Yes, not yet, or no, to the version that stands above the question."""

    use_required_attribute = False
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    answer = one_of(
        _("May this be sent?"),
        Answer.choices,
        _("Choose one of the three answers"),
        hints={
            "yes": _("To exactly these words. If one of them changes, you are asked again."),
            "not_yet": _("It waits, also where it has been sent already."),
            "no": _("It leaves every page, list and report at once, and is not sent. You need not say why."),
        },
    )
    reason = Words(
        label=_("What should be different?"),
        help_text=_("Those who write with you read it, nobody else."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        required=False,
    )

    def clean(self):
        answers = super().clean()
        if answers.get("answer") == Answer.NOT_YET and not (answers.get("reason") or "reason" in self.errors):
            self.add_error("reason", gettext("Enter what should be different"))
        return answers


class AgreementForm(forms.Form):
    """An agreement outside this site: only that it was given, and how."""

    use_required_attribute = False
    how = one_of(_("How did they agree to these words?"), Agreement.How.choices, _("Choose how they agreed"))
