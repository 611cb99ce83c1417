"""allauth's forms around a passkey. What the browser brings is in a hidden field; members see a name at most."""

from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.forms.fields import NO_NULL

NOT_BROUGHT = _("The passkey did not arrive. Try again.")
NOT_ACCEPTED = _("That passkey did not fit. Try again, or go on another way.")
MOST = 60


def name_field(**kwargs):
    return forms.CharField(
        label=gettext("What do you call it?"),
        help_text=gettext("So that you can tell them apart: my phone, the laptop at work."),
        max_length=MOST,
        error_messages={
            "required": gettext("Enter a name for the passkey"),
            "max_length": gettext("Enter a name of %(most)s characters or fewer") % {"most": MOST},
            **NO_NULL,
        },
        **kwargs,
    )


class FromTheBrowser(forms.JSONField):
    """What a browser answered holds once, so that it is never shown again: the next try has its own."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(error_messages={"required": NOT_BROUGHT, "invalid": NOT_BROUGHT})

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            # A number of thousands of digits, or brackets without end.
            raise ValidationError(NOT_BROUGHT) from error

    def bound_data(self, data, initial):
        return None

    def prepare_value(self, value):
        return ""


class Brought:
    """Whatever is wrong with what a script sent, people are told in words that help them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = FromTheBrowser()

    def accepted(self, check):
        try:
            return check()
        except ValidationError as error:
            if error.code == "incorrect_code":
                raise ValidationError(NOT_ACCEPTED) from error
            raise
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            # Not what a browser makes: the library trusts the shape of it.
            raise ValidationError(NOT_ACCEPTED) from error


class Asked(Brought):
    def clean_credential(self):
        return self.accepted(super().clean_credential)


class AddForm(Brought, webauthn.AddWebAuthnForm):
    # Each of ours can sign in by itself, so there is nothing to choose.
    passwordless = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field(required=False)

    def clean(self):
        return self.accepted(super().clean)


class RenameForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()


class LoginForm(Asked, webauthn.LoginWebAuthnForm):
    pass


class AuthenticateForm(Asked, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticateForm(Asked, webauthn.ReauthenticateWebAuthnForm):
    pass
