"""The site as it is served, on the throw-away servers of the tests."""

import os

from systemschange.tests.settings import *  # noqa: F403
from systemschange.tests.settings import BASE_DIR, DATABASES, STORAGES, base

DATABASES["default"]["CONN_MAX_AGE"] = base.DATABASES["default"]["CONN_MAX_AGE"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
WHITENOISE_AUTOREFRESH = False
# Hashed and compressed, as `collectstatic` leaves them.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "design.static_files.KeptManifest"}}
WHITENOISE_USE_FINDERS = False
STATIC_ROOT = BASE_DIR / ".local" / "bench-static"
NEAR_SECONDS = 2
CHECK_COMPILED = False
KEPT_PAGES = int(os.environ.get("KEPT_PAGES", "500"))
LOGGING = {"version": 1, "disable_existing_loggers": False}
