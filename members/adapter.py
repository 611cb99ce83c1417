"""Where allauth meets the house: who may sign up, how its mails leave, where people land."""

from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design import languages
from design.qr import qr_svg
from members import actions, outbox, terms
from members.models import Invitation, User
from members.templatetags.members import device

INVITATION = "invitation"
OPENED = "sign_up_open_until"
OPENED_FOR = timedelta(hours=2)
# How somebody signed in can show once more who they are.
BY_CODE, BY_PASSKEY = "mfa_reauthenticate", "mfa_reauthenticate:webauthn"
OTHER_WAYS = {
    "reauthenticate": _("Use your password instead"),
    BY_CODE: _("Use a code from your authenticator app instead"),
    BY_PASSKEY: _("Use a passkey instead"),
}
# Mails that hold a code: their words are deleted once sent.
SECRET = {"email_confirmation", "email_confirmation_signup", "login_code", "password_reset_code"}


def open_sign_up(request, *, now):
    """This browser may sign up for a while, by a link that the room of the link has looked at. It lets nobody in."""
    request.session[OPENED] = (now + OPENED_FOR).timestamp()


def language_of(address, user):
    """That of whoever has this address; None where nobody here has it."""
    if hasattr(user, "language") or not languages.is_one_of_several():
        return getattr(user, "language", None)
    return User.objects.filter(email__iexact=address).values_list("language", flat=True).first()


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your address already: enter another one."),
        "email_password_mismatch": (
            _(
                "The address and the password do not belong together. "
                "Try again, or leave the password empty and we mail you a code."
            )
        ),
        "email_taken": _("This address cannot be used. Enter another one."),
        "enter_current_password": _("That is not your current password. Try again."),
        "incorrect_code": _("That is not the code. Check the newest mail and enter its code."),
        "incorrect_password": _("That is not your password. Try again."),
        "rate_limited": _("That was too often. Wait a minute, then try again."),
        "too_many_login_attempts": _("That was too often. Wait five minutes, then try again."),
    }

    # --- Sign-up ------------------------------------------------------------------------------------------------------

    def is_open_for_signup(self, request):
        opened = request.session.get(OPENED, 0) > timezone.now().timestamp()
        return settings.SIGNUP_MODE != "invitation" or opened or self._invitation(request) is not None

    def _invitation(self, request):
        token = request.session.get(INVITATION)
        return Invitation.objects.unused().filter(token=token).first() if token else None

    def save_user(self, request, user, form, commit=True):
        if languages.is_one_of_several():
            user.language = languages.of_page()
        user = super().save_user(request, user, form, commit)
        invitation = self._invitation(request)
        if invitation:
            invitation.take(by=user)
        # The page says so beside its button.
        actions.agree(user, version=terms.current().number, now=timezone.now())
        return user

    def confirm_email(self, request, email_address):
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            actions.welcome_in(email_address.user, mode=settings.SIGNUP_MODE, now=timezone.now())
        return confirmed

    # --- Mail ---------------------------------------------------------------------------------------------------------

    def send_mail(self, template_prefix, email, context):
        """allauth's "account/email/login_code" is our template "account/login_code", written to the outbox.

        Links begin with SITE_URL, never with what the request calls itself.
        """
        room, _, name = template_prefix.split("/")
        links = {
            "login_url": settings.SITE_URL + reverse("account_login"),
            "signup_url": settings.SITE_URL + reverse("account_signup"),
            "account_url": settings.SITE_URL + reverse("members:home"),
        }
        outbox.compose(
            kind=f"{room}.{name}",
            template=f"{room}/{name}",
            to=email,
            context={**context, **links},
            language=language_of(email, context.get("user")),
            secret=name in SECRET,
            now=timezone.now(),
        )

    # --- Sign-in ------------------------------------------------------------------------------------------------------

    def pre_login(self, request, user, **kwargs):
        if not user.may_sign_in:
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, *, redirect_url, **kwargs):
        response = super().post_login(request, user, redirect_url=redirect_url, **kwargs)
        if user.welcomed_at is None:
            then = redirect_url or get_next_redirect_url(request)
            query = f"?{urlencode({REDIRECT_FIELD_NAME: then})}" if then else ""
            return HttpResponseRedirect(reverse("members:welcome") + query)
        if terms.outstanding(user):
            return terms.way_to(response.url)
        return response

    def get_reauthentication_methods(self, user):
        methods = super().get_reauthentication_methods(user)
        if any(method["id"] == BY_CODE for method in methods) and not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            ways = {**OTHER_WAYS, BY_CODE: gettext("Use a recovery code instead")}
        else:
            ways = OTHER_WAYS
        # allauth asks by the first: a passkey is a touch, and its page has links to the others.
        methods.sort(key=lambda method: method["id"] != BY_PASSKEY)
        return [{**method, "description": ways[method["id"]]} for method in methods]

    def get_password_change_redirect_url(self, request):
        return reverse("members:security")

    def is_safe_url(self, url):
        """A path on this site, nothing else."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That is not the code. Enter the one that the app shows now."),
        "unverified_email": _("Finish changing your e-mail address first."),
    }

    def build_totp_svg(self, url):
        """Black on white of its own: an app cannot read it from a dark page."""
        return qr_svg(url)

    def generate_authenticator_name(self, user, type):
        return device(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self):
        """A passkey belongs to the host that the browser sees; people read the site's name beside it."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SITE_NAME}
