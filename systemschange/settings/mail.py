"""Mail: the relay, what its provider tells, and when nothing is sent."""

from django.core.exceptions import ImproperlyConfigured

from systemschange.settings.environment import env

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
