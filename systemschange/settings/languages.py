"""Languages and time. A second language is on only where its setting says so: its words are a draft."""

from systemschange.settings.environment import env
from systemschange.settings.where import BASE_DIR

LANGUAGE_CODE = "en-gb"
WELSH = env.bool("WELSH", default=False)
LANGUAGES = [("en-gb", "English"), *([("cy", "Cymraeg")] if WELSH else [])]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
