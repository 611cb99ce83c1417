"""The real stack without installing it: PostgreSQL and Valkey from their wheels, one state folder, one command.

`defaults` fills in what the environment does not give. It starts nothing, so that `EMBEDDED=1 python manage.py shell`
finds the servers of a running `make run`. `python -m systemschange.embedded` starts everything.
"""

import secrets
from pathlib import Path

from systemschange.embedded import places

DATABASE = "systemschange"


def defaults(state: Path, port: int) -> dict[str, str]:
    """Settings for the embedded mode: addresses worked out from the state folder, the secret key made once in it."""
    sockets = places.sockets(state)
    return {
        "SECRET_KEY": places.kept_secret(state / "secret_key", secrets.token_urlsafe(50)),
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_URL": f"http://localhost:{port}",
        "DATABASE_URL": places.database_url(sockets, DATABASE),
        "REDIS_URL": places.redis_url(sockets),
        "EMAIL_URL": "embedded:",
        "DEFAULT_FROM_EMAIL": "Systems Change <letters@localhost>",
        # Whoever tries the site can walk the whole way: nobody has to let them in first.
        "SIGNUP_MODE": "open",
        # Its mails go to a page of the site itself: nobody is woken by them.
        "QUIET_HOURS": "",
        "MEDIA_ROOT": str(state / "media"),
        "STATIC_ROOT": str(places.folder(state / "static")),
    }
