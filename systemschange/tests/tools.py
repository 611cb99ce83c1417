"""Tools that some tests need and not every machine has."""

import os
import shutil

from systemschange.tests import postfix
from systemschange.tests.services import schema


def chromium():
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def axe():
    return _of_npm("axe-core", "axe.min.js")


def vnu_command():
    """How to start the Nu HTML checker; None where Java or the checker is missing."""
    java, jar = shutil.which("java"), _of_npm("vnu-jar", "build", "dist", "vnu.jar")
    return [java, "-jar", str(jar)] if java and jar else None


def oidc_provider():
    """What runs an OpenID Connect provider: Node.js, where npm installed one."""
    return shutil.which("node") if _of_npm("oidc-provider") else None


def real_relay():
    """How to start a Postfix of one's own; None where it is missing, or where nobody may start it."""
    return postfix.command()


def deployers():
    """What reads the files in deploy/ on a real machine."""
    return all(
        shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin") for name in ("nginx", "systemd-analyze", "openssl")
    )


def pooler():
    """PgBouncer."""
    return shutil.which("pgbouncer", path=os.environ["PATH"] + ":/usr/sbin")


def _of_npm(*parts):
    path = schema.BASE_DIR.joinpath("node_modules", *parts)
    return path if path.exists() else None
