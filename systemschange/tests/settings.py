"""The settings with throw-away servers beneath them: importing this starts them (see `services`).

They run in embedded mode (plain HTTP, static files from their folders), but mails go to a real SMTP server, which
listens while the tests run (see `conftest.py`).
"""

import os
from importlib import import_module

from systemschange.tests import services

services.start()
os.environ["EMBEDDED"] = "1"
os.environ["STATE"] = os.environ["TEST_SERVICES"]
for name, value in {
    "SECRET_KEY": "a key that guards nothing: it is used by tests, and by tests alone",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://testserver",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "SIGNUP_MODE": "approval",
    "QUIET_HOURS": "",  # what is sent must not depend on when the tests run
    "DEFAULT_FROM_EMAIL": "Systems Change <letters@example.org>",
}.items():
    os.environ.setdefault(name, value)

base = import_module("systemschange.settings")
globals().update({name: getattr(base, name) for name in dir(base) if name.isupper()})

# Each of xdist's workers has two numbers of Valkey to itself: clearing the cache empties a whole number.
number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CELERY_BROKER_URL = base.redis_urls.broker(os.environ["REDIS_URL"], 2 * number)
CACHES = {
    **base.CACHES,
    "default": {**base.CACHES["default"], "LOCATION": base.redis_urls.cache(os.environ["REDIS_URL"], 2 * number + 1)},
}
# What a test changes is seen by its next request.
NEAR_SECONDS = 0
CHECK_COMPILED = True
KEPT_PAGES = 0  # tests that are about them keep some
# The database is cloned between tests, which ends open connections.
DATABASES = {"default": {**base.DATABASES["default"], "CONN_MAX_AGE": 0}}
# Looking for every static file at the start of every test's client would take longer than the tests.
WHITENOISE_AUTOREFRESH = True
# Signing people in a thousand times must not take minutes.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Most tests know two or three people: the rule that hides an unnamed teller among five has worlds of its own.
LISTED_ALIKE = 0
# For processes that a test starts: pages that no site has.
ROOT_URLCONF = os.environ.get("ROOT_URLCONF_FOR_A_TEST", base.ROOT_URLCONF)
