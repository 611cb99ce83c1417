"""One settings file, in fixed sections. Safe by default: production is what you get unless EMBEDDED=1.

Everything secret or local comes from the environment; `docs/operations.md` lists each name.
"""

import os
from email.utils import parseaddr
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from systemschange import redis_urls

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Where we run -----------------------------------------------------------------------------------------------------

EMBEDDED = env.bool("EMBEDDED", default=False)
STATE = Path(env.str("STATE", default=str(BASE_DIR / ".local"))).resolve()
PORT = env.int("PORT", default=8000)

if EMBEDDED:
    from systemschange import embedded

    for name, value in embedded.defaults(STATE, PORT).items():
        os.environ.setdefault(name, value)

REQUIRED = {
    "SECRET_KEY": "a random text of at least 50 characters",
    "ALLOWED_HOSTS": "the host names this site answers to, separated by commas",
    "SITE_URL": "the address that links in mails begin with, such as https://stories.example.org",
    "DATABASE_URL": "a PostgreSQL database, such as postgres://user:password@host/name",
    "REDIS_URL": "a Valkey or Redis server, such as redis://host:6379",
    "EMAIL_URL": "the mail relay, such as smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the sender of every mail, such as Systems Change <letters@example.org>",
}
missing = [name for name in REQUIRED if not env.str(name, default="")]
if missing:
    raise ImproperlyConfigured(
        "These settings are missing: " + "; ".join(f"{name} ({REQUIRED[name]})" for name in missing) + "."
    )

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
# Those from before: the ledger of closed accounts stays readable for as long as there are backups from their time.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = env.str("SITE_URL").rstrip("/")
SITE_NAME = "Systems Change"
HTTPS = SITE_URL.startswith("https://")

if not EMBEDDED:
    unsafe = {
        "SECRET_KEY is too short: give it at least 50 random characters.": len(SECRET_KEY) < 50,
        "ALLOWED_HOSTS may not hold '*': name the hosts.": "*" in ALLOWED_HOSTS,
        "SITE_URL must begin with https://.": not HTTPS,
        "DEBUG must be off outside the embedded mode.": DEBUG,
        "EMAIL_URL may not be embedded: outside the embedded mode.": env.str("EMAIL_URL").startswith("embedded"),
    }
    for sentence, wrong in unsafe.items():
        if wrong:
            raise ImproperlyConfigured(sentence)

# --- Applications -----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # Wagtail comes before our rooms: stories disconnects the mails that Wagtail's admin connects.
    "wagtail.contrib.settings",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "members.apps.StaffAccounts",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    # Our rooms, from the highest floor to the lowest.
    "systemschange",
    "digests",
    "reports",
    "insights",
    "stories",
    "networks",
    "members",
    "practices",
    "confidentiality",
    "design",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "systemschange.middleware.SecurityPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "systemschange.kept_pages.KeptPages",
    "design.middleware.DatabaseUnavailable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "members.signed_in.LastSeen",
    "members.terms.AskAtTheDoor",
    "members.middleware.AdminSecondFactor",
    "reports.middleware.PagesForEditors",
    # Last: what nothing else answers may have moved.
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "systemschange.urls"
WSGI_APPLICATION = "systemschange.wsgi.application"
FORM_RENDERER = "design.forms.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "systemschange.context.site",
            ],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------------------------------

DATABASES = {"default": {**env.db("DATABASE_URL"), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "systemschange.cache.Cache", "LOCATION": redis_urls.cache(env.str("REDIS_URL"))},
    "fallback": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "systemschange_cache"},
}
# How long a process knows the words that every page needs without asking the cache again (`design/near.py`).
NEAR_SECONDS = 2
# As many pages for visitors as each web process keeps (`systemschange/kept_pages.py`); 0: none.
KEPT_PAGES = env.int("KEPT_PAGES", default=300)
# Sessions live in the database, so that losing Valkey signs nobody out.
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- Background work --------------------------------------------------------------------------------------------------

CELERY_BROKER_URL = redis_urls.broker(env.str("REDIS_URL"))
CELERY_BEAT_SCHEDULE = {
    "send-waiting-mail": {"task": "members.tasks.send_notices", "schedule": 60.0, "options": {"expires": 55}},
    "clear-kept-texts": {"task": "stories.tasks.clear_kept_texts", "schedule": 900.0, "options": {"expires": 600}},
    "six-months-on": {
        "task": "stories.tasks.ask_what_happened_since",
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
    "tellers-mail": {"task": "stories.tasks.tell_tellers", "schedule": 900.0, "options": {"expires": 600}},
    "moderators-mail": {"task": "stories.tasks.tell_moderators", "schedule": 300.0, "options": {"expires": 240}},
    "remind-of-drafts": {"task": "stories.tasks.send_reminders", "schedule": 900.0, "options": {"expires": 600}},
    "remind-of-attempts": {"task": "stories.tasks.remind_of_attempts", "schedule": 900.0, "options": {"expires": 600}},
    "reindex-stories": {"task": "stories.tasks.reindex", "schedule": crontab(hour=3, minute=20)},
    "refresh-entries": {"task": "members.tasks.refresh_entries", "schedule": crontab(hour=3, minute=30)},
    "blur-bylines": {
        "task": "stories.tasks.blur_bylines",
        "schedule": 60.0,
        "kwargs": {"always": False},
        "options": {"expires": 55},
    },
    "blur-bylines-anyway": {"task": "stories.tasks.blur_bylines", "schedule": crontab(hour=3, minute=40)},
    "tell-readers": {"task": "digests.tasks.tell_readers", "schedule": 300.0, "options": {"expires": 240}},
    "clear-unconfirmed": {"task": "digests.tasks.clear_unconfirmed", "schedule": 3600.0, "options": {"expires": 3000}},
    "refresh-insights": {"task": "insights.tasks.refresh", "schedule": 300.0, "options": {"expires": 240}},
    "ask-again": {"task": "stories.tasks.ask_again", "schedule": 3600.0, "options": {"expires": 3500}},
    "clear-askings": {"task": "stories.tasks.clear_askings", "schedule": 3600.0, "options": {"expires": 3500}},
    "end-introductions": {
        "task": "networks.tasks.end_introductions",
        "schedule": 3600.0,
        "options": {"expires": 3500},
    },
    "six-weeks-on": {"task": "networks.tasks.ask_how_it_went", "schedule": 3600.0, "options": {"expires": 3500}},
    "gatherings-tomorrow": {
        "task": "networks.tasks.remind_of_gatherings",
        "schedule": 600.0,
        "options": {"expires": 550},
    },
    "clear-introductions": {"task": "networks.tasks.clear_introductions", "schedule": crontab(hour=3, minute=50)},
    "clear-photos": {"task": "members.tasks.clear_photos", "schedule": 86_400.0, "options": {"expires": 3600}},
    "clear-mail-events": {"task": "members.tasks.clear_mail_events", "schedule": crontab(hour=4)},
    "make-copies": {"task": "members.tasks.make_copies", "schedule": 60.0, "options": {"expires": 55}},
    "clear-copies": {"task": "members.tasks.clear_copies", "schedule": 900.0, "options": {"expires": 600}},
    "tell-quoted": {"task": "reports.tasks.tell_tellers", "schedule": 300.0, "options": {"expires": 280}},
    "publish-planned": {"task": "reports.tasks.publish_planned", "schedule": 60.0, "options": {"expires": 55}},
    "renew-pdfs": {"task": "reports.tasks.renew_pdfs", "schedule": 60.0, "options": {"expires": 55}},
    "weekly-letter": {
        "task": "digests.tasks.tick",
        "schedule": 60.0,
        "options": {"expires": 55, "queue": "letters"},
    },
}

# --- People and sign-in -----------------------------------------------------------------------------------------------

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

# --- Mail -------------------------------------------------------------------------------------------------------------

if env.str("EMAIL_URL").startswith("embedded"):
    EMAIL_BACKEND = "systemschange.embedded.mail.FileBackend"
else:
    globals().update(env.email("EMAIL_URL"))
EMAIL_TIMEOUT = 20
# Bounces and complaints, as the provider behind that relay tells of them (`members.mail_events`); both or nothing.
MAIL_EVENTS_PROVIDER = env.str("MAIL_EVENTS_PROVIDER", default="")
MAIL_EVENTS_SECRET = env.str("MAIL_EVENTS_SECRET", default="")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL")
# From this hour to that one nothing is sent, by each member's own clock; None: there is no night.
QUIET_HOURS = tuple(int(hour) for hour in env.str("QUIET_HOURS", default="21-7").split("-") if hour) or None
if QUIET_HOURS and not (len(QUIET_HOURS) == 2 and 0 < QUIET_HOURS[1] < QUIET_HOURS[0] < 24):
    raise ImproperlyConfigured("QUIET_HOURS must be an hour of the evening and one of the morning, such as 21-7.")

# --- Wagtail and tags -------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILIMAGES_IMAGE_MODEL = "reports.ReportImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "reports.forms.PictureForm"
WAGTAILIMAGES_RENDITION_STORAGE = "private"
WAGTAILIMAGES_EXTENSIONS = ["jpg"]  # the only kind that we write; what may be uploaded says `confidentiality.pictures`
# Accounts are allauth's: the admin knows no passwords and changes no addresses.
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS = []
# For pages of staff's own alone: stories and members have finders of ours.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "english"}}
TAGGIT_CASE_INSENSITIVE = True

# --- Files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "design.finders.Stylesheet",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(STATE / "media")))
# Members' photos and reports' pictures: never below an address, not even a secret one.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(STATE / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "confidentiality.storage.PrivateFiles",
        "OPTIONS": {
            "location": PRIVATE_ROOT,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if EMBEDDED:
    # Straight from the source folders: nothing to collect before the first page.
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True


def s3_storages():
    """The two storages of uploaded files in one bucket; neither hands out an address for what is private."""
    options = {
        "bucket_name": env.str("S3_BUCKET"),
        "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
        "region_name": env.str("S3_REGION", default=None),
        "access_key": env.str("S3_ACCESS_KEY", default=None),
        "secret_key": env.str("S3_SECRET_KEY", default=None),
        "default_acl": "private",
        "file_overwrite": False,
    }
    return {
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
        "private": {
            "BACKEND": "confidentiality.bucket.PrivateObjects",
            "OPTIONS": {**options, "location": "private"},
        },
    }


if env.str("S3_BUCKET", default=""):
    STORAGES |= s3_storages()
# No original touches a disk. A request may bring a few files, together no longer than one picture.
FILE_UPLOAD_HANDLERS = ["confidentiality.uploads.InMemory"]
DATA_UPLOAD_MAX_NUMBER_FILES = 4

# --- Security ---------------------------------------------------------------------------------------------------------

# Nothing inline and no nonce: a page that is the same for all readers can be cached for all readers.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
CSRF_FAILURE_VIEW = "stories.views.unsure.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.str("TRUSTED_PROXY_COUNT", default=""):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A 1 MB paste is a text to be told about, not an error page: the form sees it and keeps it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# --- Language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# --- Log --------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},  # it writes which passkey was used
        # Wagtail writes the title of every story that is saved or published: a draft's title is its author's.
        "wagtail": {"level": "WARNING"},
    },
}
