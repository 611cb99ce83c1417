"""allauth's forms: what they do is theirs, what they say is ours."""

from textwrap import wrap

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.forms import CodeInput
from members.forms.fields import NO_NULL, EmailField, name_field

NEW_HINT = _("At least 10 characters. Three or four words that do not belong together are easy to remember.")
OWN_ADDRESS = _("Use an address only you read; work mail can be read by your employer.")


def password_field(label, *, required=_("Enter your password"), help_text="", new=False, optional=False):
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=not optional,
        # Long enough for any sentence; a pasted book is not worth the sum it takes to check.
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"}),
        error_messages={
            "required": required,
            "max_length": gettext("Enter a password of 1,000 characters or fewer"),
            **NO_NULL,
        },
    )


def reword(field, *, label, help_text, required, new=False):
    """allauth's own field checks the password's strength, so it stays and only its words change."""
    ours = password_field(label, required=required, help_text=help_text, new=new)
    field.label, field.help_text, field.widget = ours.label, ours.help_text, ours.widget
    field.error_messages.update(ours.error_messages)
    field.max_length = ours.max_length
    field.validators = [*field.validators, *(check for check in ours.validators if check not in field.validators)]


def new_passwords(form):
    reword(
        form.fields["password1"],
        label=gettext("New password"),
        help_text=NEW_HINT,
        required=gettext("Enter a new password"),
    )
    form.fields["password1"].widget.attrs["autocomplete"] = "new-password"
    form.fields["password2"] = password_field(
        gettext("The new password again"), required=gettext("Enter the new password once more"), new=True
    )


class SignupForm(account.SignupForm):
    """A first name and an address; the code that the mail brings does the rest."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {"first_name": name_field(), "email": EmailField(help_text=OWN_ADDRESS)}

    def try_save(self, request):
        if self.account_already_exists:
            self._make_nothing(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            # The same form sent twice at once: the other request made the account.
            self.account_already_exists = True
            return super().try_save(request)

    def _make_nothing(self, request):
        """An account is made and unmade again: else the answer about a known address would come sooner."""
        given = self.cleaned_data
        with transaction.atomic():
            self.account_already_exists = False
            self.cleaned_data = {**given, "email": f"{get_random_string(16)}@system.invalid"}
            self.save(request)
            transaction.set_rollback(True)
        self.account_already_exists, self.cleaned_data = True, given


class LoginForm(account.LoginForm):
    """Without a password a code is mailed."""

    password = password_field(
        _("Password"), optional=True, help_text=_("No password? Leave this empty and we mail you a code.")
    )
    login = EmailField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = EmailField()
        self.order_fields(["login", "password"])

    def _setup_password_field(self):
        """allauth takes the field away where sign-up asks for no password; a member may set one later."""


class RequestLoginCodeForm(account.RequestLoginCodeForm):
    email = EmailField()


class Code:
    """A code from a mail or an app; spaces and dashes in it do not matter."""

    code_label, code_hint, code_missing = _("Code"), _("Six digits."), _("Enter the code")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=self.code_label,
            help_text=self.code_hint,
            max_length=40,
            widget=CodeInput(),
            error_messages={
                "required": self.code_missing,
                "max_length": gettext("Enter the code, nothing else"),
                **NO_NULL,
            },
        )


class MailedCode(Code):
    code_label = _("Code from the mail")
    code_missing = _("Enter the code from the mail")


class ConfirmLoginCodeForm(MailedCode, account.ConfirmLoginCodeForm):
    pass


class ConfirmEmailVerificationCodeForm(MailedCode, account.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmPasswordResetCodeForm(MailedCode, account.ConfirmPasswordResetCodeForm):
    pass


class AppCode(Code):
    code_label = _("Code from your authenticator app")
    code_hint = _("Six digits. Without your phone, enter one of your recovery codes.")
    code_missing = _("Enter the code from your authenticator app")


class AppOrRecoveryCode(AppCode):
    """Who has passkeys and no app has recovery codes for the day without them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_mfa_enabled(self.user, [Authenticator.Type.TOTP]):
            code = self.fields["code"]
            code.label, code.help_text = gettext("Recovery code"), gettext("Eight digits. Each works once.")
            code.error_messages["required"] = gettext("Enter one of your recovery codes")


class AuthenticateForm(AppOrRecoveryCode, mfa.AuthenticateForm):
    pass


class ReauthenticateByAppForm(AppOrRecoveryCode, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(AppCode, totp.ActivateTOTPForm):
    code_hint = _("Six digits that change every half minute.")

    @property
    def spelt_secret(self):
        """In groups of four, as one types it; apps do not mind the spaces."""
        return " ".join(wrap(self.secret, 4))


class ReauthenticateForm(account.ReauthenticateForm):
    password = password_field(_("Password"))


class AddEmailForm(account.AddEmailForm):
    email = EmailField(label=_("New e-mail address"), help_text=OWN_ADDRESS, required=_("Enter the new e-mail address"))


class ResetPasswordForm(account.ResetPasswordForm):
    email = EmailField()


class ChangePasswordForm(account.ChangePasswordForm):
    oldpassword = password_field(_("Current password"), required=_("Enter your current password"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        new_passwords(self)


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        new_passwords(self)


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        new_passwords(self)
