"""What `manage.py doctor` looks at: all that readiness asks, and what only whoever set the server up can mend."""

import shutil
import smtplib
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core import checks
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.mail import get_connection
from django.db import connection

from members.quiet import ZONES
from systemschange.operations import backups, readiness
from systemschange.operations.readiness import Verdict, well, wrong

OLDEST_POSTGRES = 15
BACKUP_IS_OLD = timedelta(hours=30)
SLOW_CLOCK = 5  # seconds
LEAST_FREE = 1024**3  # bytes: a week of pictures and a dump
SMALL_PART = 0.05


def configuration() -> Verdict:
    """Django's own look at the settings, as for a site that meets people."""
    found = checks.run_checks(include_deployment_checks=not settings.EMBEDDED)
    serious = [message for message in found if message.level >= checks.WARNING and not message.is_silenced()]
    if not serious:
        return well("the settings are complete and safe")
    first = serious[0]
    said = f"{len(serious)} of the settings want a look: {first.msg.splitlines()[0]}"
    return wrong(said, first.hint or "see all: manage.py check --deploy")


def database() -> Verdict:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding')")
        version, encoding = cursor.fetchone()
    if version < OLDEST_POSTGRES:
        return wrong(f"PostgreSQL {version} is too old", f"move to PostgreSQL {OLDEST_POSTGRES} or later")
    if encoding != "UTF8":
        return wrong(f"the database keeps {encoding}", "make it anew: createdb -E UTF8 -T template0")
    return well(f"PostgreSQL {version} answers")


def valkey() -> Verdict:
    """Beside an answer: a server that throws keys away when it is full throws tasks away."""
    client = caches["default"]._cache.get_client()
    client.ping()
    memory = client.info("memory")
    if memory.get("maxmemory") and memory.get("maxmemory_policy") != "noeviction":
        policy = memory["maxmemory_policy"]
        return wrong(f"Valkey throws tasks away when it is full ({policy})", "set: maxmemory-policy noeviction")
    return well("Valkey answers")


def mail() -> Verdict:
    relay = get_connection()
    if not hasattr(relay, "host"):
        return well("mails stay on this machine")
    where = f"{relay.host}:{relay.port}"
    try:
        relay.open()
        relay.close()
    except smtplib.SMTPAuthenticationError:
        return wrong(f"{where} refuses the user or password", "look at EMAIL_URL; a / or @ in it is %2F, %40")
    except ssl.SSLError:
        return wrong(f"{where} speaks TLS that nobody can check", "look at its certificate and at the port")
    except (OSError, smtplib.SMTPException) as error:
        kind = type(error).__name__
        return wrong(f"{where} does not answer ({kind})", "look at EMAIL_URL and at the firewall")
    return well(f"{where} takes mail")


def files() -> Verdict:
    """That members' files can be written, read and removed, wherever they are kept."""
    private = storages["private"]
    try:
        path = private.save(f"doctor/{token_hex(8)}", ContentFile(b"well"))
        with private.open(path) as file:
            file.read()
        private.delete(path)
    except OSError as error:
        kind = type(error).__name__
        return wrong(
            f"members' files cannot be kept ({kind})", "PRIVATE_ROOT must be a folder of the site's own account"
        )
    return well("members' files can be written and read")


def static() -> Verdict:
    if "Manifest" not in settings.STORAGES["staticfiles"]["BACKEND"]:
        return well("styles come straight from the source")
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return wrong("styles and scripts were not gathered", "run: manage.py collectstatic --noinput")
    return well("styles and scripts are gathered")


def disk() -> Verdict:
    place = next(path for path in (Path(settings.PRIVATE_ROOT), *Path(settings.PRIVATE_ROOT).parents) if path.exists())
    usage = shutil.disk_usage(place)
    free = f"{usage.free / 1024**3:.1f} GiB free"
    if usage.free < LEAST_FREE or usage.free < usage.total * SMALL_PART:
        return wrong(f"the disk is nearly full: {free}", "make room, or move PRIVATE_ROOT and the backups")
    return well(free)


def clock() -> Verdict:
    """This machine's clock against the database's: codes and letters are told by both."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    apart = abs((datetime.now(UTC) - theirs).total_seconds())
    if apart > SLOW_CLOCK:
        return wrong(f"this clock and the database's are {apart:.0f} seconds apart", "run an NTP client on both")
    return well("this clock and the database's agree")


def timezone() -> Verdict:
    unknown = []
    for name in {settings.TIME_ZONE, *ZONES}:
        try:
            ZoneInfo(name)
        except ZoneInfoNotFoundError:
            unknown.append(name)
    if unknown:
        return wrong(
            f"unknown here: {', '.join(sorted(unknown))}",
            "install tzdata, by apt or by pip",
        )
    return well(f"{settings.TIME_ZONE} and members' zones are known")


def tls() -> Verdict:
    host = urlsplit(settings.SITE_URL).hostname or ""
    if not settings.HTTPS:
        if settings.EMBEDDED:
            return well("plain HTTP, for a look on this machine only")
        return wrong("SITE_URL is not https", "set SITE_URL=https://...")
    if not any(host == name or (name.startswith(".") and host.endswith(name)) for name in settings.ALLOWED_HOSTS):
        return wrong(f"{host} of SITE_URL is not among ALLOWED_HOSTS", f"add {host} to ALLOWED_HOSTS")
    if not getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return wrong(
            "no proxy is trusted, so each page would be sent to https for ever",
            "with nginx before gunicorn set TRUSTED_PROXY_COUNT=1, and let it send X-Forwarded-Proto",
        )
    return well(f"https only, as {host}, behind {settings.ALLAUTH_TRUSTED_PROXY_COUNT} proxy of yours")


def backup() -> Verdict:
    if settings.EMBEDDED:
        return well("none are made for a look on this machine")
    if not settings.BACKUP_FOLDER or not settings.BACKUP_RECIPIENTS:
        return wrong(
            "no backups are set up", "set BACKUP_FOLDER and BACKUP_RECIPIENTS: manage.py backup --new-key FILE"
        )
    newest = backups.newest(Path(settings.BACKUP_FOLDER))
    if newest is None or backups.made_at(newest) < datetime.now(UTC) - BACKUP_IS_OLD:
        said = f"the newest backup is {newest.name}" if newest else "there is no backup yet"
        return wrong(said, "run: manage.py backup (systemctl status systemschange-backup.timer)")
    return well(f"the newest backup is {newest.name}")


CHECKS: dict[str, Callable[[], Verdict]] = {
    "settings": configuration,
    "tls": tls,
    "database": database,
    "migrations": readiness.migrations,
    "valkey": valkey,
    "mail": mail,
    "files": files,
    "static": static,
    "disk": disk,
    "clock": clock,
    "timezone": timezone,
    "backup": backup,
    "worker": readiness.worker,
    "beat": readiness.beat,
    "outbox": readiness.outbox,
    "letter": readiness.letter,
}
