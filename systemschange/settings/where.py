"""Where we run: the embedded set or a real site, at which address, and what must be given for it."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from systemschange.settings.environment import env
from systemschange.settings.meanings import MEANINGS, SECTIONS

BASE_DIR = Path(__file__).resolve().parent.parent.parent

EMBEDDED = env.bool("EMBEDDED", default=False)
STATE = Path(env.str("STATE", default=str(BASE_DIR / ".local"))).resolve()
PORT = env.int("PORT", default=8000)

if EMBEDDED:
    from systemschange import embedded

    for name, value in embedded.defaults(STATE, PORT).items():
        os.environ.setdefault(name, value)

missing = [name for name in SECTIONS["Required"] if not env.str(name, default="")]
if missing:
    raise ImproperlyConfigured(
        "These settings are missing: " + "; ".join(f"{name} ({MEANINGS[name]})" for name in missing) + "."
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
