"""People and sign-in."""

from email.utils import parseaddr

from django.core.exceptions import ImproperlyConfigured

from systemschange.settings.environment import env
from systemschange.settings.where import EMBEDDED, SITE_NAME

AUTH_USER_MODEL = "members.User"
# The address is unique in small letters, by a constraint that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["members.backends.MemberBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# "approval" (a moderator lets people in), "open", or "invitation" (only with a member's invitation).
SIGNUP_MODE = env.str("SIGNUP_MODE", default="approval")
if SIGNUP_MODE not in {"approval", "open", "invitation"}:
    raise ImproperlyConfigured("SIGNUP_MODE must be approval, open or invitation.")

# Who is told at once when somebody raises a worry about a person, besides the moderators; empty: nobody.
SAFEGUARDING_EMAIL = env.str("SAFEGUARDING_EMAIL", default="")

# Who runs this site, as its plain pages name them; what is not given is said to be missing, never made up.
CONTROLLER_NAME = env.str("CONTROLLER_NAME", default="")
SAFEGUARDING_LEAD = env.str("SAFEGUARDING_LEAD", default="")
HOSTED_BY = env.str("HOSTED_BY", default="")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="") or parseaddr(env.str("DEFAULT_FROM_EMAIL"))[1]

# After so many approved stories a teller's next one may go live before a moderator has read it; 0: never.
TRUSTED_AFTER = env.int("TRUSTED_AFTER", default=3)

# Role and region of an unnamed teller are shown while at least so many listed members match them (docs/decisions/0037).
LISTED_ALIKE = 5

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "members:home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_FORMS = {
    "signup": "members.forms.account.SignupForm",
    "login": "members.forms.account.LoginForm",
    "request_login_code": "members.forms.account.RequestLoginCodeForm",
    "confirm_login_code": "members.forms.account.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "members.forms.account.ConfirmEmailVerificationCodeForm",
    "confirm_password_reset_code": "members.forms.account.ConfirmPasswordResetCodeForm",
    "reset_password": "members.forms.account.ResetPasswordForm",
    "reset_password_from_key": "members.forms.account.ResetPasswordKeyForm",
    "change_password": "members.forms.account.ChangePasswordForm",
    "set_password": "members.forms.account.SetPasswordForm",
    "add_email": "members.forms.account.AddEmailForm",
    "reauthenticate": "members.forms.account.ReauthenticateForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# The mail may take minutes to reach a work mailbox.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# An office behind one address signs in at nine: the limits an address are generous, those an account stay strict. A
# code has six digits and three tries, so twelve codes an hour give a guesser less than one chance in a thousand a day.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "request_login_code": "400/m/ip,1200/h/ip,3/m/key,12/h/key",
    "reset_password": "60/m/ip,3/m/key,12/h/key",
    "confirm_email": "1/10s/key,12/h/key",
    "signup": "60/m/ip,300/h/ip",
    "concern": "20/h/ip",
    "mail_link": "20/h/ip,5/h/key",  # a link instead of a password, for one's own data
    "subscribe": "60/h/ip",  # readers without an account who ask for mails
    "add_photo": "40/h/user",
    "keep_text": "300/h/ip",  # jots and other words of people who are signed out
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
# A passkey signs in by itself, so it is always asked to check who holds it: a finger, a face or a PIN.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}  # two requests a sign-in, and nothing in it to guess
MFA_ADAPTER = "members.adapter.SecondFactorAdapter"
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "members.forms.account.AuthenticateForm",
    "reauthenticate": "members.forms.account.ReauthenticateByAppForm",
    "activate_totp": "members.forms.account.ActivateTOTPForm",
    "add_webauthn": "members.forms.passkeys.AddForm",
    "edit_webauthn": "members.forms.passkeys.RenameForm",
    "login_webauthn": "members.forms.passkeys.LoginForm",
    "authenticate_webauthn": "members.forms.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "members.forms.passkeys.ReauthenticateForm",
}
# One provider of the organisation's own accounts, or none.
OIDC = {name: env.str(name, default="") for name in ("OIDC_NAME", "OIDC_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")}
OIDC_NAME = OIDC["OIDC_NAME"]
if any(OIDC.values()) and not all(OIDC.values()):
    lacking = " and ".join(name for name, value in OIDC.items() if not value)
    raise ImproperlyConfigured(f"Signing in with a provider needs {lacking} too; set all of {', '.join(OIDC)} or none.")
if OIDC_NAME and not EMBEDDED and not OIDC["OIDC_URL"].startswith("https://"):
    raise ImproperlyConfigured("OIDC_URL must begin with https://.")
SOCIALACCOUNT_ADAPTER = "members.provider.adapter.ProviderAdapter"
SOCIALACCOUNT_FORMS = {
    "signup": "members.forms.provider.JoinForm",
    "disconnect": "members.forms.provider.DisconnectForm",
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "members.provider.openid.OrganisationProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": OIDC_NAME,
                "client_id": OIDC["OIDC_CLIENT_ID"],
                "secret": OIDC["OIDC_CLIENT_SECRET"],
                "settings": {"server_url": OIDC["OIDC_URL"]},
            }
        ]
        if OIDC_NAME
        else [],
    }
}
if env.str("TRUSTED_PROXY_COUNT", default=""):
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT")
