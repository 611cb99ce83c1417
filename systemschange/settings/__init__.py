"""The settings, one idea a module. Safe by default: production is what you get unless EMBEDDED=1.

Everything secret or local comes from the environment; `docs/environment.md` lists each name, with what it means.
"""

from csp.constants import NONE, SELF

from systemschange import redis_urls
from systemschange.settings.environment import env
from systemschange.settings.files import *  # noqa: F403
from systemschange.settings.languages import *  # noqa: F403
from systemschange.settings.languages import WELSH
from systemschange.settings.mail import *  # noqa: F403
from systemschange.settings.operations import *  # noqa: F403
from systemschange.settings.operations import METRICS_TOKEN
from systemschange.settings.people import *  # noqa: F403
from systemschange.settings.schedule import *  # noqa: F403
from systemschange.settings.where import *  # noqa: F403
from systemschange.settings.where import BASE_DIR, HTTPS, SITE_NAME, SITE_URL

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
    "systemschange.operations.logs.RequestId",
    # Sees the answer as it goes out, kept ones included, and asks for no account.
    "insights.middleware.PageTotals",
    # Keeps pages with all headers that the others have given them.
    "systemschange.kept_pages.KeptPages",
    "systemschange.middleware.SecurityPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "design.middleware.DatabaseUnavailable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.ties.AskForTies",
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

if METRICS_TOKEN:
    MIDDLEWARE.insert(1, "systemschange.operations.metrics.Requests")

if WELSH:
    # An address says its language, so nothing is guessed and nothing is remembered.
    MIDDLEWARE.insert(
        MIDDLEWARE.index("django.middleware.common.CommonMiddleware"), "django.middleware.locale.LocaleMiddleware"
    )

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
            # Every word of a page is translatable: `{% translate %}` needs no loading, as `{% url %}` does not.
            "builtins": ["django.templatetags.i18n", "design.templatetags.addresses"],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------------------------------

# Where each transaction may meet another of the server's processes, nothing of a session can be relied on.
POOLED_BY_TRANSACTION = env.bool("POOLED_BY_TRANSACTION", default=False)
DATABASES = {
    "default": {
        **env.db("DATABASE_URL"),
        # Long enough for plans to be worth keeping (`design/prepared.py`).
        "CONN_MAX_AGE": 0 if POOLED_BY_TRANSACTION else 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": POOLED_BY_TRANSACTION,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "systemschange.cache.Cache", "LOCATION": redis_urls.cache(env.str("REDIS_URL"))},
    "fallback": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "systemschange_cache"},
}
# How long a process knows the words that every page needs without asking the cache again (`design/near.py`).
NEAR_SECONDS = 2
# Questions that are written once are made anew each time as well, and compared (`design/compiled.py`); for tests.
CHECK_COMPILED = False
# As many pages for visitors as each web process keeps (`systemschange/kept_pages.py`); 0: none.
KEPT_PAGES = env.int("KEPT_PAGES", default=300)
# Whether browsers keep the page that stands in while there is no connection (`systemschange/installed.py`).
OFFLINE_PAGE = env.bool("OFFLINE_PAGE", default=True)
# Sessions live in the database, so that losing Valkey signs nobody out.
SESSION_ENGINE = "members.sessions"

# --- Background work --------------------------------------------------------------------------------------------------

CELERY_BROKER_URL = redis_urls.broker(env.str("REDIS_URL"))

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
        "worker-src": [SELF],
    }
}
CSRF_FAILURE_VIEW = "stories.views.unsure.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # whoever asks stands inside, before TLS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.str("TRUSTED_PROXY_COUNT", default=""):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A 1 MB paste is a text to be told about, not an error page: the form sees it and keeps it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
